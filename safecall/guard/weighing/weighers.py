"""The weighers of all languages, and which of them knows the words of a sentence best."""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Final

from safecall.guard.weighing.learnt import Learnt
from safecall.guard.weighing.weigher import Weigher, Words

#: In bytes: a sentence has fewer words than fit in two.
_LANE: Final = 2
_HALF: Final = 0.5

_Judge = Callable[[Weigher, Sequence[Words]], list[bool]]


class Weighers:
    """Weighs each sentence in the language that it is in, by its words."""

    def __init__(self, every: Iterable[Learnt]) -> None:
        self._every = [Weigher(one) for one in every]
        self._rules = frozenset[str]().union(*(one.learnt.rules for one in self._every))
        self._known = lru_cache(maxsize=1 << 16)(self._known_by)

    def heavy(self, rows: Sequence[Words]) -> list[bool]:
        """Which of these say somebody's status."""
        return self._each(rows, Weigher.heavy)

    def light(self, rows: Sequence[Words]) -> list[bool]:
        """Which of these say nobody's status, whatever a rule finds in them."""
        return self._each(rows, Weigher.light)

    def heaviest(self, words: Words) -> list[tuple[int, int]]:
        """The first and the last of those that weigh most, in a few pieces."""
        best = self.of(words)
        return best.heaviest(words) if best else []

    def may_overrule(self, rule: str) -> bool:
        """Whether light words count for more than this rule."""
        return rule in self._rules

    def of(self, words: Words) -> Weigher | None:
        """The one that knows most of these words, if it knows enough of them.

        Where the first knows more of them than another, that one must know half.
        """
        letters = [word for word in words if word[0].isalpha()]
        lanes = sum(map(self._known, letters)).to_bytes(_LANE * len(self._every), sys.byteorder)
        counts = memoryview(lanes).cast("H")
        best, most, top = None, 0, len(letters)
        for one, count in zip(self._every, counts, strict=True):
            if count > most:
                least = max(one.learnt.bounds.known, _HALF if count < counts[0] else 0)
                if count > least * top:
                    best, most = one, count
        return best

    def _known_by(self, word: str) -> int:
        """A number with a one in the lane of each that knows this word: sums of them count."""
        return sum(
            1 << 8 * _LANE * at for at, one in enumerate(self._every) if word in one.learnt.kinds
        )

    def _each(self, rows: Sequence[Words], judge: _Judge) -> list[bool]:
        by_weigher = defaultdict[Weigher | None, list[int]](list)
        for number, words in enumerate(rows):
            by_weigher[self.of(words)].append(number)
        out = [False] * len(rows)
        for one, numbers in by_weigher.items():
            if one is not None:
                judged = judge(one, [rows[at] for at in numbers])
                for number, says in zip(numbers, judged, strict=True):
                    out[number] = says
        return out
