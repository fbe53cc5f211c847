"""What a feed tells of a telephone call, whichever wire it came by. No Django, no sockets."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from typing import Final

LONGEST_PLACE: Final = 400
LONGEST_NOTE: Final = 2000


class Malformed(ValueError):
    """A message cannot be taken for what it claims to be.

    `kind` is one of the fixed phrases in the code that raises it: it holds none of the message's
    words and so may be counted and logged.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Position:
    """Where help is needed, as far as the wire tells: words, WGS 84 degrees, or both."""

    words: str = ""
    lat: float | None = None
    lon: float | None = None

    def __bool__(self) -> bool:
        return bool(self.words) or self.lat is not None


NOWHERE: Final = Position()


@dataclass(frozen=True, slots=True)
class Earlier:
    """Another key under which the same call may be known, if it came since then."""

    key: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Call:
    """A call that rings. `key` is what makes it this call and no other; it is never kept."""

    key: str
    received_at: datetime
    channel: str
    languages: tuple[str, ...] = ()
    callback: str = ""
    position: Position = NOWHERE
    narrative: str = ""
    earlier: Earlier | None = None


@dataclass(frozen=True, slots=True)
class HungUp:
    """The caller of the call with this key hung up before it was answered."""

    key: str


@dataclass(frozen=True, slots=True)
class Moved:
    """The network has found a better position for the call with this key."""

    key: str
    position: Position
    earlier: Earlier | None = None


News = Call | HungUp | Moved


def plain(text: str, longest: int) -> str:
    """The text on one line, without control or direction marks, cut to a length."""
    kept = "".join(
        " " if char.isspace() else char
        for char in text
        if char.isspace() or unicodedata.category(char)[0] != "C"
    )
    return " ".join(kept.split())[:longest].strip()
