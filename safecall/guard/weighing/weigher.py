"""Weighing: what words in a row weigh together in a language, and which of them weigh most."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from itertools import compress
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safecall.guard.weighing.features import Vocabulary, features, slot_of
from safecall.guard.weighing.learnt import Learnt

Floats = NDArray[np.float64]
#: Words and signs in a row.
Words = Sequence[str]

#: So many rows are weighed at once.
_AT_ONCE: Final = 512
#: A weight does not grow with the number of words: features are divided by the root of theirs,
#: times this.
NORM: Final = 10.0


class Weigher:
    """Weighs words by what was learnt of a language."""

    def __init__(self, learnt: Learnt) -> None:
        self.learnt = learnt
        self._vocabulary = Vocabulary(learnt.kinds, learnt.runs)
        # One weight is read faster so than from an array.
        self._steps = learnt.weights.data
        self._letters = lru_cache(maxsize=1 << 14)(self._letters_of)
        self._alone = lru_cache(maxsize=1 << 14)(self._alone_of)

    def heavy(self, rows: Sequence[Words]) -> list[bool]:
        """Which of these say somebody's status."""
        bounds = self.learnt.bounds
        may_be = [self.alone(words) >= bounds.may_be_heavy for words in rows]
        return self._judged(rows, may_be, lambda weight: weight > bounds.heavy)

    def light(self, rows: Sequence[Words]) -> list[bool]:
        """Which of these say nobody's status, whatever a rule finds in them."""
        bounds = self.learnt.bounds
        may_be = [self.alone(words) <= bounds.may_be_light for words in rows]
        return self._judged(rows, may_be, lambda weight: weight < bounds.light)

    def _judged(
        self, rows: Sequence[Words], may_be: Sequence[bool], judge: Callable[[float], bool]
    ) -> list[bool]:
        """The judgement of each; most may not be so by the weights of their words alone, and need
        no look at their neighbours.
        """
        weights = iter(self.weights(list(compress(rows, may_be))))
        return [may and judge(next(weights)) for may in may_be]

    def alone(self, words: Words) -> int:
        """What words weigh without their neighbours, in steps."""
        return sum(map(self._alone, words))

    def weights(self, rows: Sequence[Words]) -> list[float]:
        """What each of these weighs."""
        out: list[float] = []
        for at in range(0, len(rows), _AT_ONCE):
            some = rows[at : at + _AT_ONCE]
            every = features(self._vocabulary, some, letters=False)
            number = np.bincount(every.rows, minlength=len(some))
            total = np.bincount(every.rows, self.learnt.weights[every.slots], len(some))
            runs = [tuple(map(sum, zip(*map(self._letters, words), strict=True))) for words in some]
            heft, count = np.array([one or (0, 0) for one in runs]).T
            scale = self.learnt.step * NORM / np.sqrt(np.maximum(number + count, 1))
            out += ((total + heft) * scale + self.learnt.bias).tolist()
        return out

    def _alone_of(self, word: str) -> int:
        """What a word weighs by itself, in steps: as a word, as one of its kind, by its letters."""
        known = self._vocabulary.word(word)
        return (
            sum(self._steps[slot_of(one)] for one in {known.itself, known.kind})
            + self._letters(word)[0]
        )

    def _letters_of(self, word: str) -> tuple[int, int]:
        """What the runs of letters of a word weigh, in steps, and how many there are."""
        slots = self._vocabulary.word(word).letters
        return sum(map(self._steps.__getitem__, slots)), len(slots)

    def heaviest(self, words: Words) -> list[tuple[int, int]]:
        """The first and the last of those that weigh most, in a few pieces."""
        signs = np.array([not word[0].isalnum() for word in words])
        return pieces(np.where(signs, -np.inf, self._shares(words)))

    def _shares(self, words: Words) -> Floats:
        """What each word weighs: a feature's weight is shared by its first and its last."""
        every = features(self._vocabulary, [words])
        weights = self.learnt.weights[every.slots] / 2
        top = len(words)
        out = np.zeros(top)
        for places in (every.first, every.last):
            within = (places >= 0) & (places < top)
            out += np.bincount(places[within], weights[within], top)
        return out


def pieces(shares: Floats) -> list[tuple[int, int]]:
    """The first and the last of the words that weigh most, in at most `_PIECES` pieces.

    A piece is a word that weighs at least `_AGAIN` of the heaviest of all, with those next to it
    that weigh at least `_BESIDE` of it. A sign weighs ``-inf``.
    """
    left = shares.copy()
    out: list[tuple[int, int]] = []
    top = float(left.max(initial=-np.inf))
    while len(out) < _PIECES and top > 0:
        first = last = int(np.argmax(left))
        weight = float(left[first])
        if weight < _AGAIN * top:
            break
        while first > 0 and left[first - 1] > _BESIDE * weight:
            first -= 1
        while last + 1 < len(left) and left[last + 1] > _BESIDE * weight:
            last += 1
        left[first : last + 1] = -np.inf
        out.append((first, last))
    return out


_PIECES: Final = 3
_AGAIN: Final = 0.35
_BESIDE: Final = 0.35
