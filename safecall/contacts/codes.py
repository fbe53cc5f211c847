"""Codes by which somebody who gave no name comes back: random, easy to read out and to write."""

import hashlib
import secrets
from typing import Final

# Crockford's base 32: no I, L, O, U, so a code survives handwriting and the telephone.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 20
GROUP: Final = 5
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new() -> str:
    """A new code of 100 random bits, in groups of five. Keep its hash alone."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def hashed(code: str, purpose: str) -> str:
    """The hash to keep of a code, typed with or without hyphens and in any case.

    Empty where it has not the form of a code. A code of one purpose opens nothing of another.
    """
    typed = "".join(char for char in code.upper().translate(_MISREAD) if char in ALPHABET)
    if len(typed) != LENGTH:
        return ""
    # 100 random bits cannot be guessed, so a fast hash is enough.
    return hashlib.sha256(f"safecall/{purpose}/v1\n{typed}".encode()).hexdigest()
