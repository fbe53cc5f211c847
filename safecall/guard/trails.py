"""Which texts of a batch follow the trail of a phrase, and so may hold it.

Each phrase has a rare word, and other words near it, see `places`. Words are numbers here, and a
few passes over arrays test all phrases on all texts; what remains is for the engine.
"""

from __future__ import annotations

import marshal
from collections import defaultdict
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safecall.guard.places import PAIRS, TrailData
from safecall.guard.plan import Plan
from safecall.guard.tokens import NO_LETTER, SYMBOL, Ints, Words

Flags = NDArray[np.bool_]
#: So many words lie between two texts, so that no trail leads from one to the other.
_APART: Final = 1 << 16
_PAIR_BITS: Final = 20
#: Spreads the two symbols of a pair over the bits above; any odd number does.
_SPREAD: Final = 0x9E3779B97F4A7C15


class Trails:
    """The trails of all phrases; made once for a plan.

    ``shapes`` are those of numbers that may make a phrase whatever is near them.
    """

    def __init__(self, plan: Plan) -> None:
        data: TrailData = marshal.loads(plan.trails)  # noqa: S302 - our own plan
        sets, trails, self._followers, pairs, self.shapes = data
        codes = list(map(_codes, sets))
        # Pairs stand behind the last symbol of a word.
        last = max((int(one[one < PAIRS].max(initial=0)) for one in codes), default=0)
        codes = [np.where(one < PAIRS, one, one - PAIRS + last + 1) for one in codes]
        count = last + 1 + len(pairs)
        self._pairs = _Pairs(_codes("".join(pairs)), last + 1)
        self._belongs = _bits(codes, count)
        self._beginning, self._trails = _by_symbol(codes, [first for first, _ in trails], count)
        most = max((len(near) for _, near in trails), default=0)
        self._sets: NDArray[np.int32] = np.full((most, len(trails)), -1, np.int32)
        self._reaches: NDArray[np.int32] = np.zeros((most, len(trails)), np.int32)
        for number, (_, near) in enumerate(trails):
            for depth, (one, reach) in enumerate(near):
                self._sets[depth, number] = one
                self._reaches[depth, number] = reach

    def followed(self, words: Words) -> dict[int, set[int]]:
        """The texts that follow a trail to its end, and the numbers of the phrases that do."""
        symbols, at, rows = self._known(words)
        word, trail = self._begun(symbols)
        ends = [(word[:0], trail[:0])]
        for near, reaches in zip(self._sets, self._reaches, strict=True):
            wanted = near[trail]
            ended = wanted < 0
            ends.append((word[ended], trail[ended]))
            word, trail, wanted = word[~ended], trail[~ended], wanted[~ended]
            there = self._near(symbols, at, word, wanted, reaches[trail])
            word, trail = word[there], trail[there]
        out: dict[int, set[int]] = defaultdict(set)
        for some_words, some_trails in [*ends, (word, trail)]:
            for row, one in zip(rows[some_words].tolist(), some_trails.tolist(), strict=True):
                out[row].update(self._followers[one])
        return out

    def _known(self, words: Words) -> tuple[Ints, Ints, Ints]:
        """Symbols, places and texts of the known words, and of the known pairs before each."""
        symbols = words.values & SYMBOL
        at = np.cumsum((words.values & NO_LETTER) == 0) + words.rows * _APART
        known = np.flatnonzero(symbols)
        symbols, at, rows = symbols[known], at[known], words.rows[known]
        next_to = (np.diff(known) == 1) & (np.diff(rows) == 0)
        first, found = self._pairs.among(symbols, np.flatnonzero(next_to))
        return (
            np.insert(symbols, first, found),
            np.insert(at, first, at[first]),
            np.insert(rows, first, rows[first]),
        )

    def _begun(self, symbols: Ints) -> tuple[Ints, Ints]:
        """Each word with each trail that it begins."""
        begin = self._beginning[symbols]
        count = self._beginning[symbols + 1] - begin
        word = np.repeat(np.arange(len(symbols)), count)
        skipped = np.repeat(begin - np.cumsum(count) + count, count)
        return word, self._trails[np.arange(len(word)) + skipped]

    def _near(self, symbols: Ints, at: Ints, word: Ints, wanted: Ints, reach: Ints) -> Flags:
        """Whether a word of the wanted set is within reach of each word."""
        there = np.zeros(len(word), bool)
        step = np.where(reach < 0, -1, 1)
        reach = np.abs(reach)
        rest, other = np.arange(len(word)), word
        while len(rest):
            other = other + step[rest]
            inside = np.abs(at.take(other, mode="clip") - at[word[rest]]) <= reach[rest]
            inside &= (other >= 0) & (other < len(symbols))
            rest, other = rest[inside], other[inside]
            sets = wanted[rest]
            met = (self._belongs[symbols[other], sets >> 3] >> (sets & 7)) & 1 != 0
            there[rest[met]] = True
            rest, other = rest[~met], other[~met]
        return there


class _Pairs:
    """Which symbols stand for which two neighbours."""

    def __init__(self, codes: Ints, beginning: int) -> None:
        self._beginning = beginning
        keys = codes[0::2] << 16 | codes[1::2]
        self._order = np.argsort(keys)
        self._keys = keys[self._order]
        self._may_be = np.zeros(1 << _PAIR_BITS, bool)
        self._may_be[_slots(keys)] = True

    def among(self, symbols: Ints, first: Ints) -> tuple[Ints, Ints]:
        """Which of the places hold the first of a known pair, and the pair's symbols."""
        keys = symbols[first] << 16 | symbols[first + 1]
        may_be = self._may_be[_slots(keys)]
        first, keys = first[may_be], keys[may_be]
        at = np.searchsorted(self._keys, keys)
        found = self._keys.take(at, mode="clip") == keys if len(self._keys) else np.zeros(0, bool)
        return first[found], self._beginning + self._order[at[found]]


def _slots(keys: Ints) -> Ints:
    spread = keys.astype(np.uint64) * np.uint64(_SPREAD)
    return (spread >> np.uint64(64 - _PAIR_BITS)).astype(np.int64)


def _codes(symbols: str) -> Ints:
    return np.frombuffer(symbols.encode("utf-32-le"), "<u4").astype(np.int64)


def _bits(codes: list[Ints], count: int) -> NDArray[np.uint8]:
    """For each symbol the sets that it belongs to, a bit each."""
    out = np.zeros((count, len(codes) // 8 + 1), np.uint8)
    for number, symbols in enumerate(codes):
        out[symbols, number >> 3] |= np.uint8(1 << (number & 7))
    return out


def _by_symbol(codes: list[Ints], firsts: list[int], count: int) -> tuple[Ints, Ints]:
    """The numbers of the trails that each symbol begins, one after another, and where its are."""
    trails: dict[int, list[int]] = defaultdict(list)
    for number, first in enumerate(firsts):
        trails[first].append(number)
    symbols = np.concatenate([np.tile(codes[first], len(some)) for first, some in trails.items()])
    numbers = np.concatenate([np.repeat(some, len(codes[first])) for first, some in trails.items()])
    order = np.argsort(symbols, kind="stable")
    beginning = np.searchsorted(symbols[order], np.arange(count + 1))
    return beginning, numbers[order]
