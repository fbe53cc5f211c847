"""A SIP message from its bytes (RFC 3261 section 7), with limits, for reading alone.

The header block is split here and not by the standard library's mail parser, because SIP allows
blanks before the colon and one-letter names. Whatever the bytes, the outcome is a `Message`,
None (nothing to read), or `Malformed`.
"""

import re
from dataclasses import dataclass
from typing import Final

from safecall.feeds.wire.calls import Malformed

LARGEST: Final = 256 * 1024
_MOST_HEADERS: Final = 256
_LONGEST_LINE: Final = 8192

_REQUEST = re.compile(r"([A-Z]{1,20}) (\S{1,2000}) SIP/2\.0")
_RESPONSE = re.compile(r"SIP/2\.0 [1-6][0-9]{2}( .*)?")
_NAME = re.compile(r"[A-Za-z0-9!%*_+`'~.-]+")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

# One-letter names (RFC 3261 section 7.3.3 and the registry of header fields), those read here.
_COMPACT: Final = {
    "c": "content-type",
    "e": "content-encoding",
    "f": "from",
    "i": "call-id",
    "l": "content-length",
    "t": "to",
    "v": "via",
}
# Without one of these no network element would have passed the call on (section 8.1.1).
_NEEDED: Final = ("via", "to", "from", "call-id", "cseq")


@dataclass(frozen=True, slots=True)
class Message:
    """A request. Names of headers are in small letters; `whole` is False where the body is cut."""

    method: str
    uri: str
    headers: tuple[tuple[str, str], ...]
    body: bytes
    whole: bool = True

    def all(self, name: str) -> list[str]:
        """Every value of a header that may be a list, split at its commas."""
        return [
            item for known, value in self.headers if known == name for item in split_list(value)
        ]

    def first(self, name: str) -> str:
        """The first line of a header, or an empty string."""
        return next((value for known, value in self.headers if known == name), "")


def parse(data: bytes) -> Message | None:
    """The request in `data`; None for a response or a keep-alive. Raises `Malformed`."""
    if len(data) > LARGEST:
        raise Malformed("larger than the limit")
    data = data.lstrip(b"\r\n\x00")
    if not data:
        return None
    head, body = _halves(data)
    start, *lines = head.decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
    if _RESPONSE.fullmatch(start):
        return None
    request = _REQUEST.fullmatch(start)
    if request is None:
        raise Malformed("no SIP request line")
    headers = _headers(lines)
    names = {name for name, _ in headers}
    if any(name not in names for name in _NEEDED):
        raise Malformed("a required header is missing")
    length = content_length(headers)
    whole = length is None or length <= len(body)
    return Message(request[1], request[2], headers, body[:length], whole)


def _halves(data: bytes) -> tuple[bytes, bytes]:
    for gap in (b"\r\n\r\n", b"\n\n"):
        head, found, body = data.partition(gap)
        if found:
            return head, body
    raise Malformed("no blank line after the headers")


def _headers(lines: list[str]) -> tuple[tuple[str, str], ...]:
    """Names and values, continued lines joined. Raises `Malformed`."""
    if len(lines) > _MOST_HEADERS:
        raise Malformed("too many headers")
    found: list[tuple[str, str]] = []
    for line in lines:
        if len(line) > _LONGEST_LINE:
            raise Malformed("a header is too long")
        if _CONTROL.search(line):
            raise Malformed("a control character in a header")
        if line[:1] in (" ", "\t"):
            if not found:
                raise Malformed("a header line without a name")
            name, value = found.pop()
            found.append((name, f"{value} {line.strip()}"))
            continue
        name, colon, value = line.partition(":")
        name = name.rstrip(" \t").lower()
        if not colon or not _NAME.fullmatch(name):
            raise Malformed("a header line without a name")
        found.append((_COMPACT.get(name, name), value.strip()))
    return tuple(found)


def content_length(headers: tuple[tuple[str, str], ...]) -> int | None:
    """What Content-Length says; None where there is none. Raises `Malformed`.

    Two that differ would let two readers see two different messages.
    """
    said = {value for name, value in headers if name == "content-length"}
    if not said:
        return None
    value = said.pop()
    if said or not (value.isascii() and value.isdigit() and len(value) <= 9):
        raise Malformed("no usable Content-Length")
    return int(value)


def split_list(value: str) -> list[str]:
    """The items of a comma-separated header; commas in quotes or <...> do not separate."""
    items, start, quoted, escaped, angle = [], 0, False, False, False
    for at, char in enumerate(value):
        if escaped:
            escaped = False
        elif quoted:
            escaped = char == "\\"
            quoted = char != '"'
        elif char == '"':
            quoted = True
        elif char in "<>":
            angle = char == "<"
        elif char == "," and not angle:
            items.append(value[start:at])
            start = at + 1
    items.append(value[start:])
    return [item.strip() for item in items if item.strip()]


@dataclass(frozen=True, slots=True)
class Address:
    """A URI from a header such as From, with the header's parameters (RFC 3261 section 20.10)."""

    uri: str
    params: dict[str, str]


_QUOTED = re.compile(r'^\s*"(?:[^"\\]|\\.)*"')


def address(value: str) -> Address:
    """`"Name" <uri>;tag=x` or `uri;tag=x`. The name is left out: nobody needs it."""
    rest = _QUOTED.sub("", value, count=1)
    before, angle, after = rest.partition("<")
    if angle:
        uri, _, tail = after.partition(">")
    else:
        uri, _, tail = before.partition(";")
        tail = f";{tail}"
    params: dict[str, str] = {}
    for part in tail.split(";")[1:]:
        name, _, text = part.partition("=")
        params.setdefault(name.strip().lower(), text.strip())
    return Address(uri.strip(), params)
