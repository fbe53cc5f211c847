"""What is weighed: the words round a word of status, within its sentence.

A long sentence may say a status in an aside; what else it says would only blur the picture.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Final

#: Words, numbers and signs of straight text.
TOKEN: Final = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*|\d+|[.!?;:,\"()/\n-]")
_END: Final = re.compile(r"[.!?;]+(?=\s|$)|\n")
#: A sentence has so many characters at most.
_LONG: Final = 400
#: So many words and signs on either side are looked at.
_AROUND: Final = 8
#: What has fewer words is no sentence, and left to the rules.
_FEWEST: Final = 3

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a straight text: its place, and the places of its words and signs."""

    low: str
    start: int
    end: int
    tokens: list[Span]

    def words(self, first: int, behind: int) -> list[str]:
        """Its words and signs, in a row."""
        return [self.low[start:end] for start, end in self.tokens[first:behind]]

    def windows(self, anchors: Collection[str]) -> Iterator[slice]:
        """The words round each anchor."""
        for at, word in enumerate(self.words(0, len(self.tokens))):
            if word in anchors:
                yield self._around(at, at)

    def window(self, start: int, end: int) -> slice:
        """The words round a piece of the text."""
        within = [
            at for at, (first, last) in enumerate(self.tokens) if first < end and start < last
        ]
        return self._around(within[0], within[-1]) if within else slice(0, 0)

    def _around(self, first: int, last: int) -> slice:
        return slice(max(0, first - _AROUND), min(len(self.tokens), last + 1 + _AROUND))


def sentences(low: str) -> Iterator[Sentence]:
    """The sentences of a straight text that have words enough; a long one is cut in parts."""
    for start, end in _spans(low):
        tokens = [match.span() for match in TOKEN.finditer(low, start, end)]
        if sum(low[first].isalpha() for first, _ in tokens) >= _FEWEST:
            yield Sentence(low, start, end, tokens)


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
