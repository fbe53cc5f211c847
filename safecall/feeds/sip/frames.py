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

    @property
    def partial(self) -> bool:
        """Whether a message has begun and is not whole yet."""
        return bool(self._kept)

    def feed(self, data: bytes) -> list[bytes]:
        """The messages that are whole now. Raises `Malformed`."""
        self._kept += data
        whole = []
        while (size := self._size()) is not None and size <= len(self._kept):
            whole.append(bytes(self._kept[:size]))
            del self._kept[:size]
        return whole

    def _size(self) -> int | None:
        """Bytes of the first message, once its headers are there."""
        blank = 0
        while blank < len(self._kept) and self._kept[blank] in b"\r\n\x00":
            blank += 1
        del self._kept[:blank]  # keep-alives between messages
        end = self._kept.find(b"\r\n\r\n")
        if end < 0:
            if len(self._kept) > _LARGEST_HEAD:
                raise Malformed("headers that do not end")
            return None
        lengths = {found.strip() for found in _LENGTH.findall(bytes(self._kept[:end]))}
        if len(lengths) != 1 or not (length := lengths.pop()).isdigit() or len(length) > 9:
            raise Malformed("no usable Content-Length")
        size = end + 4 + int(length)
        if size > LARGEST:
            raise Malformed("larger than the limit")
        return size
