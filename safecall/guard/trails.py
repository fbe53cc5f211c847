"""Which texts of a batch follow the trail of a phrase and may hold it.

Each phrase has a rare word, and other words near it, see `places`. Words are numbers here, and a
few passes over arrays (`tables`) test all phrases on all texts: first their trails, and where one
ends the phrase itself, but for its signs (`programs`). What remains is for the engine.
"""

from __future__ import annotations

from collections import defaultdict
from typing import Final

import numpy as np
from numpy.typing import NDArray

from safecall.guard.alphabet import SYMBOL
from safecall.guard.numerals import FEWEST
from safecall.guard.plan import Plan
from safecall.guard.tables import OF_MEMBERS, OF_PAIRS, unpacked
from safecall.guard.tokens import HAS_DIGIT, NO_LETTER, START, Words
from safecall.guard.tracking import tracked

#: So many words lie between two texts, so that no trail leads from one to the other.
_APART: Final = 1 << 16
_MASKS: Final = (SYMBOL, NO_LETTER, _APART)


class Trails:
    """The trails of all phrases; made once for a plan.

    ``shapes`` are those of numbers that may make a phrase whatever is near them, ``of_numbers``
    the numbers of these phrases.
    """

    def __init__(self, plan: Plan) -> None:
        one, (self.shapes, self.of_numbers) = unpacked(plan.trails)
        self._pairs = (one.pairs, one.names), one.slots, OF_PAIRS
        belongs = one.first, one.members, one.may_be, OF_MEMBERS
        begun = one.opens, one.begun, one.sets[one.begun, 0], one.reaches[one.begun, 0]
        self._trails = begun, (one.sets, one.reaches), belongs
        program = one.steps, one.choices, one.branches
        phrases = one.held, one.phrases, (one.lengths, one.edges), one.programs, program
        self._sought = phrases, (HAS_DIGIT, START, FEWEST)

    def followed(
        self, words: Words, quoted: NDArray[np.bool_]
    ) -> tuple[defaultdict[int, set[int]], list[int]]:
        """The texts that may hold a phrase with the numbers of these; those in which digits
        enough follow what a number may begin with.

        ``quoted``: of each text, whether a label may stand anywhere in it.
        """
        text = words.letters, words.columns, quoted
        rows, phrases, numbered = tracked(text, _MASKS, self._pairs, self._trails, self._sought)
        out = defaultdict[int, set[int]](set)
        for row, phrase in zip(rows, phrases, strict=True):
            out[int(row)].add(phrase)
        return out, numbered
