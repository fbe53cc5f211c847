"""Labels: words that name a field, and stand alone, or with notes in brackets behind them."""

from __future__ import annotations

import bisect
from typing import Final

from safecall.guard.fold import BLANK, TO_FILL
from safecall.guard.notes import Span

#: Colons, commas, stops and question marks of Chinese, Arabic and Ethiopic.
_OTHER_SIGNS: Final = frozenset(
    "\uff1a\uff0c\u3002\uff1f\uff01\u3001\u061f\u060c\u061b\u1361\u1362\u1363\u1365\u1366\u1367"
)
#: A line to fill in, and brackets that open, and close, what is quoted in Chinese.
_OPEN: Final = f"{TO_FILL}\u300c\u300e\u300a\u3010\uff08"
_CLOSED: Final = f"{TO_FILL}\u300d\u300f\u300b\u3011\uff09"
_LABEL_BEFORE: Final = _OTHER_SIGNS | frozenset(f"\n\"'>:|,;([{{#=.?!-*\u2022\u00bf\u00a1{_OPEN}")
_LABEL_AFTER: Final = _OTHER_SIGNS | frozenset(f"\n\"'<:|,;)]}}=?*.{_CLOSED}")


def stands_alone(low: str, start: int, end: int) -> bool:
    """Whether ``low[start:end]`` stands alone, as a label of a form does."""
    while start and low[start - 1] in " \t":
        start -= 1
    while end < len(low) and low[end] in " \t":
        end += 1
    before = start == 0 or low[start - 1] in _LABEL_BEFORE or low.endswith(BLANK, 0, start)
    return before and (end == len(low) or low[end] in _LABEL_AFTER or low.startswith(BLANK, end))


def has_note(low: str, start: int, end: int, some: list[Span], *, asks: bool) -> bool:
    """Whether one of these notes is within ``low[start:end]``, or where it ``asks`` something right
    behind it.
    """
    within = bisect.bisect_right(some, (start, 0))
    if within < len(some) and some[within][1] < end:
        return True
    behind = bisect.bisect_left(some, (end, 0))
    # No further than it takes to see: there may be many phrases far before one note.
    return asks and behind < len(some) and low[end : min(some[behind][0], end + 2)] in ("", " ")
