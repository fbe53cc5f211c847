"""HEP version 3, the envelope in which capture programs and SIP servers send copies (by UDP).

Six bytes `HEP3` and the whole length, then chunks: vendor, type and length in two bytes each, the
length counting these six. The chunk of type 15 is the message; all others (addresses, times,
a password) are passed over. A compressed message (type 16) is not read.
"""

import struct
from typing import Final

from safecall.feeds.wire.calls import Malformed

_MAGIC: Final = b"HEP3"
_CHUNK: Final = struct.Struct("!HHH")
_PAYLOAD: Final = 0x000F
_MOST_CHUNKS: Final = 64


def unwrapped(data: bytes) -> bytes:
    """The SIP message in an envelope; `data` itself where there is none. Raises `Malformed`."""
    if not data.startswith(_MAGIC):
        return data
    at = len(_MAGIC) + 2
    if int.from_bytes(data[4:at], "big") != len(data):
        raise Malformed("HEP envelope of another length")
    for _ in range(_MOST_CHUNKS):
        if at + _CHUNK.size > len(data):
            break
        vendor, kind, length = _CHUNK.unpack_from(data, at)
        if length < _CHUNK.size or at + length > len(data):
            break
        if vendor == 0 and kind == _PAYLOAD:
            return data[at + _CHUNK.size : at + length]
        at += length
    raise Malformed("HEP envelope without a readable message")
