"""The words of many texts at once, as numbers: what the engine's symbols are to one text.

A batch becomes one run of bytes. Where its words begin and end, and what each is, comes from a
few passes over arrays; only a word that was not met before is looked up by the engine. Words are
told apart by a hash of 64 bits with a key of this process, so that nobody can write a word which
passes for another.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safecall.guard.matching import Engine
from safecall.guard.places import DIGITS
from safecall.guard.straighten import corrected
from safecall.guard.symbols import UNKNOWN

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]
Hashes = NDArray[np.uint64]

#: In a word's value: the code of its symbol, 0 for a word that no rule knows.
SYMBOL: Final = (1 << 16) - 1
#: It holds no letter.
NO_LETTER: Final = 1 << 16
HAS_DIGIT: Final = 1 << 17
#: A number of the immigration system may begin with it.
START: Final = 1 << 18

#: Every sign becomes a space, capitals become small; what is not ASCII stays as it is.
_PLAIN: Final = bytes(
    code if code > 127 else ord(chr(code).lower()) if chr(code).isalnum() else 32
    for code in range(256)
)
_SPACE: Final = 32
_CHUNK: Final = 8
#: Longer words, in bytes, are looked up one by one.
_LONGEST: Final = 4 * _CHUNK
_SLOT_BITS: Final = 19
_MASKS: Final = np.array([(1 << (8 * count)) - 1 for count in range(_CHUNK + 1)], np.uint64)


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a batch, in order.

    ``raw`` is the batch without apostrophes, ``starts`` and ``ends`` are places in it, ``rows``
    numbers the texts, ``values`` says what each word is.
    """

    raw: bytes
    starts: Ints
    ends: Ints
    rows: Ints
    values: Ints


class Tokens:
    """Cuts batches into words; made once for an engine.

    ``starts`` matches words that a number may begin with.
    """

    def __init__(self, guard: Engine, starts: re.Pattern[str]) -> None:
        self._guard = guard
        self._starts = starts
        # One slot a word, which another may take over: memory is bounded, whatever the column.
        self._keys = np.zeros(1 << _SLOT_BITS, np.uint64)
        self._values = np.zeros(1 << _SLOT_BITS, np.int32)
        self._factors = [_odd() for _ in range(_LONGEST // _CHUNK)]
        self._slot_factor = _odd()

    def words(self, texts: list[str]) -> Words:
        """The words of the texts; none of them holds a zero byte."""
        joined = "\0".join(texts).encode().replace(b"'", b"")
        plain = np.frombuffer(joined.translate(_PLAIN) + b" " * _LONGEST, np.uint8)
        edges = np.flatnonzero(np.diff(plain != _SPACE, prepend=False))
        starts, ends = edges[0::2], edges[1::2]
        borders = np.searchsorted(starts, np.flatnonzero(np.frombuffer(joined, np.uint8) == 0))
        rows = np.cumsum(np.bincount(borders, minlength=len(starts) + 1))[: len(starts)]
        return Words(joined, starts, ends, rows, self._looked_up(plain, starts, ends))

    def _looked_up(self, plain: Bytes, starts: Ints, ends: Ints) -> Ints:
        lengths = ends - starts
        hashes = self._hashes(plain, starts, lengths)
        slots = (hashes * self._slot_factor >> np.uint64(64 - _SLOT_BITS)).astype(np.int64)
        values = self._values[slots].astype(np.int64)
        unmet = np.flatnonzero((self._keys[slots] != hashes) & (lengths <= _LONGEST))
        if len(unmet):
            _, first, back = np.unique(hashes[unmet], return_index=True, return_inverse=True)
            values[unmet] = self._values_of(plain, starts, ends, unmet[first])[back]
            self._keys[slots[unmet]] = hashes[unmet]
            self._values[slots[unmet]] = values[unmet]
        long = np.flatnonzero(lengths > _LONGEST)
        values[long] = self._values_of(plain, starts, ends, long)
        return values

    def _hashes(self, plain: Bytes, starts: Ints, lengths: Ints) -> Hashes:
        """A hash of the first `_LONGEST` bytes of each word."""
        chunks: Hashes = np.ndarray((len(plain) - _CHUNK + 1,), "<u8", plain.data, strides=(1,))
        hashes = (chunks[starts] & _MASKS[np.minimum(lengths, _CHUNK)]) * self._factors[0]
        for number, factor in enumerate(self._factors[1:], 1):
            at = number * _CHUNK
            longer = np.flatnonzero(lengths > at)
            mask = _MASKS[np.minimum(lengths[longer] - at, _CHUNK)]
            hashes[longer] += (chunks[starts[longer] + at] & mask) * factor
        return hashes

    def _values_of(self, plain: Bytes, starts: Ints, ends: Ints, at: Ints) -> Ints:
        """The values of the words at these places, looked up one by one."""
        spans = zip(starts[at].tolist(), ends[at].tolist(), strict=True)
        values = [self._value(plain[start:end].tobytes().decode()) for start, end in spans]
        return np.array(values, np.int64)

    def _value(self, word: str) -> int:
        symbol = self._guard.symbol(corrected(word, self._guard.plan))
        unknown = 0 if word.isalpha() else ord(DIGITS)
        value = unknown if symbol == UNKNOWN else ord(symbol)
        if not word.isalpha():
            value |= HAS_DIGIT if any(map(str.isdigit, word)) else 0
            value |= 0 if any(map(str.isalpha, word)) else NO_LETTER
        return value | (START if self._starts.match(word) else 0)


def _odd() -> np.uint64:
    return np.uint64(secrets.randbits(64) | 1)
