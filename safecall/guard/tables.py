"""The trails of all phrases as arrays, ready for the loops that follow them (`tracking`).

They are made when rules are compiled, and read back in milliseconds.
"""

from __future__ import annotations

import marshal
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from safecall.guard.alphabet import SYMBOL
from safecall.guard.places import PAIRS, NumeralData, Steps, TrailData
from safecall.guard.slots import (
    FIRST_BITS,
    GROUP_BITS,
    PAIR_BITS,
    marked,
    of_first,
    of_pair,
)

Ints = NDArray[np.int64]
Small = NDArray[np.int32]
Bits = NDArray[np.uint8]
#: What is known of a pair is its key, shifted by so many bits, and its symbol.
PAIR: Final = 20
_NUMBER: Final = 32
_SYMBOL: Final = (1 << _NUMBER) - 1


class Tables(NamedTuple):
    """What trails are followed by.

    Lists of lists are two arrays: where each list begins, the last a place to end at; and all.

    Attributes:
        pairs: keys of pairs of words by their slot (`slots`), each with its symbol (`PAIR`).
        slots, groups: which slots of such a key there may be, a bit each; where those of each group
            of slots stand.
        first, members: of each symbol, the sets that it belongs to.
        may_be: which slots there may be (`slots`) of a symbol and a set that some trail looks for
            first, a bit each.
        opens, begun: of each symbol, the trails that it begins.
        sets, reaches: of each trail, what has to be near, and how near; -1 and 0 at its end.
        held, phrases: of each trail, the phrases that it leads to.
        lengths, edges, programs: of each phrase, the most words, whether signs stand at its edges,
            and where its program begins.
        steps, choices, branches: the programs, see `programs`.
    """

    pairs: Ints
    slots: Bits
    groups: Small
    first: Small
    members: Small
    may_be: Bits
    opens: Small
    begun: Small
    sets: Small
    reaches: Small
    held: Small
    phrases: Small
    lengths: Small
    edges: Small
    programs: Small
    steps: Small
    choices: Small
    branches: Small


def packed(data: TrailData) -> bytes:
    """The tables of these trails, and what numbers make."""
    arrays = [(one.dtype.str, one.shape, one.tobytes()) for one in _tables(data)]
    return marshal.dumps((data[4], arrays))


def unpacked(data: bytes | memoryview) -> tuple[Tables, NumeralData]:
    """The tables again, and what numbers make."""
    numerals, arrays = marshal.loads(data)  # noqa: S302 - our own plan
    tables = Tables(*(np.frombuffer(raw, kind).reshape(shape) for kind, shape, raw in arrays))
    return tables, numerals


def _tables(data: TrailData) -> Tables:
    sets, trails, followers, pairs, _, lengths, edges, programs = data
    # Trails with the same first steps stand together, so that these are looked for once.
    order = sorted(range(len(trails)), key=lambda number: trails[number][1])
    trails, followers = [trails[one] for one in order], [followers[one] for one in order]
    codes = list(map(_codes, sets))
    # Pairs stand behind the last symbol of a word.
    last = max((int((one[one < PAIRS] & SYMBOL).max(initial=0)) for one in codes), default=0)
    codes = [np.where(one < PAIRS, one & SYMBOL, one - PAIRS + last + 1) for one in codes]
    count = last + 1 + len(pairs)
    both = _codes("".join(pairs)) & SYMBOL
    keys = both[0::2] << 16 | both[1::2]
    slots = of_pair.py_func(_unsigned(keys))
    by_slot = np.argsort(slots)
    groups = np.arange((1 << PAIR_BITS - GROUP_BITS) + 1) << GROUP_BITS
    firsts = sorted({near[0][0] for _, near in trails if near})
    members = np.concatenate([*(codes[one] | one << _NUMBER for one in firsts), _NO_CODES])
    steps, choices, branches, begun = (np.frombuffer(one, np.int32) for one in programs)
    return Tables(
        keys[by_slot] << PAIR | by_slot + last + 1,
        marked(slots, PAIR_BITS),
        np.searchsorted(slots[by_slot], groups.astype(np.uint64)).astype(np.int32),
        *_by_symbol(codes, count),
        marked(of_first.py_func(*_apart(members)), FIRST_BITS),
        *_by_symbol([codes[first] for first, _ in trails], count),
        *_rows([near for _, near in trails]),
        *_listed(followers),
        np.array(lengths, np.int32),
        np.array(edges, np.int32),
        begun,
        steps,
        choices,
        branches,
    )


def _unsigned(numbers: Ints) -> NDArray[np.uint64]:
    return numbers.astype(np.uint64)


def _apart(members: Ints) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    """The symbol and the set of each."""
    return _unsigned(members & _SYMBOL), _unsigned(members >> _NUMBER)


def _codes(symbols: str) -> Ints:
    return np.frombuffer(symbols.encode("utf-32-le"), "<u4").astype(np.int64)


_NO_CODES: Final = _codes("")


def _rows(steps: Sequence[Steps]) -> tuple[Small, Small]:
    """The sets and the reaches of each trail, a row of each, filled up with -1 and 0."""
    most = max((1, *map(len, steps)))
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
