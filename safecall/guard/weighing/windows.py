"""What is weighed: the words round a word of status, within its sentence.

A long sentence may say a status in an aside; what else it says would only blur the picture.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass
from typing import Final

from safecall.guard.weighing.anchors import Anchors

#: Words, numbers and signs of straight text; Chinese characters are words each.
TOKEN: Final = re.compile(
    r"[^\W\d_\u3400-\u9fff]+(?:'[^\W\d_\u3400-\u9fff]+)*|\d+|[.!?;:,\"()/-]|[\u3400-\u9fff]"
)
_END: Final = re.compile(r"[.!?;]+(?=\s|$)|[\n\u3002\u061f\u06d4\u1362\u1367]")
#: A sentence has so many characters at most.
_LONG: Final = 400
#: So many words and signs on either side are looked at.
_AROUND: Final = 8
#: What has fewer words is no sentence, and left to the rules.
_FEWEST: Final = 5

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a straight text: its place, and its words and signs."""

    low: str
    start: int
    end: int
    words: list[str]

    def places(self) -> list[Span]:
        """Where its words and signs stand in the text."""
        return [match.span() for match in TOKEN.finditer(self.low, self.start, self.end)]

    def windows(self, anchors: Container[str]) -> Iterator[slice]:
        """The words round each anchor."""
        return (self._around(at, at) for at, word in enumerate(self.words) if word in anchors)

    def within(self, start: int, end: int) -> list[int]:
        """The numbers of its words in a piece of the text."""
        return [
            at for at, (first, last) in enumerate(self.places()) if first < end and start < last
        ]

    def window(self, start: int, end: int) -> slice:
        """The words round a piece of the text."""
        within = self.within(start, end)
        return self._around(within[0], within[-1]) if within else slice(0, 0)

    def _around(self, first: int, last: int) -> slice:
        return slice(max(0, first - _AROUND), min(len(self.words), last + 1 + _AROUND))


def sentences(
    low: str, wanted: Callable[[int, int], bool] | None = None, anchors: Anchors | None = None
) -> Iterator[Sentence]:
    """The sentences of a straight text that have words enough; a long one is cut in parts.

    Those of which it is ``wanted``, by where they begin and end; with ``anchors`` only those in
    which one of them stands.
    """
    for start, end in _spans(low):
        if wanted is not None and not wanted(start, end):
            continue
        words = TOKEN.findall(low, start, end)
        if anchors is not None and not anchors.among(words):
            continue
        if sum(word[0].isalpha() for word in words) >= _FEWEST:
            yield Sentence(low, start, end, words)


def _spans(low: str) -> Iterator[Span]:
    at = 0
    for end in (*(match.end() for match in _END.finditer(low)), len(low)):
        while end - at > _LONG:
            space = low.rfind(" ", at, at + _LONG) + 1
            cut = space if space > at else at + _LONG
            yield at, cut
            at = cut
        if at < end:
            yield at, end
        at = end
