"""Signs in a column that may do more than part words: the loops that find them.

What a sign may be stands in `straighten` and `notes`; `sieve` looks at the texts that are found
here.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from safecall.guard.kernels import is_digit, is_letter
from safecall.guard.loops import compiled, inlined
from safecall.guard.straighten import PARTING_SIGNS

_SPACE: Final = ord(" ")
_TAB: Final = ord("\t")
_LINE: Final = ord("\n")
_LOW: Final = ord("_")
_STOP: Final = ord(".")
_HYPHEN: Final = ord("-")
_APOSTROPHE: Final = ord("'")
_AMPERSAND: Final = ord("&")
_HASH: Final = ord("#")
_BRACKET: Final = ord("[")
_CLOSING: Final = ord(")")
_AT: Final = ord("@")
_DOLLAR: Final = ord("$")
_COLON: Final = ord(":")
_SEMICOLON: Final = ord(";")
_S: Final = ord("s")
_S_CAPITAL: Final = ord("S")
_EQUAL: Final = ord("=")
_ASK: Final = ord("?")
_FIRST_OF_MARKER: Final = ord("r")
_NO_BYTE: Final = np.uint8(0)
_PARTING: Final = tuple(PARTING_SIGNS.encode())
#: What may stand within a number; how many digits one has at least, within how many letters, digits
#: and signs at the end of it.
_IN_NUMBER: Final = tuple(b" \t\n\r\v\f-.#:")
_DIGITS: Final = 4
_NUMBER: Final = 12
#: So many bits has the outline of a word.
OUTLINES: Final = 20


@compiled
def marks(signs: Any, joints: Any, words: Any, masks: Any) -> Any:
    """The rows of odd signs and of quotes, the words that a sign may part, and the rows of letters
    one by one.

    All in one call, since each return from one waits for the interpreter's lock. ``signs`` is what
    `signed` takes; ``joints``: the batch, what may part words, and which (`parted`); ``masks``: of
    words with digits, and without letters.
    """
    raw, wanted, tails = signs
    letters, parting, whole = joints
    has_digit, no_letter = masks
    return (
        *signed(raw, wanted, tails),
        parted(letters, words, has_digit, parting, whole),
        spelled(words, no_letter),
    )


@compiled
def signed(raw: Any, wanted: Any, tails: Any) -> Any:  # noqa: C901 - one loop
    """The rows, ended by zero bytes, with a sign that may do more than part words; those with an
    apostrophe that may be a quote.

    Such a sign is what may begin an entity (``&e;``) or a marker (``[r``) or end a note (``):``), a
    line to fill in (``___``), one that may stand for a letter beside a letter or digit (``@``,
    ``$``), an apostrophe beside another, near a full stop (it may be in an abbreviation), between a
    number and a letter, before letters that a sign may part from others, and after two bytes of
    ``tails`` (the first times 256) but before ``s`` alone. ``wanted`` marks these bytes and zero.
    """
    out, quoted = [np.int64(0) for _ in range(0)], [np.int64(0) for _ in range(0)]
    row = np.int64(0)
    last = len(raw) - 1
    for at in range(len(raw)):
        byte = raw[at]
        if not wanted[byte]:
            continue
        if byte == 0:
            row += 1
            continue
        before, after = raw[at - 1] if at else _NO_BYTE, raw[at + 1] if at < last else _NO_BYTE
        odd = False
        if byte == _AMPERSAND:
            odd = _is_entity(raw, at + 1)
        elif byte == _BRACKET:
            odd = after == _FIRST_OF_MARKER
        elif byte == _CLOSING:
            odd = _ends_note(raw, at + 1)
        elif byte == _LOW:
            odd = before == _LOW and after == _LOW
        elif byte in (_AT, _DOLLAR):
            odd = is_letter(before) or is_digit(before) or is_letter(after)
            odd = odd or _goes_on(raw, at + 1)
        elif byte == _APOSTROPHE and at:
            first = np.int64(raw[at - 2]) if at > 1 else 0
            odd = tails[first << 8 | before] and not _is_s(raw, at + 1)
            odd = odd or before == _APOSTROPHE
            odd = odd or _STOP in (before, after) or (at + 1 < last and raw[at + 2] == _STOP)
            odd = (
                odd or (is_letter(after) and _ends_number(raw, at)) or _goes_on_parted(raw, at + 1)
            )
            if parts(before) or parts(after):
                quoted.append(row)
        if odd and (not out or out[-1] != row):
            out.append(row)
    return out, quoted


@inlined
def parts(byte: Any) -> bool:
    """Whether a byte parts words and is no sign."""
    return byte in (_SPACE, _TAB, _LOW)


@compiled
def _is_entity(raw: Any, at: int) -> bool:
    """Whether the name or the number of an entity may stand here, with its semicolon."""
    if at < len(raw) and raw[at] == _HASH:
        at += 1
    while at < len(raw) and (is_letter(raw[at]) or is_digit(raw[at])):
        at += 1
    return at < len(raw) and bool(raw[at] == _SEMICOLON)


@compiled
def _ends_number(raw: Any, end: int) -> bool:
    """Whether a number of the immigration system may end here, with a letter and up to two digits
    behind its last run of digits.
    """
    digits = 0
    for at in range(end - 1, max(-1, end - 1 - _NUMBER), -1):
        digits += is_digit(raw[at])
        if digits == _DIGITS:
            return True
        if not digits and at < end - 2:
            return False
        if not (is_digit(raw[at]) or is_letter(raw[at]) or raw[at] in _IN_NUMBER):
            return False
    return False


@compiled
def _is_s(raw: Any, at: int) -> bool:
    """Whether the ``s`` of a possessive stands here."""
    if at == len(raw) or (raw[at] != _S and raw[at] != _S_CAPITAL):
        return False
    return at + 1 == len(raw) or not (is_letter(raw[at + 1]) or is_digit(raw[at + 1]))


@compiled
def _ends_note(raw: Any, at: int) -> bool:
    """Whether a bracket before this place may end a note of a label."""
    while at < len(raw) and (raw[at] == _SPACE or raw[at] == _TAB):
        at += 1
    if at == len(raw) or raw[at] == 0 or raw[at] == _LINE:
        return True
    dots = raw[at] == _STOP and at + 1 < len(raw) and raw[at + 1] == _STOP
    return bool(
        dots or raw[at] == _COLON or raw[at] == _EQUAL or raw[at] == _LOW or raw[at] == _ASK
    )


@compiled
def _goes_on(raw: Any, at: int) -> bool:
    """Whether a letter follows the digits that stand here."""
    start = at
    while at < len(raw) and is_digit(raw[at]):
        at += 1
    return start < at < len(raw) and is_letter(raw[at])


@compiled
def _goes_on_parted(raw: Any, at: int) -> bool:
    """Whether a sign that may part a word follows the letters that stand here, and more after."""
    start = at
    while at < len(raw) and is_letter(raw[at]):
        at += 1
    if at == start or at + 1 >= len(raw):
        return False
    if raw[at] == _HYPHEN:
        return True
    return raw[at] in _PARTING and (is_letter(raw[at + 1]) or raw[at + 1] in _PARTING)


@compiled
def parted(raw: Any, words: Any, has_digit: int, parting: Any, whole: Any) -> Any:
    """The words that go on after a sign: a hyphen, or others on both sides of what is between.

    ``words``: starts, ends, rows, values. ``parting``: these signs (of 256), letters in both parts,
    at least, and signs between them, at most. ``whole``: which words both parts may be together,
    see `outline`.
    """
    starts, ends, rows, values = words
    signs, fewest, widest = parting
    out = [np.int64(0) for _ in range(0)]
    for word in range(len(starts) - 1):
        gap = starts[word + 1] - ends[word]
        first, last = raw[ends[word]], raw[starts[word + 1] - 1]
        goes_on = first == _HYPHEN or (gap <= widest and signs[first] and signs[last])
        if not goes_on or rows[word] != rows[word + 1]:
            continue
        letters = (values[word] | values[word + 1]) & has_digit == 0
        length = ends[word + 1] - starts[word] - gap
        if not letters or length < fewest:
            continue
        first, last = starts[word], ends[word + 1] - 1
        apart = min(ends[word] - first, ends[word + 1] - starts[word + 1]) > 1
        if apart and raw[first + 1] != _STOP and raw[last] != _STOP and raw[last - 1] != _STOP:
            seen = outline(length, raw[first], raw[first + 1], raw[last - 1], raw[last])
            if not whole[seen]:
                continue
        out.append(np.int64(word))
    return out


@inlined
def outline(length: Any, first: Any, second: Any, last_but_one: Any, last: Any) -> Any:
    """A number of 20 bits for the outline of a word: its length, its first and its last letters."""
    # The last five bits of a letter are those of its small form too.
    letters = (first & 31) << 15 | (second & 31) << 10 | (last_but_one & 31) << 5 | (last & 31)
    return (letters ^ length * 0x9E377) & ((1 << OUTLINES) - 1)


@compiled
def spelled(words: Any, no_letter: int) -> Any:
    """The rows in which letters stand one by one, three in a row; a row may be there often."""
    starts, ends, rows, values = words
    out = [np.int64(0) for _ in range(0)]
    run = 0
    for word in range(len(starts)):
        if word and rows[word] != rows[word - 1]:
            run = 0
        single = ends[word] - starts[word] == 1 and values[word] & no_letter == 0
        run = run + 1 if single else 0
        if run == 3:
            out.append(rows[word])
    return out
