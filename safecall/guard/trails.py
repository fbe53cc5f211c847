"""What the loops of a column follow: the trails of all phrases, and the programs of these.

Each phrase has a rare word, and other words near it, see `places`. Words are numbers here, and a
few passes over arrays (`tables`) test all phrases on all texts: first their trails, and where one
ends the phrase itself, but for its signs (`programs`). What remains is for the engine.
"""

from __future__ import annotations

from typing import Any, Final

from safecall.guard.alphabet import SYMBOL
from safecall.guard.plan import Plan
from safecall.guard.tables import unpacked
from safecall.guard.tokens import NO_LETTER

#: So many words lie between two texts, so that no trail leads from one to the other.
_APART: Final = 1 << 16


class Trails:
    """The trails of all phrases; made once for a plan.

    Attributes:
        arrays: what `tracking.tracked` takes, but for the batch.
        shapes: those of numbers that may make a phrase whatever is near them.
        of_numbers: the numbers of these phrases.
    """

    def __init__(self, plan: Plan) -> None:
        one, (self.shapes, self.of_numbers) = unpacked(plan.trails)
        belongs = one.first, one.members, one.may_be
        begun = one.opens, one.begun, one.sets[one.begun, 0], one.reaches[one.begun, 0]
        trails = begun, (one.sets, one.reaches), belongs
        program = one.steps, one.choices, one.branches
        phrases = one.held, one.phrases, (one.lengths, one.edges), one.programs, program
        masks = SYMBOL, NO_LETTER, _APART
        self.arrays: tuple[Any, ...] = masks, (one.pairs, (one.slots, one.groups)), trails, phrases
