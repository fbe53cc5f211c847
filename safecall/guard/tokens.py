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

from safecall.guard.alphabet import SYMBOL, UNKNOWN, number_symbol
from safecall.guard.kernels import cut
from safecall.guard.matching import Engine
from safecall.guard.places import DIGITS
from safecall.guard.straighten import corrected
from safecall.guard.weighing.anchors import Anchors

Bytes = NDArray[np.uint8]
Ints = NDArray[np.int64]

#: In a word's value, beside its symbol (none for a word that no rule knows): it holds no letter.
NO_LETTER: Final = 1 << 16
HAS_DIGIT: Final = 1 << 17
#: A number of the immigration system may begin with it.
START: Final = 1 << 18
#: It is misspelt; its symbol is that of the word that was meant.
CORRECTED: Final = 1 << 19
#: A sentence with it is weighed (`weighing`).
ANCHOR: Final = 1 << 20

#: Every sign becomes a space, capitals become small; what is not ASCII stays as it is.
_PLAIN: Final = bytes(
    code if code > 127 else ord(chr(code).lower()) if chr(code).isalnum() else 32
    for code in range(256)
)
_LETTERS: Final = np.frombuffer(_PLAIN, np.uint8)
#: Longer words, in bytes, are looked up one by one.
_LONGEST: Final = 32
#: A word's value has so many bits, and the table as many words as they count.
_BITS: Final = 21


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

    @property
    def letters(self) -> Bytes:
        """``raw`` as an array."""
        return np.frombuffer(self.raw, np.uint8)

    def of_row(self, row: int) -> slice:
        """Where the words of a text stand."""
        first, last = np.searchsorted(self.rows, (row, row + 1))
        return slice(int(first), int(last))

    @property
    def columns(self) -> tuple[Ints, Ints, Ints, Ints]:
        """What kernels take."""
        return self.starts, self.ends, self.rows, self.values


class Tokens:
    """Cuts batches into words; made once for an engine.

    ``starts`` matches words that a number may begin with.
    """

    def __init__(self, guard: Engine, starts: re.Pattern[str]) -> None:
        self._guard = guard
        self._starts = starts
        self._anchors = guard.scale.anchors if guard.scale else Anchors(())
        # One slot a word, which another may take over: memory is bounded, whatever the column.
        self._table = np.zeros(1 << _BITS, np.uint64)
        self._factors = np.array([_odd() for _ in range(_LONGEST // 8 + 1)])

    def words(self, texts: bytes) -> Words:
        """The words of texts in ASCII, with a zero byte between any two."""
        joined = texts.replace(b"'", b"")
        raw = np.frombuffer(joined, np.uint8)
        starts, ends, rows, values, unmet, hashes = cut(
            raw, _LETTERS, self._table, self._factors, np.uint64(_BITS)
        )
        if len(unmet):
            hashes, first, back = np.unique(hashes, return_index=True, return_inverse=True)
            some = unmet[first]
            new = self._values_of(joined, starts[some], ends[some])
            values[unmet] = new[back]
            short = ends[some] - starts[some] <= _LONGEST
            slots, tags = hashes >> np.uint64(64 - _BITS), hashes << np.uint64(_BITS)
            self._table[slots[short]] = (tags | new.astype(np.uint64))[short]
        return Words(joined, starts, ends, rows, values)

    def _values_of(self, raw: bytes, starts: Ints, ends: Ints) -> Ints:
        """The values of the words at these places, looked up one by one."""
        spans = zip(starts.tolist(), ends.tolist(), strict=True)
        words = (raw[start:end].translate(_PLAIN).decode() for start, end in spans)
        values = [self._value(word.replace(" ", "")) for word in words]  # a space was a dot
        return np.array(values, np.int64)

    def _value(self, word: str) -> int:
        meant = corrected(word, self._guard.plan)
        symbol = self._guard.spelling.symbol(meant)
        value = 0 if symbol == UNKNOWN else ord(symbol) & SYMBOL
        if meant != word:
            value |= CORRECTED
        if meant in self._anchors:
            value |= ANCHOR
        if self._starts.match(word):
            value |= START
        return value if word.isalpha() else self._with_signs(word, meant, value)

    def _with_signs(self, word: str, meant: str, value: int) -> int:
        """The value of a word that holds more than letters."""
        if not value & SYMBOL or self._is_number(meant):
            value = value & ~SYMBOL | ord(DIGITS)
        value |= HAS_DIGIT if any(map(str.isdigit, word)) else 0
        return value if any(map(str.isalpha, word)) else value | NO_LETTER

    def _is_number(self, word: str) -> bool:
        """Whether a word that rules do not know whole is a number, whatever it begins with."""
        known = word.isalpha() or word in self._guard.plan.words
        return not known and number_symbol(word) is not None


def _odd() -> np.uint64:
    return np.uint64(secrets.randbits(64) | 1)
