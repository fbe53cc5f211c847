"""SIP over a stream: Content-Length says where a message ends (RFC 3261 section 18.3)."""

import re
from typing import Final

from safecall.feeds.sip.message import LARGEST
from safecall.feeds.wire.calls import Malformed

_LARGEST_HEAD: Final = 64 * 1024
_LENGTH = re.compile(rb"(?:^|\r?\n)(?:content-length|l)[ \t]*:[ \t]*([^\r\n]*)", re.IGNORECASE)


class SipFrames:
    """A stream whose end of message is not known cannot be read on: `feed` then refuses it."""

    def __init__(self) -> None:
        self._kept = bytearray()
        # So that a byte at a time costs no more than all at once: what was searched already, and
        # the size of the first message once it is known.
        self._searched = 0
        self._need = 0

    @property
    def partial(self) -> bool:
        """Whether a message has begun and is not whole yet."""
        return bool(self._kept)

    def feed(self, data: bytes) -> list[bytes]:
        """The messages that are whole now. Raises `Malformed`."""
        self._kept += data
        whole = []
        while self._knows_size() and self._need <= len(self._kept):
            whole.append(bytes(self._kept[: self._need]))
            del self._kept[: self._need]
            self._searched = self._need = 0
        return whole

    def _knows_size(self) -> bool:
        """Whether the headers of the first message are there. Raises `Malformed`."""
        if self._need:
            return True
        if not self._searched:
            blank = len(self._kept) - len(self._kept.lstrip(b"\r\n\x00"))
            del self._kept[:blank]  # keep-alives between messages
        end = self._kept.find(b"\r\n\r\n", max(self._searched - 3, 0))
        self._searched = len(self._kept)
        if end < 0:
            if len(self._kept) > _LARGEST_HEAD:
                raise Malformed("headers that do not end")
            return False
        lengths = {found.strip() for found in _LENGTH.findall(bytes(self._kept[:end]))}
        if len(lengths) != 1 or not (length := lengths.pop()).isdigit() or len(length) > 9:
            raise Malformed("no usable Content-Length")
        self._need = end + 4 + int(length)
        if self._need > LARGEST:
            raise Malformed("larger than the limit")
        return True
