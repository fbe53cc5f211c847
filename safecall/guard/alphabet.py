"""What a text is made of for matching: letters, signs, and the symbols that stand for them.

Here is what both the engine and the compiler need, and nothing else: a process that only screens
loads no compiler.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from safecall.guard.shapes import SHAPES


def _marks() -> str:
    """The vowel signs of scripts that have them, as runs, which compile many times faster."""
    marks = ("Mn", "Mc")
    codes = [code for code in range(0x0900, 0x1B00) if unicodedata.category(chr(code)) in marks]
    known = set(codes)
    first = [code for code in codes if code - 1 not in known]
    last = [code for code in codes if code + 1 not in known]
    return "".join(f"{chr(one)}-{chr(other)}" for one, other in zip(first, last, strict=True))


_MARKS: Final = _marks()
#: One character of a word of folded text.
WORD: Final = rf"[\w{_MARKS}]"
#: Signs that a phrase may hold between its words; spaces round them do not count.
SIGNS: Final = frozenset("#=:,;/&+%")

#: The symbol of words that no rule knows.
UNKNOWN: Final = "\xff"
#: Every sign that is not in `SIGNS`, and the place of a marker.
OTHER_SIGN: Final = "\xa4"
WALL: Final = "\x01"
#: Stands in a pattern for the opening of the group of a marked part.
GROUP: Final = "\x03"
#: Symbols of words and numbers lie beyond the first plane of Unicode: `re` compiles sets of them
#: three times as fast, since it draws no table of 65,536 bits for them. Within their own plane
#: they are told apart by so many bits.
_PLANE: Final = 0x10000
SYMBOL: Final = _PLANE - 1
#: Numbers: one character for each set of shapes that a number has.
_NUMBERS: Final = 0x1E000
_SHAPES: Final = tuple(SHAPES)
#: What may be a symbol of words: before the numbers, and behind them.
CODES: Final = range(0x10100, _NUMBERS), range(_NUMBERS + (1 << len(_SHAPES)), 0x1FFFE)
_COMPILED: Final = tuple(re.compile(shape) for shape in SHAPES.values())


def number_symbol(text: str) -> str | None:
    """The symbol of a number, by the shapes that it has; None if it has none."""
    mask = 0
    for bit, one in enumerate(_COMPILED):
        if one.fullmatch(text):
            mask |= 1 << bit
    return chr(_NUMBERS + mask) if mask else None


def number_symbols(shape: str) -> list[str]:
    """The symbols of all numbers that have ``shape``, whatever others they have."""
    bit = 1 << _SHAPES.index(shape)
    return [chr(_NUMBERS + mask) for mask in range(1 << len(_SHAPES)) if mask & bit]
