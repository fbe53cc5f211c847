"""What goes out by webhook carries a signature: the receiver knows that we sent it, and when."""

from __future__ import annotations

import hashlib
import hmac
from typing import Final

#: The header that holds it.
SIGNATURE: Final = "Safecall-Signature"


def signature(secret: str, body: bytes, at: int) -> str:
    """The time in seconds, and HMAC-SHA-256 over ``time.body``."""
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"
