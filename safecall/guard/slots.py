"""Whether something may be in a large set: a bit for each of many slots, and keys hashed to them.

Bits that are not set say no for certain (Bloom, "Space/Time Trade-offs in Hash Coding with
Allowable Errors", CACM 13, 1970; one hash is enough here). Those of one word are close together
in memory where many sets are tried on it, one after another (blocked filters: Putze, Sanders and
Singler, "Cache-, Hash- and Space-Efficient Bloom Filters", WEA 2007).

Each function takes numbers or, as ``py_func``, arrays of them, without a sign.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from safecall.guard.loops import compiled, inlined

#: So many bits does the number of a slot have: of a pair of symbols, and of a symbol in a set.
PAIR_BITS: Final = 22
FIRST_BITS: Final = 24
#: So many bits tell apart the slots of a group, which is looked through as a whole.
GROUP_BITS: Final = 4
#: The slots of one symbol lie within so many bits' slots, as many as are read at once.
_LINE_BITS: Final = 9

# Any odd factors spread keys over slots. All are without a sign, as what they meet.
_FACTOR: Final = np.uint64(0x9E3779B97F4A7C15)
_OTHER: Final = np.uint64(0xC2B2AE3D27D4EB4F)
_PAIR_DOWN: Final = np.uint64(64 - PAIR_BITS)
_IN_GROUP: Final = np.uint64(GROUP_BITS)
_LINE_DOWN: Final = np.uint64(64 - FIRST_BITS + _LINE_BITS)
_IN_LINE: Final = np.uint64(_LINE_BITS)
_IN_LINE_DOWN: Final = np.uint64(64 - _LINE_BITS)
_BYTE: Final = np.uint64(3)
_SEVEN: Final = np.uint64(7)
_ONE: Final = np.uint64(1)


@inlined
def of_pair(key: Any) -> Any:
    """The slot of the key of a pair of symbols."""
    return key * _FACTOR >> _PAIR_DOWN


@inlined
def group(slot: Any) -> Any:
    """The number of the group of a slot."""
    return slot >> _IN_GROUP


@inlined
def of_first(symbol: Any, number: Any) -> Any:
    """The slot of a symbol in the set with this number, if it is one that is looked for first."""
    line = symbol * _FACTOR >> _LINE_DOWN
    return line << _IN_LINE | number * _OTHER >> _IN_LINE_DOWN


@inlined
def is_set(bits: Any, slot: Any) -> Any:
    """The bit of a slot."""
    return bits[slot >> _BYTE] >> (slot & _SEVEN) & _ONE


def marked(slots: NDArray[np.uint64], bits: int) -> NDArray[np.uint8]:
    """A bit for each of so many bits' slots, set where one of these is."""
    there = np.zeros(1 << bits, bool)
    there[slots] = True
    return np.packbits(there, bitorder="little")


@compiled
def belongs_to(first: Any, members: Any, symbol: int, wanted: int) -> bool:
    """Whether a set is among those of a symbol."""
    low, end = first[symbol], first[symbol + 1]
    high = end
    while low < high:
        middle = (low + high) >> 1
        if members[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return bool(low < end and members[low] == wanted)
