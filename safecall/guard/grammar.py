"""Phrases in their final form: built of words, signs, numbers and gaps, one unit each.

What authors write (`phrases`) is made plain here: apostrophes go, a word with a hyphen becomes
its two spellings, and alternatives that are single words become one set of words, however long
the list. So a list of three hundred countries costs a pattern no more than one word does.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from safecall.guard import phrases
from safecall.guard.alphabet import SIGNS
from safecall.guard.phrases import pieces

#: A word of folded text and whether it is only the beginning of one.
Atom = tuple[str, bool]


@dataclass(frozen=True, slots=True, eq=False)
class Leaf:
    """One word, out of a set."""

    atoms: frozenset[Atom]


@dataclass(frozen=True, slots=True)
class AnyWord:
    """One word, whichever."""


@dataclass(frozen=True, slots=True)
class Sign:
    """A sign such as ``#``."""

    char: str


@dataclass(frozen=True, slots=True)
class Number:
    """A number of a shape, see `shapes`."""

    shape: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Up to four words of the same sentence."""


@dataclass(frozen=True, slots=True, eq=False)
class Alternatives:
    """One of several sequences, or none if ``optional``."""

    branches: tuple[Units, ...]
    optional: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Marked:
    """The part that is removed."""

    inside: Units


Unit = Leaf | AnyWord | Sign | Number | Gap | Alternatives | Marked
Units = tuple[Unit, ...]

#: What may stand between the parts of a word; one of each, so that words are seen to be alike.
_HYPHEN = Alternatives(((Sign("("),),), optional=True)
_AMPERSAND = Alternatives(((Sign("&"),),), optional=True)

#: The most signs that may stand between two words of a gap.
GAP_SIGNS = 3
GAP_WORDS = 4
#: The most words and signs that a context reaches.
REACH = 10


def plain(sequence: phrases.Sequence) -> Units:
    """The final form of a phrase."""
    out: list[Unit] = []
    for node in sequence.nodes:
        if isinstance(node, phrases.Word) and node.glued:
            out[-1] = _with_ending(out[-1], node)
        elif (unit := _unit(node)) is not None:
            out.append(unit)
    return tuple(out)


def _unit(node: phrases.Node) -> Unit | None:
    if isinstance(node, phrases.Word):
        return _word(node)
    if isinstance(node, phrases.Choice):
        return _choice(node)
    if isinstance(node, phrases.Shape):
        return AnyWord() if node.name == "word" else Number(node.name)
    if isinstance(node, phrases.Gap):
        return Gap()
    return Marked(plain(node.inside))


def _word(word: phrases.Word) -> Unit | None:
    if word.text == "/":  # parts words as a space does
        return None
    if word.text in SIGNS:
        return Sign(word.text)
    parts = pieces(word.text.replace("'", ""))
    last = len(parts) - 1
    singles = [_leaf(part, word.prefix and at == last) for at, part in enumerate(parts)]
    if last == 0:
        return singles[0]
    apart: list[Unit] = []
    for leaf in singles:
        apart += (leaf, _AMPERSAND if "&" in word.text else _HYPHEN)
    joined = _leaf("".join(parts), word.prefix)
    return Alternatives((tuple(apart[:-1]), (joined,)))


def _leaf(word: str, prefix: bool) -> Leaf:
    return Leaf(frozenset({(word, prefix)}))


@lru_cache(maxsize=8192)
def _choice(choice: phrases.Choice) -> Unit | None:
    atoms: set[Atom] = set()
    longer: list[Units] = []
    optional = choice.optional
    for branch in map(plain, choice.branches):
        optional = optional or not branch
        for units in _opened(branch):
            if len(units) == 1 and isinstance(units[0], Leaf):
                atoms |= units[0].atoms
            elif units:
                longer.append(units)
    longer = _merged(longer)
    longer.sort(key=longest, reverse=True)
    if not longer and not atoms:  # nothing but what parts words: [/]
        return None
    if not longer and not optional:
        return Leaf(frozenset(atoms))
    if atoms:
        longer.append((Leaf(frozenset(atoms)),))
    return Alternatives(tuple(longer), optional)


def _merged(branches: list[Units]) -> list[Units]:
    """Branches that differ in one set of words alone, as one: `my car` and `his car`."""
    for place in range(max(map(len, branches), default=0)):
        alike: dict[object, list[Units]] = {}
        for branch in dict.fromkeys(branches):
            alike.setdefault(_but_for(place, branch), []).append(branch)
        branches = [_united(place, some) if len(some) > 1 else some[0] for some in alike.values()]
    return branches


def _but_for(place: int, branch: Units) -> object:
    """What branches share that differ in nothing but the words at this place."""
    if place >= len(branch) or not isinstance(branch[place], Leaf):
        return branch
    rest = (*branch[:place], *branch[place + 1 :])
    return place, *(unit.atoms if isinstance(unit, Leaf) else unit for unit in rest)


def _united(place: int, branches: list[Units]) -> Units:
    words = (branch[place] for branch in branches)
    atoms = frozenset().union(*(one.atoms for one in words if isinstance(one, Leaf)))
    first = branches[0]
    return (*first[:place], Leaf(atoms), *first[place + 1 :])


def _opened(branch: Units) -> tuple[Units, ...]:
    """A branch that is itself a choice, as its own branches."""
    if len(branch) == 1 and isinstance(branch[0], Alternatives) and not branch[0].optional:
        return branch[0].branches
    return (branch,)


def _with_ending(unit: Unit, ending: phrases.Word) -> Unit:
    """``unit`` with an ending on its last word."""
    if isinstance(unit, Leaf):
        text = ending.text.replace("'", "")
        return Leaf(
            frozenset((word + text, prefix or ending.prefix) for word, prefix in unit.atoms)
        )
    if isinstance(unit, Alternatives):
        branches = ((*branch[:-1], _with_ending(branch[-1], ending)) for branch in unit.branches)
        return Alternatives(tuple(branches), unit.optional)
    return unit


@lru_cache(maxsize=16384)
def longest(units: Units) -> int:
    """The most units of a text that ``units`` can cover."""
    return sum(map(_longest, units))


def _longest(unit: Unit) -> int:
    if isinstance(unit, Alternatives):
        return max(map(longest, unit.branches))
    if isinstance(unit, Marked):
        return longest(unit.inside)
    return GAP_WORDS * (1 + GAP_SIGNS) + GAP_SIGNS if isinstance(unit, Gap) else 1


@lru_cache(maxsize=16384)
def leaves(units: Units) -> frozenset[frozenset[Atom]]:
    """All sets of words in ``units``."""
    out: set[frozenset[Atom]] = set()
    for unit in units:
        if isinstance(unit, Leaf):
            out.add(unit.atoms)
        elif isinstance(unit, Alternatives):
            out.update(*map(leaves, unit.branches))
        elif isinstance(unit, Marked):
            out |= leaves(unit.inside)
    return frozenset(out)
