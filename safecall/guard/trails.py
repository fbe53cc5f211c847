"""Which texts of a batch follow the trail of a phrase and may hold it.

Each phrase has a rare word, and other words near it, see `places`. Words are numbers here, and a
few passes over arrays (`tables`) test all phrases on all texts: first their trails, and where one
ends the phrase itself, but for its signs (`programs`). What remains is for the engine.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import numpy as np

from safecall.guard.plan import Plan
from safecall.guard.tables import OF_MEMBERS, OF_PAIRS, unpacked
from safecall.guard.tokens import NO_LETTER, SYMBOL, Words
from safecall.guard.tracking import followed, held, known

#: So many words lie between two texts, so that no trail leads from one to the other.
_APART: Final = 1 << 16
_MASKS: Final = (SYMBOL, NO_LETTER, _APART)


class Trails:
    """The trails of all phrases; made once for a plan.

    ``shapes`` are those of numbers that may make a phrase whatever is near them.
    """

    def __init__(self, plan: Plan) -> None:
        one, self.shapes = unpacked(plan.trails)
        self._pairs = one.pairs, one.names
        self._slots = one.slots
        self._belongs = one.first, one.members, one.may_be, OF_MEMBERS
        self._begun = one.opens, one.begun
        self._near = one.sets, one.reaches
        program = one.steps, one.choices, one.branches
        self._phrases = one.held, one.phrases, one.lengths, one.programs, program

    def followed(self, words: Words) -> dict[int, set[int]]:
        """The texts that may hold a phrase, and the numbers of these."""
        symbols, at, numbers = known(words.columns, _MASKS, self._pairs, self._slots, OF_PAIRS)
        met, trails = followed(symbols, at, self._begun, self._near, self._belongs)
        ends = numbers[np.array(met, np.int64)], np.array(trails, np.int64)
        rows, phrases = held(words.columns, _MASKS, ends, self._phrases, self._belongs)
        out: dict[int, set[int]] = defaultdict(set)
        for row, phrase in zip(rows, phrases, strict=True):
            out[int(row)].add(phrase)
        return out
