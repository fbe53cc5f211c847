"""What a sentence is weighed by: its words, their neighbours and their kinds, as numbers.

A word stands for itself or, where it is one of many of a kind (a person, a country, a form of
"to be"), for its kind. Single words, two and three in a row, and two within five words of each
other are features; so are runs of letters, for words that were never seen. A feature is the number
of a slot in a table of weights (the hashing trick: Weinberger et al., "Feature Hashing for Large
Scale Multitask Learning", ICML 2009), so that no list of features has to be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

Hashes = NDArray[np.uint64]
Slots = NDArray[np.int64]

#: A table of weights has two to the power of this slots.
BITS: Final = 19
#: How far from each other two words are looked at together.
REACH: Final = 5
#: Letters in a row: how many, and of words with how many at least.
Runs = tuple[tuple[int, ...], int]
_LONGEST: Final = 24
_UNKNOWN: Final = "?"
_FACTORS: Final = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], np.uint64)
#: Two words next to each other, two that are near, and three in a row are different features.
_NEXT, _NEAR, _THREE = np.array([17, 99, 5], np.uint64)
_SHIFT: Final = np.uint64(64 - BITS)
_MIX: Final = 0xBF58476D1CE4E5B9
_ALL: Final = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Word:
    """A word as features see it: a hash for itself, one for its kind, slots for its letters."""

    itself: int
    kind: int
    letters: tuple[int, ...]


class Vocabulary:
    """The words that were learnt from, each with its kind ("" for none), and what is looked at in
    the letters of any word.
    """

    def __init__(self, kinds: Mapping[str, str], runs: Runs) -> None:
        self.kinds = kinds
        self._lengths, self._shortest = runs
        self.word = lru_cache(maxsize=1 << 14)(self._word)

    def _word(self, word: str) -> Word:
        if word[0].isdigit():
            return Word(_hash("#"), _hash(f"#{min(len(word), 6)}"), ())
        if "'" in word and word not in self.kinds:  # it may be written so to be read past
            word = word.replace("'", "")
        kind = self.kinds.get(word)
        itself = _hash(_UNKNOWN if kind is None else f"={word}")
        return Word(itself, _hash(f"<{kind}>") if kind else itself, tuple(self._runs(word)))

    def _runs(self, word: str) -> Iterable[int]:
        if len(word) < self._shortest or not word[0].isalpha():
            return
        framed = f"_{word[:_LONGEST]}_"
        for length in self._lengths:
            for at in range(len(framed) - length + 1):
                run = f"~{framed[at : at + length]}".encode("utf-8", "replace")
                yield crc32(run) >> (32 - BITS)


@dataclass(frozen=True, slots=True)
class Features:
    """The features of several sentences, each with its sentence and the words that it is made of.

    Arrays of one length: ``slots``, ``rows`` and, as numbers of words (the first of a
    sentence is 0), ``first`` and ``last``.
    """

    slots: Slots
    rows: Slots
    first: Slots
    last: Slots


def features(
    vocabulary: Vocabulary, texts: Sequence[Sequence[str]], *, letters: bool = True
) -> Features:
    """The features of sentences, given the words and signs of each (`windows.TOKEN`).

    Without ``letters`` those of runs of letters are left out.
    """
    itself: list[int] = []
    kinds: list[int] = []
    runs: list[int] = []
    run_of: list[int] = []
    for text in texts:
        words = [vocabulary.word(one) for one in text]
        if letters:
            for at, word in enumerate(words, len(itself) + 1):
                runs += word.letters
                run_of += [at] * len(word.letters)
        itself += (_BEGIN, *(word.itself for word in words), _FINISH)
        kinds += (_BEGIN, *(word.kind for word in words), _FINISH)
    lengths = np.array([len(text) + 2 for text in texts], np.int64)
    both: Hashes = np.array([itself, kinds], np.uint64)
    of: Slots = np.repeat(np.arange(len(lengths)), lengths)
    place: Slots = np.arange(len(of)) - np.repeat(np.cumsum(lengths) - lengths, lengths) - 1
    slots, first, far = _together(both, of)
    slots = np.concatenate([np.array(runs, np.int64), mixed(both[0]), slots])
    first = np.concatenate([np.array(run_of, np.int64), np.arange(len(of)), first])
    far = np.concatenate([np.zeros(len(runs) + len(of), np.int64), far])
    of_each = of[first]
    return Features(slots, of_each, place[first], place[first] + far)


def _together(both: Hashes, of: Slots) -> tuple[Slots, Slots, Slots]:
    """The slots of words that are looked at together, the first word of each, and how far behind
    it the last one is.
    """
    first, second, third = (both * factor for factor in _FACTORS)
    # A word of no kind stands for itself alone.
    stands = np.array([np.ones(len(of), bool), both[0] != both[1]])
    hashes: list[Hashes] = []
    places: list[Slots] = []
    for reach in range(1, REACH + 1):
        valid = stands[:, None, :-reach] & stands[None, :, reach:] & (of[:-reach] == of[reach:])
        salt = _NEXT if reach == 1 else _NEAR
        hashes.append((first[:, None, :-reach] + second[None, :, reach:] + salt)[valid])
        places.append(np.nonzero(valid)[-1])
    two = (first[:, None, :-2] + second[None, :, 1:-1])[:, :, None] + third[:, 2:]
    valid = (stands[:, None, :-2] & stands[None, :, 1:-1])[:, :, None] & stands[:, 2:]
    valid &= of[:-2] == of[2:]
    hashes.append((two + _THREE)[valid])
    places.append(np.nonzero(valid)[-1])
    far = np.repeat([*range(1, REACH + 1), 2], [len(some) for some in places])
    return mixed(np.concatenate(hashes)), np.concatenate(places), far


def mixed(hashes: Hashes) -> Slots:
    """Slots of hashes (the finisher of SplitMix64)."""
    mixed = hashes ^ (hashes >> np.uint64(31))
    mixed = mixed * np.uint64(_MIX)
    slots: Slots = ((mixed ^ (mixed >> np.uint64(27))) >> _SHIFT).astype(np.int64)
    return slots


def slot_of(hashed: int) -> int:
    """The slot of one hash; as `mixed`."""
    one = hashed ^ hashed >> 31
    one = one * _MIX & _ALL
    return (one ^ one >> 27) >> 64 - BITS


def _hash(text: str) -> int:
    """64 bits of two 32-bit sums: enough to tell words apart."""
    data = text.encode("utf-8", "replace")
    return crc32(data) << 32 | crc32(data, 0x5AFECA11)


_BEGIN: Final = _hash("^")
_FINISH: Final = _hash("$")
