"""The choice of stems: the units that every match of a phrase must hold one of.

Chosen here by cost, never by authors: a rare word, or a set of rare words, that the phrase
cannot do without.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from safecall.guard.frequent import cost, cost_of_beginning
from safecall.guard.grammar import (
    Alternatives,
    Atom,
    Leaf,
    Marked,
    Number,
    Unit,
    Units,
    longest,
)

#: A set of words, or the name of a shape of numbers.
Stem = frozenset[Atom] | str
_NUMBER_COST = 15.0


@dataclass(frozen=True, slots=True)
class _Choice:
    price: float
    stems: dict[Stem, int]


def choose(units: Units) -> dict[Stem, int]:
    """The cheapest stems of ``units``, each with how many units before it a match may begin."""
    best = _best(units)
    if best is None:
        raise ValueError("a phrase with nothing but gaps, signs and what is optional")
    return best.stems


@lru_cache(maxsize=16384)
def _best(units: Units) -> _Choice | None:
    best: _Choice | None = None
    before = 0
    for unit in units:
        found = _stems(unit)
        # A window that opens before the stem costs a search; a match at the stem does not.
        factor = 1.3 if before else 1.0
        if found is not None and (best is None or found.price * factor < best.price):
            stems = {stem: before + inner for stem, inner in found.stems.items()}
            best = _Choice(found.price * factor, stems)
        before += longest((unit,))
    return best


def _stems(unit: Unit) -> _Choice | None:
    if isinstance(unit, Leaf):
        return _Choice(_price(unit.atoms), {unit.atoms: 0})
    if isinstance(unit, Number):
        return _Choice(_NUMBER_COST, {unit.shape: 0})
    if isinstance(unit, Marked):
        return _best(unit.inside)
    if not isinstance(unit, Alternatives) or unit.optional:
        return None
    price = 0.0
    union: dict[Stem, int] = {}
    for branch in unit.branches:
        found = _best(branch)
        if found is None:
            return None
        price += found.price
        for stem, inner in found.stems.items():
            union[stem] = max(inner, union.get(stem, 0))
    return _Choice(price, union)


@lru_cache(maxsize=8192)
def _price(atoms: frozenset[Atom]) -> float:
    return sum(cost_of_beginning(text) if prefix else cost(text) for text, prefix in atoms)
