"""The loops over bytes and words of a whole column; compiled to machine code by numba.

Each is plain Python over arrays: bytes as ``uint8``, places, rows and values as ``int64``. What
they mean stands where they are called from: `tokens`, `trails`, `signs`. The compiled code is
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
_HYPHEN: Final = ord("-")
_STOP: Final = ord(".")
_APOSTROPHE: Final = ord("'")

_compiled = njit(cache=True, nogil=True, boundscheck=False)


@_compiled
def cut(raw: Any, plain: Any, table: Any, factors: Any, bits: Any) -> Any:  # noqa: C901 - one loop
    """Where each word begins and ends, its row and value, and the words not met before.

    ``plain`` maps a byte to what it is in a word, `_SPACE` if it parts words; rows end at zero
    bytes. ``table`` has one slot a word: its hash but for the bits that say which slot, and its
    value in their place. Each slot is read at once, whoever else writes to it. ``factors``: of
    each eight bytes, and of all. ``bits``: how many say which slot, and a value has.
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


@_compiled
def known(words: Any, masks: Any, pairs: Any, slots: Any, spread: Any) -> Any:
    """Symbols, places and rows of the known words, and of the known pairs before each.

    ``masks``: of a symbol, and of what holds no letter and so takes no place. ``pairs``: sorted
    keys, and the symbol of each. ``slots``: which hashes of a key there may be.
    """
    _, _, rows, values = words
    most = 2 * len(values)
    symbols, at = np.empty(most, np.int64), np.empty(most, np.int64)
    texts = np.empty(most, np.int64)
    of_symbol, no_letter, apart = masks
    keys, names = pairs
    count = 0
    place = 0
    for word in range(len(values)):
        place += (values[word] & no_letter) == 0
        symbol = values[word] & of_symbol
        if symbol == 0:
            continue
        here = place + rows[word] * apart
        if word + 1 < len(values) and rows[word + 1] == rows[word]:
            other = values[word + 1] & of_symbol
            if other:
                key = symbol << 16 | other
                if slots[(np.uint64(key) * spread[0]) >> spread[1]]:
                    found = np.searchsorted(keys, key)
                    if found < len(keys) and keys[found] == key:
                        symbols[count], at[count], texts[count] = names[found], here, rows[word]
                        count += 1
        symbols[count], at[count], texts[count] = symbol, here, rows[word]
        count += 1
    return symbols[:count], at[:count], texts[:count]


@_compiled
def followed(symbols: Any, at: Any, begun: Any, near: Any, belongs: Any) -> Any:
    """The words from which a trail is followed to its end, and that trail.

    ``begun`` and ``belongs``: where the trails that a symbol begins stand, or the sets that it
    belongs to, and these, sorted. ``near``: sets and reaches, a column of each for each
    trail, ended by -1.
    """
    words, trails = [np.int64(0) for _ in range(0)], [np.int64(0) for _ in range(0)]
    beginning, numbers = begun
    sets, reaches = near
    for word in range(len(symbols)):
        for number in range(beginning[symbols[word]], beginning[symbols[word] + 1]):
            trail = numbers[number]
            there = True
            for depth in range(len(sets)):
                wanted = sets[depth, trail]
                if wanted < 0:
                    break
                there = _near((symbols, at), word, wanted, reaches[depth, trail], belongs)
                if not there:
                    break
            if there:
                words.append(np.int64(word))
                trails.append(np.int64(trail))
    return words, trails


@_compiled
def _near(words: Any, word: int, wanted: int, reach: int, belongs: Any) -> bool:
    """Whether a word of the wanted set is within reach of a word."""
    symbols, at = words
    step = -1 if reach < 0 else 1
    other = word + step
    while 0 <= other < len(symbols) and abs(at[other] - at[word]) <= abs(reach):
        if _belongs(belongs, symbols[other], wanted):
            return True
        other += step
    return False


@_compiled
def _belongs(belongs: Any, symbol: int, wanted: int) -> bool:
    beginning, numbers = belongs
    low, end = beginning[symbol], beginning[symbol + 1]
    high = end
    while low < high:
        middle = (low + high) >> 1
        if numbers[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    return bool(low < end and numbers[low] == wanted)


@_compiled
def signed(raw: Any, wanted: Any, tails: Any) -> Any:
    """The rows, ended by zero bytes, that hold a byte which ``wanted`` (of 256) marks.

    Or an apostrophe beside another, or after a byte of ``tails``: 1 if it must begin a word there,
    2 if it need not.
    """
    out = [np.int64(0) for _ in range(0)]
    row = np.int64(0)
    for at in range(len(raw)):
        byte = raw[at]
        if byte == 0:
            row += 1
            continue
        odd = wanted[byte]
        if byte == _APOSTROPHE and at:
            tail = tails[raw[at - 1]]
            odd = tail == 2 or raw[at - 1] == _APOSTROPHE
            odd = odd or (tail == 1 and (at == 1 or not _is_letter(raw[at - 2])))
        if odd and (not out or out[-1] != row):
            out.append(row)
    return out


@_compiled
def _is_letter(byte: int) -> bool:
    return 65 <= byte <= 90 or 97 <= byte <= 122


@_compiled
def parted(raw: Any, words: Any, has_digit: int, signs: Any, least: Any) -> Any:
    """The words that go on after a sign: a hyphen, or ``signs`` (of 256) on both sides.

    ``words``: starts, ends, rows, values. ``least``: letters in both parts, at least, and signs
    between them, at most.
    """
    starts, ends, rows, values = words
    fewest, widest = least
    out = [np.int64(0) for _ in range(0)]
    for word in range(len(starts) - 1):
        gap = starts[word + 1] - ends[word]
        first, last = raw[ends[word]], raw[starts[word + 1] - 1]
        goes_on = first == _HYPHEN or (gap <= widest and signs[first] and signs[last])
        if not goes_on or rows[word] != rows[word + 1]:
            continue
        letters = (values[word] | values[word + 1]) & has_digit == 0
        if letters and ends[word + 1] - starts[word] - gap >= fewest:
            out.append(np.int64(word))
    return out


@_compiled
def spelled(raw: Any, words: Any, no_letter: int) -> Any:
    """The rows in which letters stand one by one: three in a row, or two with a dot between."""
    starts, ends, rows, values = words
    out = [np.int64(0) for _ in range(0)]
    run = 0
    for word in range(len(starts)):
        if word and rows[word] != rows[word - 1]:
            run = 0
        single = ends[word] - starts[word] == 1 and values[word] & no_letter == 0
        run = run + 1 if single else 0
        dotted = run > 1 and starts[word] - ends[word - 1] == 1 and raw[ends[word - 1]] == _STOP
        if (run > 2 or dotted) and (not out or out[-1] != rows[word]):
            out.append(rows[word])
    return out


@_compiled
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
