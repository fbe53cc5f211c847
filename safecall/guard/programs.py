"""A phrase as a small program over the places of a text, for `tracking.held` to run.

A program maps the places that a match has come to (bits of one number) to those that it can come
to next; what is left at its end are the ends of matches. Each sequence of units is written once,
however many phrases hold it, and alternatives call theirs.

Programs say yes to every match of the phrase and to little else: signs between words do not
count, and any number is one word.
"""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from typing import Final

from safecall.guard.grammar import (
    GAP_WORDS,
    Alternatives,
    Atom,
    Gap,
    Leaf,
    Marked,
    Sign,
    Unit,
    Units,
)

#: What a step does: the sequence ends; one word of the set with this number; one word; up to so
#: many words; one of the alternatives with this number.
END, WORD, ANY, UP_TO, CHOICE = range(5)
#: A step is its operand, shifted by so many bits, and what it does.
STEP_BITS: Final = 3
#: Every match of a phrase begins, or ends, with a sign or beside one, as that of a label does.
BEGINS: Final = 1
ENDS: Final = 2

#: Steps; where the sequences of each alternatives are listed, and whether they may be passed over
#: (a pair each, the last a place to end at); where these sequences begin; where each phrase does.
ProgramData = tuple[bytes, bytes, bytes, bytes]


def program_data(phrases: Iterable[Units], set_of: Callable[[frozenset[Atom]], int]) -> ProgramData:
    """The programs of phrases, in order, as arrays of 32 bits; ``set_of`` numbers sets of words."""
    writer = _Writer(set_of)
    begun = array("i", map(writer.sequence, phrases))
    choices = array("i", writer.choices)
    choices.extend((len(writer.branches), 0))
    return (
        array("i", writer.steps).tobytes(),
        choices.tobytes(),
        array("i", writer.branches).tobytes(),
        begun.tobytes(),
    )


class _Writer:
    def __init__(self, set_of: Callable[[frozenset[Atom]], int]) -> None:
        self._set_of = set_of
        self.steps: list[int] = []
        self.choices: list[int] = []
        self.branches: list[int] = []
        self._sequences: dict[tuple[int, ...], int] = {}
        self._choices: dict[tuple[tuple[int, ...], bool], int] = {}

    def sequence(self, units: Units) -> int:
        """Where the steps of these units begin; they are written if they are not there."""
        steps = (*self._steps(units), END)
        if steps not in self._sequences:
            self._sequences[steps] = len(self.steps)
            self.steps += steps
        return self._sequences[steps]

    def _steps(self, units: Units) -> list[int]:
        out: list[int] = []
        for unit in units:
            if isinstance(unit, Marked):
                out += self._steps(unit.inside)
            elif not isinstance(unit, Sign):
                does, operand = self._step(unit)
                out.append(operand << STEP_BITS | does)
        return out

    def _step(self, unit: Unit) -> tuple[int, int]:
        if isinstance(unit, Leaf):
            return WORD, self._set_of(unit.atoms)
        if isinstance(unit, Alternatives):
            return CHOICE, self._choice(unit)
        return (UP_TO, GAP_WORDS) if isinstance(unit, Gap) else (ANY, 0)

    def _choice(self, unit: Alternatives) -> int:
        key = tuple(dict.fromkeys(map(self.sequence, unit.branches))), unit.optional
        if key not in self._choices:
            self._choices[key] = len(self._choices)
            self.choices += (len(self.branches), int(unit.optional))
            self.branches += key[0]
        return self._choices[key]
