"""Where texts may go. Without Django, because the settings ask."""

from typing import Final
from urllib.parse import urlsplit

FILE: Final = "file"
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})


def allowed(provider: str) -> bool:
    """Whether this can be a provider: nothing, `file`, https, or this machine itself."""
    if provider in ("", FILE):
        return True
    parts = urlsplit(provider)
    if parts.username or parts.password or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)
