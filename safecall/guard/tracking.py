"""The loops that follow trails in a whole column; where one ends, `running` tries the phrase.

What the arrays mean stands in `tables`, where they are made.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from safecall.guard.loops import compiled
from safecall.guard.running import held
from safecall.guard.slots import belongs_to, group, is_set, of_first, of_pair
from safecall.guard.tables import PAIR

_ONE: Final = np.uint64(1)
_NAME: Final = (1 << PAIR) - 1


@compiled
def tracked(text: Any, masks: Any, pairs: Any, trails: Any, phrases: Any) -> Any:
    """The rows that may hold a phrase, and that phrase; a row may be there often.

    ``text``: the batch, its words, and in which rows a label may stand anywhere. ``pairs`` is what
    `known` takes, ``trails`` what `followed` takes, ``phrases`` what `held` does.
    """
    _, words, _ = text
    keys, slots = pairs
    begun, near, belongs = trails
    symbols, at, whole = known(words, masks, keys, slots)
    met, ended = followed(symbols, at, begun, near, belongs)
    ends = whole[np.array(met)], np.array(ended)
    return held(text, masks, ends, phrases, belongs)


@compiled
def known(words: Any, masks: Any, keys: Any, slots: Any) -> Any:
    """Symbols, places and numbers of the known words, and of the known pairs before each.

    ``masks``: of a symbol, and of what holds no letter and so takes no place. ``keys`` of
    pairs, each with its symbol. ``slots``: which slots of a key there may be, and where those of
    each group stand.
    """
    _, _, rows, values = words
    most = 2 * len(values)
    symbols, at = np.empty(most, np.int32), np.empty(most, np.int64)
    numbers = np.empty(most, np.int32)
    of_symbol, no_letter, apart = masks
    there, groups = slots
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
                slot = of_pair(np.uint64(key))
                if is_set(there, slot):
                    for pair in range(groups[group(slot)], groups[group(slot) + _ONE]):
                        if keys[pair] >> PAIR == key:
                            symbols[count] = keys[pair] & _NAME
                            at[count], numbers[count] = here, word
                            count += 1
        symbols[count], at[count], numbers[count] = symbol, here, word
        count += 1
    return symbols[:count], at[:count], numbers[:count]


@compiled
def followed(symbols: Any, at: Any, begun: Any, near: Any, belongs: Any) -> Any:
    """The words from which a trail is followed to its end, and that trail.

    ``begun`` and ``belongs``: where the trails that a symbol begins stand, or the sets that it
    belongs to, and these, sorted; ``begun`` also holds the first step of each trail, so that most
    are done without a look elsewhere, and ``belongs`` says which slots of both there may be.
    ``near``: sets and reaches, a row of each for each trail, ended by -1.
    """
    words, trails = [np.int64(0) for _ in range(0)], [np.int64(0) for _ in range(0)]
    beginning, numbers, firsts, withins = begun
    first, members, may_be = belongs
    for word in range(len(symbols)):
        last, within, there = np.int32(-2), np.int32(0), False
        for number in range(beginning[symbols[word]], beginning[symbols[word] + 1]):
            wanted, reach = firsts[number], withins[number]
            if wanted != last or reach != within:  # trails with the same first step stand together
                last, within = wanted, reach
                there = wanted < 0
                step = -1 if reach < 0 else 1
                other = word + step
                while not there and 0 <= other < len(symbols):
                    if abs(at[other] - at[word]) > abs(reach):
                        break
                    symbol = symbols[other]
                    if is_set(may_be, of_first(np.uint64(symbol), np.uint64(wanted))):
                        there = belongs_to(first, members, symbol, wanted)
                    other += step
            if there and _goes_on(symbols, at, (word, numbers[number]), near, belongs):
                words.append(np.int64(word))
                trails.append(np.int64(numbers[number]))
    return words, trails


@compiled
def _goes_on(symbols: Any, at: Any, begun: Any, near: Any, belongs: Any) -> bool:
    """Whether a trail that has its first step is followed to its end; ``begun``: from which word,
    and which trail.
    """
    word, trail = begun
    sets, reaches = near
    first, members, _ = belongs
    for depth in range(1, sets.shape[1]):
        wanted, reach = sets[trail, depth], reaches[trail, depth]
        if wanted < 0:
            return True
        there = False
        step = -1 if reach < 0 else 1
        other = word + step
        while not there and 0 <= other < len(symbols):
            if abs(at[other] - at[word]) > abs(reach):
                break
            there = belongs_to(first, members, symbols[other], wanted)
            other += step
        if not there:
            return False
    return True
