"""Passwords that an administrator hands over."""

import secrets
from typing import Final

# No letters or digits that look alike.
_SIGNS: Final = "abcdefghjkmnpqrstuvwxyz23456789"


def new_password() -> str:
    """A random password of four groups of four signs: 79 bits, easy to read out."""
    return "-".join("".join(secrets.choice(_SIGNS) for _ in range(4)) for _ in range(4))
