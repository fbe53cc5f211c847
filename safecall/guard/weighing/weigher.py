"""Weighing: what sentences weigh, and which of their words weigh most."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safecall.guard.weighing.features import REPEATS, TOKEN, Vocabulary, features
from safecall.guard.weighing.learnt import load

Floats = NDArray[np.float64]
Span = tuple[int, int]

#: So many sentences are weighed at once.
_AT_ONCE: Final = 512
#: A sentence's weight does not grow with its length: features are divided by the root of their
#: number, times this.
NORM: Final = 10.0


class Weigher:
    """Weighs sentences by what was learnt."""

    def __init__(self, path: Path) -> None:
        learnt = load(path)
        self._vocabulary = Vocabulary(learnt.kinds)
        self._weights = learnt.weights.astype(np.float64) * learnt.step
        self._learnt = learnt
        self._letters = lru_cache(maxsize=1 << 14)(self._letters_of)

    def heavy(self, sentences: Sequence[str]) -> list[bool]:
        """Which of these sentences say somebody's status."""
        return [one > self._learnt.heavy for one in self.weights(sentences)]

    def light(self, sentences: Sequence[str]) -> list[bool]:
        """Which of these sentences say nobody's status, whatever a rule finds in them."""
        return [one < self._learnt.light for one in self.weights(sentences)]

    def may_overrule(self, rule: str) -> bool:
        """Whether a light sentence counts for more than this rule."""
        return rule in self._learnt.rules

    def weights(self, sentences: Sequence[str]) -> list[float]:
        """What each of these sentences weighs; nothing, if it is of another language."""
        out: list[float] = []
        for at in range(0, len(sentences), _AT_ONCE):
            some = [TOKEN.findall(one) for one in sentences[at : at + _AT_ONCE]]
            every = features(self._vocabulary, some, letters=False)
            number = np.bincount(every.sentences, minlength=len(some))
            total = np.bincount(every.sentences, self._weights[every.slots], len(some))
            runs = [self._runs(words) for words in some]
            heft, count = np.array(runs).T
            weights = (total + heft) * NORM / np.sqrt(number + count) + self._learnt.bias
            ours = [self._is_ours(words) for words in some]
            out += np.where(ours, weights, 0).tolist()
        return out

    def _is_ours(self, words: Sequence[str]) -> bool:
        """Whether more than three quarters of the words were learnt from.

        Of sentences with status 99.7 % have as many, of those in other languages 18 %.
        """
        letters = [word for word in words if word[0].isalpha()]
        return 4 * sum(word in self._vocabulary.kinds for word in letters) > 3 * len(letters)

    def _runs(self, words: Sequence[str]) -> tuple[float, int]:
        """What runs of letters weigh, and how many there are."""
        some = words if len(words) + 2 <= REPEATS else set(words)
        every = [self._letters(word) for word in some]
        return sum(weight for weight, _ in every), sum(count for _, count in every)

    def _letters_of(self, word: str) -> tuple[float, int]:
        slots = self._vocabulary.word(word).letters
        return float(self._weights[list(slots)].sum()), len(slots)

    def found(self, low: str, spans: Sequence[Span]) -> list[list[Span]]:
        """The words that say somebody's status in those of these sentences that do."""
        heavy = self.heavy([low[start:end] for start, end in spans])
        some = (span for span, one in zip(spans, heavy, strict=True) if one)
        return [list(self._words(low, *span)) for span in some]

    def _words(self, low: str, start: int, end: int) -> Iterator[Span]:
        """The words of a sentence that weigh most, in a few pieces."""
        tokens = [match.span() for match in TOKEN.finditer(low, start, end)]
        shares = self.shares([low[a:b] for a, b in tokens])
        signs = np.array([not low[a].isalnum() for a, _ in tokens])
        for first, last in heaviest(np.where(signs, -np.inf, shares)):
            yield tokens[first][0], tokens[last][1]

    def shares(self, tokens: Sequence[str]) -> Floats:
        """What each word of a sentence weighs: a feature's weight is shared by its words."""
        every = features(self._vocabulary, [tokens])
        weights = self._weights[every.slots] / 2
        top = len(tokens)
        out = np.zeros(top)
        for places in (every.first, every.last):
            within = (places >= 0) & (places < top)
            out += np.bincount(places[within], weights[within], top)
        return out


def heaviest(shares: Floats) -> list[Span]:
    """The first and the last of the words that weigh most, in at most `_PIECES` pieces.

    A piece is a word that weighs at least `_AGAIN` of the heaviest of all, with those next to it
    that weigh at least `_BESIDE` of it. A sign weighs ``-inf``.
    """
    left = shares.copy()
    out: list[Span] = []
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
