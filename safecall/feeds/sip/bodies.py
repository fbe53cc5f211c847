"""The parts of a message's body: one, or a multipart within which others may be nested.

Bodies are MIME (RFC 5621), so the standard library's mail parser reads them. It calls itself for
each level of nesting, so nesting is limited before it begins. Nothing is ever decompressed: a
body with a Content-Encoding is left alone.
"""

import re
from dataclasses import dataclass
from email.errors import MessageError
from email.parser import BytesParser
from email.policy import compat32
from typing import Final

from safecall.feeds.sip.message import Message

_MOST_LEVELS: Final = 12
_MOST_PARTS: Final = 40
# What makes the parser go one level deeper.
_DEEPER = re.compile(rb"multipart/|message/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Part:
    """One body part: type such as `application/sdp`, Content-ID without its brackets, bytes."""

    kind: str
    content_id: str
    data: bytes

    @property
    def text(self) -> str:
        """The bytes as text; what is not UTF-8 is shown as U+FFFD."""
        return self.data.decode("utf-8", "replace")


def parts(message: Message) -> tuple[Part, ...]:
    """Every part that is not itself a multipart, in order; () where the body cannot be read."""
    encoding = message.first("content-encoding").strip().lower()
    kind = message.first("content-type")
    if not message.body or not kind or encoding not in ("", "identity"):
        return ()
    if len(_DEEPER.findall(message.body)) > _MOST_LEVELS:
        return ()
    head = f"Content-Type: {kind}\r\nContent-ID: {message.first('content-id')}\r\n\r\n"
    try:
        whole = BytesParser(policy=compat32).parsebytes(
            head.encode("utf-8", "replace") + message.body
        )
        found = [part for part in whole.walk() if not part.is_multipart()]
        return tuple(
            Part(
                part.get_content_type(),
                str(part.get("Content-ID", "")).strip().strip("<>"),
                data,
            )
            for part in found[:_MOST_PARTS]
            if not part.get("Content-Encoding")
            and isinstance(data := part.get_payload(decode=True), bytes)
        )
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # What the parser raises on contrived headers; a body is only ever a bonus.
        return ()
