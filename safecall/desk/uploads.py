"""A file travels in the page between preview and import, so that nothing half-checked is stored."""

import base64
import binascii
from typing import Final

from django.http import HttpRequest

MOST_BYTES: Final = 600_000


def content(request: HttpRequest) -> bytes | None:
    """The file, or the one that the preview sends back; None where there is none, or too much."""
    upload = request.FILES.get("file")
    if upload is not None:
        return upload.read() if (upload.size or 0) <= MOST_BYTES else None
    try:
        sent = base64.b64decode(request.POST.get("content", ""), validate=True)
    except binascii.Error:
        return None
    return sent if 0 < len(sent) <= MOST_BYTES else None


def packed(sent: bytes) -> str:
    """The file as the preview carries it."""
    return base64.b64encode(sent).decode()
