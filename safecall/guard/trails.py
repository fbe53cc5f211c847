"""Which texts of a batch follow the trail of a phrase, and so may hold it.

Each phrase has a rare word, and other words near it, see `places`. Words are numbers here, and a
few passes over arrays test all phrases on all texts; what remains is for the engine.
"""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safecall.guard.kernels import followed, known
from safecall.guard.places import PAIRS, Steps, TrailData
from safecall.guard.plan import Plan
from safecall.guard.tokens import NO_LETTER, SYMBOL, Ints, Words

Flags = NDArray[np.bool_]
#: So many words lie between two texts, so that no trail leads from one to the other.
_APART: Final = 1 << 16
_PAIR_BITS: Final = 20
#: Spreads the two symbols of a pair over so many bits; any odd factor does.
_SPREAD: Final = np.array([0x9E3779B97F4A7C15, 64 - _PAIR_BITS], np.uint64)


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
        both = _codes("".join(pairs))
        keys = both[0::2] << 16 | both[1::2]
        order = np.argsort(keys)
        self._pairs, self._names = keys[order], order + last + 1
        self._may_be = np.zeros(1 << _PAIR_BITS, bool)
        self._may_be[_slots(keys)] = True
        self._belongs = _by_symbol(codes, count)
        self._begun = _by_symbol([codes[first] for first, _ in trails], count)
        self._near = _columns([near for _, near in trails])

    def followed(self, words: Words) -> dict[int, set[int]]:
        """The texts that follow a trail to its end, and the numbers of the phrases that do."""
        masks, pairs = (SYMBOL, NO_LETTER, _APART), (self._pairs, self._names)
        symbols, at, rows = known(words.columns, masks, pairs, self._may_be, _SPREAD)
        ends, trails = followed(symbols, at, self._begun, self._near, self._belongs)
        out: dict[int, set[int]] = defaultdict(set)
        for word, trail in zip(ends, trails, strict=True):
            out[int(rows[word])].update(self._followers[trail])
        return out


def _slots(keys: Ints) -> Ints:
    slots: Ints = (keys.astype(np.uint64) * _SPREAD[0] >> _SPREAD[1]).astype(np.int64)
    return slots


def _codes(symbols: str) -> Ints:
    return np.frombuffer(symbols.encode("utf-32-le"), "<u4").astype(np.int64)


def _columns(steps: Sequence[Steps]) -> tuple[NDArray[np.int32], NDArray[np.int32]]:
    """The sets and the reaches of each trail, a column of each, filled up with -1 and 0."""
    most = max(map(len, steps), default=0)
    sets = np.full((most, len(steps)), -1, np.int32)
    reaches = np.zeros((most, len(steps)), np.int32)
    for number, some in enumerate(steps):
        for depth, (one, reach) in enumerate(some):
            sets[depth, number] = one
            reaches[depth, number] = reach
    return sets, reaches


def _by_symbol(codes: Sequence[Ints], count: int) -> tuple[Ints, Ints]:
    """Where the numbers that belong to each symbol stand, and these, in order."""
    symbols = np.concatenate([*codes, np.zeros(0, np.int64)])
    numbers = np.repeat(np.arange(len(codes)), list(map(len, codes)))
    order = np.argsort(symbols, kind="stable")
    return np.searchsorted(symbols[order], np.arange(count + 1)), numbers[order]
