"""Which texts of a batch follow the trail of a phrase and may hold it.

Each phrase has a rare word, and other words near it, see `places`. Words are numbers here, and a
few passes over arrays test all phrases on all texts: first their trails, and where one ends the
phrase itself, but for its signs (`programs`). What remains is for the engine.
"""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safecall.guard.places import PAIRS, Steps, TrailData
from safecall.guard.plan import Plan
from safecall.guard.tokens import NO_LETTER, SYMBOL, Ints, Words
from safecall.guard.tracking import followed, held, known

Small = NDArray[np.int32]
Bits = NDArray[np.uint8]
#: So many words lie between two texts, so that no trail leads from one to the other.
_APART: Final = 1 << 16
_PAIR_BITS: Final = 20
_MEMBER_BITS: Final = 22
#: Any odd factor spreads keys over slots.
_FACTOR: Final = 0x9E3779B97F4A7C15
_MASKS: Final = (SYMBOL, NO_LETTER, _APART)


class Trails:
    """The trails of all phrases; made once for a plan.

    ``shapes`` are those of numbers that may make a phrase whatever is near them.
    """

    def __init__(self, plan: Plan) -> None:
        data: TrailData = marshal.loads(plan.trails)  # noqa: S302 - our own plan
        sets, trails, followers, pairs, self.shapes, lengths, programs = data
        codes = list(map(_codes, sets))
        # Pairs stand behind the last symbol of a word.
        last = max((int(one[one < PAIRS].max(initial=0)) for one in codes), default=0)
        codes = [np.where(one < PAIRS, one, one - PAIRS + last + 1) for one in codes]
        count = last + 1 + len(pairs)
        both = _codes("".join(pairs))
        keys = both[0::2] << 16 | both[1::2]
        order = np.argsort(keys)
        self._pairs, self._names = keys[order], order + last + 1
        self._spread = _spread(_PAIR_BITS)
        self._may_be = _marks(keys, _PAIR_BITS)
        members = np.concatenate([*(one | at << 32 for at, one in enumerate(codes)), _NO_CODES])
        self._belongs = (
            *_by_symbol(codes, count), _marks(members, _MEMBER_BITS), _spread(_MEMBER_BITS),
        )  # fmt: skip
        self._begun = _by_symbol([codes[first] for first, _ in trails], count)
        self._near = _rows([near for _, near in trails])
        *program, begun = (np.frombuffer(one, np.int32) for one in programs)
        self._phrases = *_listed(followers), np.array(lengths, np.int32), begun, tuple(program)

    def followed(self, words: Words) -> dict[int, set[int]]:
        """The texts that may hold a phrase, and the numbers of these."""
        pairs = self._pairs, self._names
        symbols, at, numbers = known(words.columns, _MASKS, pairs, self._may_be, self._spread)
        met, trails = followed(symbols, at, self._begun, self._near, self._belongs)
        ends = numbers[np.array(met, np.int64)], np.array(trails, np.int64)
        rows, phrases = held(words.columns, _MASKS, ends, self._phrases, self._belongs)
        out: dict[int, set[int]] = defaultdict(set)
        for row, phrase in zip(rows, phrases, strict=True):
            out[int(row)].add(phrase)
        return out


def _spread(bits: int) -> NDArray[np.uint64]:
    """What leads from a key to one of so many bits' slots: a factor, and how far down."""
    return np.array([_FACTOR, 64 - bits], np.uint64)


def _marks(keys: Ints, bits: int) -> Bits:
    """A bit for each slot, set where a key leads there."""
    factor, down = _spread(bits)
    there = np.zeros(1 << bits, bool)
    there[keys.astype(np.uint64) * factor >> down] = True
    return np.packbits(there, bitorder="little")


def _codes(symbols: str) -> Ints:
    return np.frombuffer(symbols.encode("utf-32-le"), "<u4").astype(np.int64)


_NO_CODES: Final = _codes("")


def _rows(steps: Sequence[Steps]) -> tuple[Small, Small]:
    """The sets and the reaches of each trail, a row of each, filled up with -1 and 0."""
    most = max(map(len, steps), default=0)
    sets = np.full((len(steps), most), -1, np.int32)
    reaches = np.zeros((len(steps), most), np.int32)
    for number, some in enumerate(steps):
        for depth, (one, reach) in enumerate(some):
            sets[number, depth] = one
            reaches[number, depth] = reach
    return sets, reaches


def _listed(lists: Iterable[Sequence[int]]) -> tuple[Small, Small]:
    """Where each list begins in all of them, the last a place to end at; and these."""
    every = list(lists)
    first = np.cumsum([0, *map(len, every)], dtype=np.int32)
    return first, np.array([one for some in every for one in some], np.int32)


def _by_symbol(codes: Sequence[Ints], count: int) -> tuple[Small, Small]:
    """Where the numbers that belong to each symbol stand, and these, in order."""
    symbols = np.concatenate([*codes, _NO_CODES])
    numbers = np.repeat(np.arange(len(codes), dtype=np.int32), list(map(len, codes)))
    order = np.argsort(symbols, kind="stable")
    first = np.searchsorted(symbols[order], np.arange(count + 1)).astype(np.int32)
    return first, numbers[order]
