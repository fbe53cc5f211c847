"""Notes in brackets after the words of a label: ``Place of birth (country): ____``.

A note says how to fill a field in; the label is found as if it were not there.
"""

from __future__ import annotations

import re
from typing import Final

from safecall.guard.fold import TO_FILL

_NOTE: Final = r"[(\uff08][^()\uff08\uff09\n]{1,40}[)\uff09]"
#: Before what a field is filled in with.
_BEFORE_FIELD: Final = re.compile(
    rf"{_NOTE}(?=[ \t]*(?:[:=_?{TO_FILL}\uff1a\uff1f\u061f\u1366]|\.\.\.))"
)
#: At the end of a line that is no longer than a label is.
_AT_END: Final = re.compile(rf"^[^\n]{{1,80}}?({_NOTE})[ \t]*$", re.MULTILINE)

Span = tuple[int, int]


def notes(low: str) -> list[Span]:
    """Where the notes of labels stand in a folded text."""
    if ")" not in low and "\uff09" not in low:
        return []
    found = {one.span() for one in _BEFORE_FIELD.finditer(low)}
    return sorted(found.union(one.span(1) for one in _AT_END.finditer(low)))


def without(low: str, some: list[Span]) -> str:
    """The text with spaces for these spans, so that all else keeps its place."""
    parts: list[str] = []
    at = 0
    for start, end in some:
        parts += (low[at:start], " " * (end - start))
        at = end
    return "".join((*parts, low[at:]))
