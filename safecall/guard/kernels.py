"""The loops over bytes and words of a whole column; compiled to machine code by numba.

Each is plain Python over arrays: bytes as ``uint8``, places, rows and values as ``int64``. What
they mean stands where they are called from: `tokens`, `sieve`, `trails`. The compiled code is
kept beside this file, so that only the first run on a machine waits for it.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
from numba import njit

_SPACE: Final = 32
_CHUNK: Final = 8
# Numbers of 64 bits without a sign: beside others they would become floating point.
_NONE: Final = np.uint64(0)
_EIGHT: Final = np.uint64(8)
_HALF: Final = np.uint64(32)
_FULL: Final = np.uint64(64)
_STOP: Final = ord(".")
#: Two letters, each with its dot.
_FEWEST_DOTTED: Final = 4

#: How every loop is compiled.
compiled = njit(cache=True, nogil=True, boundscheck=False)
inlined = njit(cache=True, nogil=True, boundscheck=False, inline="always")


@compiled
def cut(raw: Any, plain: Any, table: Any, factors: Any, bits: Any) -> Any:  # noqa: C901 - one loop
    """Where each word begins and ends, its row and value, and the words not met before.

    ``plain`` maps a byte to what it is in a word, `_SPACE` if it parts words; rows end at zero
    bytes. An abbreviation with dots (``a.m.``) is one word, of its letters. ``table`` has one slot
    a word: its hash but for the bits that say which slot, and its value in their place. Each slot
    is read at once, whoever else writes to it. ``factors``: of each eight bytes, and of all.
    ``bits``: how many say which slot, and a value has.
    """
    most = len(raw) // 2 + 1
    starts, ends = np.empty(most, np.int64), np.empty(most, np.int64)
    rows, found = np.empty(most, np.int64), np.empty(most, np.int64)
    unmet, hashes = np.empty(most, np.int64), np.empty(most, np.uint64)
    count = unknown = row = at = 0
    chunks = len(factors) - 1
    while at < len(raw):
        letter = plain[raw[at]]
        if letter == _SPACE:
            row += raw[at] == 0
            at += 1
            continue
        start = at
        hashed = chunk = shift = _NONE
        full = 0
        while letter != _SPACE:
            chunk |= np.uint64(letter) << shift
            shift += _EIGHT
            if shift == _FULL:
                if full < chunks:
                    hashed += chunk * factors[full]
                full += 1
                chunk = shift = _NONE
            at += 1
            if at == len(raw):
                break
            letter = plain[raw[at]]
        if at - start == 1 and at < len(raw) and raw[at] == _STOP:
            at = _dotted(raw, start)
            if at > start + 1:
                full, chunk, hashed = _letters(raw, start, at, plain, factors)
        if full < chunks:
            hashed += chunk * factors[full]
        short = at - start <= _CHUNK * chunks
        if not short:  # never in the table; no two alike
            hashed = np.uint64(start)
        hashed = (hashed ^ (hashed >> _HALF)) * factors[chunks]
        slot, tag = hashed >> (_FULL - bits), hashed << bits
        starts[count], ends[count], rows[count] = start, at, row
        entry = table[slot]
        if short and (entry >> bits) << bits == tag:
            found[count] = entry - tag
        else:
            unmet[unknown], hashes[unknown] = count, hashed
            unknown += 1
        count += 1
    return (
        starts[:count], ends[:count], rows[:count], found[:count],
        unmet[:unknown], hashes[:unknown],
    )  # fmt: skip


@compiled
def _dotted(raw: Any, start: int) -> int:
    """Where the abbreviation ends that begins with this letter; behind the letter if none does."""
    at = start
    while at + 1 < len(raw) and is_letter(raw[at]) and raw[at + 1] == _STOP:
        at += 2
    if at - start < _FEWEST_DOTTED:
        return start + 1
    alone = at < len(raw) and is_letter(raw[at])
    if alone and at + 1 < len(raw):
        alone = not (is_letter(raw[at + 1]) or is_digit(raw[at + 1]))
    return at + 1 if alone else at


@compiled
def _letters(raw: Any, start: int, end: int, plain: Any, factors: Any) -> Any:
    """Of the letters of an abbreviation: how many eights are full, the rest, and their hash."""
    chunk = shift = hashed = _NONE
    full = 0
    for at in range(start, end, 2):
        chunk |= np.uint64(plain[raw[at]]) << shift
        shift += _EIGHT
        if shift == _FULL:
            if full < len(factors) - 1:
                hashed += chunk * factors[full]
            full += 1
            chunk = shift = _NONE
    return full, chunk, hashed


@inlined
def is_letter(byte: Any) -> bool:
    """Whether a byte is a letter of ASCII."""
    return bool(65 <= byte <= 90 or 97 <= byte <= 122)


@inlined
def is_digit(byte: Any) -> bool:
    """Whether a byte is a digit of ASCII."""
    return bool(48 <= byte <= 57)


@compiled
def numbered(words: Any, has_digit: int, begins: int, fewest: int) -> Any:
    """The rows in which digits enough follow what a number may begin with."""
    starts, ends, rows, values = words
    out = [np.int64(0) for _ in range(0)]
    length = 1  # a single letter before the digits is a part of the number too
    met = False
    for word in range(len(starts)):
        digits = values[word] & has_digit != 0
        if digits:
            length += ends[word] - starts[word]
        last = word + 1 == len(starts) or rows[word + 1] != rows[word]
        if values[word] & begins:
            met |= digits or (not last and values[word + 1] & has_digit != 0)
        if last:
            if met and length >= fewest:
                out.append(rows[word])
            length, met = 1, False
    return out
