"""The loops that run the programs of phrases (`programs`) where the trail of a phrase ends.

What the arrays mean stands in `tables`, where they are made.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from safecall.guard.loops import compiled, inlined
from safecall.guard.programs import ANY, BEGINS, CHOICE, END, ENDS, STEP_BITS, WORD
from safecall.guard.signs import parts
from safecall.guard.slots import belongs_to

# Numbers of 64 bits without a sign: beside others they would become floating point.
_NONE: Final = np.uint64(0)
_ONE: Final = np.uint64(1)
#: A program sees no more places; where a match may need more, the text remains.
_PLACES: Final = 64
#: Alternatives lie within one another at most so deep; deeper ones are not tried.
_DEEPEST: Final = 32
_STEP: Final = (1 << STEP_BITS) - 1


@compiled
def held(text: Any, masks: Any, ends: Any, phrases: Any, belongs: Any) -> Any:
    """The rows that may hold a phrase whose trail ends there, and that phrase.

    ``ends``: words, and the trail that each ends. ``phrases``: where those of a trail stand, and
    their numbers; the most words of each, and whether signs stand at its edges; where its program
    begins, and the steps, choices and branches of all (`programs`).
    """
    _, words, quoted = text
    _, _, rows, _ = words
    out, whose = [np.int64(0) for _ in range(0)], [np.int64(0) for _ in range(0)]
    first, numbers, (lengths, edges), begun, program = phrases
    for one in range(len(ends[0])):
        word, trail = ends[0][one], ends[1][one]
        for number in range(first[trail], first[trail + 1]):
            phrase = numbers[number]
            low, high = _window(words, masks, word, lengths[phrase])
            may_be = high - low > _PLACES - 2
            if not may_be:
                every = (_ONE << np.uint64(high - low + 1)) - _ONE
                # A match has the word of its trail.
                before = (_ONE << np.uint64(word - low + 1)) - _ONE
                begins, stops = before, every & ~before
                if edges[phrase] and not quoted[rows[word]]:
                    signs = _beside_signs(text, low, high, masks)
                    begins &= signs if edges[phrase] & BEGINS else every
                    stops &= signs if edges[phrase] & ENDS else every
                places = low, high, masks, every, (begins, stops)
                may_be = _runs(program, begun[phrase], words, places, belongs)
            if may_be:
                out.append(rows[word])
                whose.append(np.int64(phrase))
    return out, whose


@inlined
def _window(words: Any, masks: Any, word: int, length: int) -> Any:
    """The words of the same row among which a match of so many words has this one."""
    _, _, rows, values = words
    low, high = word, word + 1
    left = right = length
    while low > 0 and rows[low - 1] == rows[word] and left and word - low < _PLACES:
        low -= 1
        left -= (values[low] & masks[1]) == 0
    while high < len(rows) and rows[high] == rows[word] and right and high - word < _PLACES:
        right -= (values[high] & masks[1]) == 0
        high += 1
    return low, high


@compiled
def _beside_signs(text: Any, low: int, high: int, masks: Any) -> Any:
    """The places among these words at which a sign may stand, a row begins or ends, or a word may
    be skipped.
    """
    raw, (starts, ends, rows, values), _ = text
    out = _NONE
    for at in range(low, high + 1):
        edge = at == 0 or at == len(rows) or rows[at] != rows[at - 1]
        if not edge:
            edge = (values[at - 1] | values[at]) & masks[1] != 0
            for byte in raw[ends[at - 1] : starts[at]]:
                edge |= not parts(byte)
        if edge:
            out |= _ONE << np.uint64(at - low)
    return out


@compiled
def _runs(program: Any, start: int, words: Any, window: Any, belongs: Any) -> bool:  # noqa: C901, PLR0912 - one loop
    """Whether a program comes to its end among these words.

    ``window``: from and up to which word; masks; every place there, and those at which a match may
    begin and end.
    """
    steps, choices, branches = program
    first, members, _ = belongs
    low, high, masks, every, (begins, stops) = window
    values = words[3]
    skipped = _NONE
    for at in range(low, high):
        if values[at] & masks[1]:
            skipped |= _ONE << np.uint64(at - low)
    entered, left = np.empty(_DEEPEST, np.uint64), np.empty(_DEEPEST, np.uint64)
    back, following = np.empty(_DEEPEST, np.int64), np.empty(_DEEPEST, np.int64)
    last = np.empty(_DEEPEST, np.int64)
    depth = 0
    here, at = begins, start
    while True:
        does, operand = steps[at] & _STEP, steps[at] >> STEP_BITS
        at += 1
        if does == END or here == _NONE:
            if depth == 0:
                return bool(here & stops != _NONE)
            left[depth - 1] |= here
            if following[depth - 1] < last[depth - 1]:
                here, at = entered[depth - 1], branches[following[depth - 1]]
                following[depth - 1] += 1
            else:
                depth -= 1
                here, at = left[depth], back[depth]
            continue
        if does == CHOICE:
            if depth == _DEEPEST:
                return True
            entered[depth], back[depth] = here, at
            left[depth] = here if choices[2 * operand + 1] else _NONE
            following[depth], last[depth] = choices[2 * operand] + 1, choices[2 * operand + 2]
            at = branches[choices[2 * operand]]
            depth += 1
            continue
        here = _past(here, skipped)
        if does == WORD:
            here = _among(here, values, window, (operand, first, members)) << _ONE
        elif does == ANY:
            here = (here << _ONE) & every
        else:
            for _ in range(operand):
                here |= (_past(here, skipped) << _ONE) & every


@inlined
def _past(here: Any, skipped: Any) -> Any:
    """These places, and those behind the words that may be skipped."""
    more = (here & skipped) << _ONE
    while more & ~here:
        here |= more
        more = (here & skipped) << _ONE
    return here


@compiled
def _among(here: Any, values: Any, window: Any, wanted: Any) -> Any:
    """Those places at which a word of the wanted set stands."""
    number, first, members = wanted
    low, high, masks, _, _ = window
    out = _NONE
    for at in range(low, high):
        bit = _ONE << np.uint64(at - low)
        if here & bit:
            symbol = values[at] & masks[0]
            if symbol and belongs_to(first, members, symbol, number):
                out |= bit
    return out
