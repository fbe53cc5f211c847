"""The loops (`loops`) that cut a whole column into words, and look at the flags of these."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from safecall.guard.loops import compiled, inlined

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
def flagged(words: Any, digit: int, begins: int, fewest: int, others: Any) -> Any:  # noqa: C901 - one loop
    """The rows in which digits enough follow what a number may begin with; those with a word of
    two other flags.

    ``digit``, ``begins`` and ``others`` are flags of values; most words have none of them.
    """
    starts, ends, rows, values = words
    one, other = others
    numbers, ones = [np.int64(0) for _ in range(0)], [np.int64(0) for _ in range(0)]
    more = [np.int64(0) for _ in range(0)]
    any_of = digit | begins | one | other
    row, length, met = np.int64(-1), np.int64(0), False
    for word in range(len(values)):
        value = values[word]
        if value & any_of == 0:
            continue
        if rows[word] != row:
            if met and length >= fewest:
                numbers.append(row)
            # A single letter before the digits is a part of the number too.
            row, length, met = rows[word], np.int64(1), False
        if value & digit:
            length += ends[word] - starts[word]
        if value & begins:
            met |= value & digit != 0 or _digits_follow(words, word, digit)
        if value & one and (not ones or ones[-1] != row):
            ones.append(row)
        if value & other and (not more or more[-1] != row):
            more.append(row)
    if met and length >= fewest:
        numbers.append(row)
    return numbers, ones, more


@inlined
def _digits_follow(words: Any, word: int, digit: int) -> Any:
    """Whether the next word of the row has digits."""
    _, _, rows, values = words
    after = word + 1
    return after < len(rows) and rows[after] == rows[word] and values[after] & digit != 0
