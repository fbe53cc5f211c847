"""Weighing: what words in a row weigh together, and which of them weigh most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safecall.guard.weighing.features import Vocabulary, features
from safecall.guard.weighing.learnt import load

Floats = NDArray[np.float64]
#: Words and signs in a row.
Words = Sequence[str]

#: So many rows are weighed at once.
_AT_ONCE: Final = 512
#: A weight does not grow with the number of words: features are divided by the root of theirs,
#: times this.
NORM: Final = 10.0


class Weigher:
    """Weighs words by what was learnt."""

    def __init__(self, path: Path) -> None:
        learnt = load(path)
        self._vocabulary = Vocabulary(learnt.kinds)
        self._weights = learnt.weights.astype(np.float64) * learnt.step
        self._learnt = learnt
        self._letters = lru_cache(maxsize=1 << 14)(self._letters_of)

    def heavy(self, rows: Sequence[Words]) -> list[bool]:
        """Which of these say somebody's status."""
        return [one > self._learnt.heavy for one in self.weights(rows)]

    def light(self, rows: Sequence[Words]) -> list[bool]:
        """Which of these say nobody's status, whatever a rule finds in them."""
        return [one < self._learnt.light for one in self.weights(rows)]

    def may_overrule(self, rule: str) -> bool:
        """Whether light words count for more than this rule."""
        return rule in self._learnt.rules

    def weights(self, rows: Sequence[Words]) -> list[float]:
        """What each of these weighs; nothing, if it is of another language."""
        out: list[float] = []
        for at in range(0, len(rows), _AT_ONCE):
            some = rows[at : at + _AT_ONCE]
            every = features(self._vocabulary, some, letters=False)
            number = np.bincount(every.rows, minlength=len(some))
            total = np.bincount(every.rows, self._weights[every.slots], len(some))
            runs = [tuple(map(sum, zip(*map(self._letters, words), strict=True))) for words in some]
            heft, count = np.array([one or (0, 0) for one in runs]).T
            weights = (total + heft) * NORM / np.sqrt(number + count) + self._learnt.bias
            out += np.where([self._is_ours(words) for words in some], weights, 0).tolist()
        return out

    def _is_ours(self, words: Words) -> bool:
        """Whether more than three quarters of the words were learnt from.

        Of sentences with status 99.7 % have as many, of those in other languages 18 %.
        """
        letters = [word for word in words if word[0].isalpha()]
        return 4 * sum(word in self._vocabulary.kinds for word in letters) > 3 * len(letters)

    def _letters_of(self, word: str) -> tuple[float, int]:
        """What the runs of letters of a word weigh, and how many there are."""
        slots = self._vocabulary.word(word).letters
        return float(self._weights[list(slots)].sum()), len(slots)

    def heaviest(self, words: Words) -> Iterator[tuple[int, int]]:
        """The first and the last of those that weigh most, in a few pieces."""
        signs = np.array([not word[0].isalnum() for word in words])
        return iter(pieces(np.where(signs, -np.inf, self._shares(words))))

    def _shares(self, words: Words) -> Floats:
        """What each word weighs: a feature's weight is shared by its first and its last."""
        every = features(self._vocabulary, [words])
        weights = self._weights[every.slots] / 2
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
