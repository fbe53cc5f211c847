"""The gate: words, pairs of words and numbers one of which every match of any phrase holds.

Most texts hold none, and are done. Chosen by cost, like stems; a pair of neighbours is taken
where each word alone is common (``are you``), and where pairs are common too, a word counts only
in a text that also holds a word for every other obligatory place of the phrase.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import pairwise, product
from typing import Final

import ahocorasick_rs

from safecall.guard.frequent import cost, cost_of_beginning
from safecall.guard.grammar import Alternatives, Atom, Leaf, Marked, Number, Sign, Unit, Units
from safecall.guard.phrases import WORD
from safecall.guard.shapes import SHAPES

#: A set of words, two neighbouring sets, or the name of a shape of numbers.
Gram = tuple[frozenset[Atom], ...] | str
_NUMBER_COST: Final = 15.0
#: How seldom two words are neighbours; letters of the alphabet are common only by themselves.
_NEIGHBOURS: Final = 40_000.0
_LETTER_COST: Final = 20.0
#: Two words that are both this common keep company: ``in a``.
_OFTEN: Final = 50.0
_COMPANIONS: Final = 2000.0
_MOST_PAIRS: Final = 6000
#: What keeping one pair costs: a rare word alone is the better choice.
_PAIR_COST: Final = 0.001

#: From this price on a word's company is looked at.
_EXPENSIVE: Final = 0.7

#: Words, beginnings of words, pairs (second words, and beginnings of them, by the first word) and
#: shapes of numbers, as plain data.
GramData = tuple[list[str], list[str], dict[str, list[str]], dict[str, list[str]], list[str]]
#: Grams one of which is enough, and groups of grams of which each has to be there.
GateData = tuple[GramData, list[list[GramData]]]


def gate_data(phrases: Iterable[Units]) -> GateData:
    """The gate of these phrases."""
    alone: set[Gram] = set()
    company: dict[tuple[frozenset[Gram], ...], None] = {}
    for units in phrases:
        best = _cheapest(units)
        places = _places(units) if best.price > _EXPENSIVE else []
        if len(places) > 1:
            company[tuple(places)] = None
        else:
            alone |= best.grams
    return _data(alone), [list(map(_data, places)) for places in company]


def _data(grams: Iterable[Gram]) -> GramData:
    single: set[Atom] = set()
    pairs: dict[str, set[str]] = defaultdict(set)
    open_pairs: dict[str, set[str]] = defaultdict(set)
    shapes: set[str] = set()
    for gram in grams:
        if isinstance(gram, str):
            shapes.add(gram)
        elif len(gram) == 1:
            single |= gram[0]
        else:
            for (first, _), (second, prefix) in product(*gram):
                (open_pairs if prefix else pairs)[first].add(second)
    return (
        sorted(text for text, prefix in single if not prefix),
        sorted(text for text, prefix in single if prefix),
        {first: sorted(seconds) for first, seconds in sorted(pairs.items())},
        {first: sorted(seconds) for first, seconds in sorted(open_pairs.items())},
        sorted(shapes),
    )


@dataclass(frozen=True, slots=True)
class _Choice:
    price: float
    grams: frozenset[Gram]


def _cheapest(units: Units) -> _Choice:
    """The cheapest grams of a phrase: every match of ``units`` holds one of them."""
    best = _best(units)
    if best is None:
        raise ValueError("a phrase with nothing but gaps, signs and what is optional")
    return best


def _places(units: Units) -> list[frozenset[Gram]]:
    """What stands at each obligatory place of a phrase, the rarest first."""
    found = [one for one in map(_of_unit, _flat(units)) if one is not None]
    found = [one for one in found if not any(isinstance(gram, str) for gram in one.grams)]
    return [one.grams for one in sorted(found, key=lambda one: one.price)]


@lru_cache(maxsize=16384)
def _best(units: Units) -> _Choice | None:
    flat = _flat(units)
    found = [one for one in map(_of_unit, flat) if one is not None]
    for at, unit in enumerate(flat):
        if isinstance(unit, Leaf):
            before = _lasts(flat[:at])
            after = _firsts(flat[at + 1 :])
            found += [_of_pairs([(one, unit.atoms) for one in before or ()])]
            found += [_of_pairs([(unit.atoms, one) for one in after or ()])]
    return min(found, key=lambda one: one.price, default=None)


def _flat(units: Units) -> Units:
    """``units`` with marked parts in line."""
    out: list[Unit] = []
    for unit in units:
        out += _flat(unit.inside) if isinstance(unit, Marked) else (unit,)
    return tuple(out)


def _lasts(units: Units) -> set[frozenset[Atom]] | None:
    """The sets one of whose words stands last in ``units``; None if that cannot be said."""
    return _ends(units, backwards=True)


def _firsts(units: Units) -> set[frozenset[Atom]] | None:
    return _ends(units, backwards=False)


def _ends(units: Units, *, backwards: bool) -> set[frozenset[Atom]] | None:
    out: set[frozenset[Atom]] = set()
    for unit in reversed(units) if backwards else units:
        if isinstance(unit, Leaf):
            return out | {unit.atoms}
        if _is_sign(unit):
            continue
        if not isinstance(unit, Alternatives):
            return None
        for branch in unit.branches:
            ends = _ends(_flat(branch), backwards=backwards)
            if ends is None:
                return None
            out |= ends
        if not unit.optional:
            return out
    return None


def _is_sign(unit: Unit) -> bool:
    """Whether ``unit`` is a sign that may be absent: words on either side are neighbours."""
    if not isinstance(unit, Alternatives) or not unit.optional:
        return False
    return all(isinstance(one, Sign) for branch in unit.branches for one in branch)


def _of_unit(unit: Unit) -> _Choice | None:
    if isinstance(unit, Leaf):
        return _Choice(_price(unit.atoms), frozenset({(unit.atoms,)}))
    if isinstance(unit, Number):
        return _Choice(_NUMBER_COST, frozenset({unit.shape}))
    if isinstance(unit, Marked):
        return _best(unit.inside)
    if not isinstance(unit, Alternatives) or unit.optional:
        return None
    branches = list(map(_best, unit.branches))
    whole = [one for one in branches if one is not None]
    if len(whole) < len(branches):
        return None
    return _Choice(
        sum(one.price for one in whole), frozenset().union(*(one.grams for one in whole))
    )


def _of_pairs(pairs: list[tuple[frozenset[Atom], frozenset[Atom]]]) -> _Choice:
    """Neighbours; of no price that anyone pays where one cannot be looked up."""
    many = sum(len(first) * len(second) for first, second in pairs)
    if not 0 < many <= _MOST_PAIRS or any(prefix for first, _ in pairs for _, prefix in first):
        return _Choice(math.inf, frozenset())
    return _Choice(sum(map(_pair_price, pairs)) + many * _PAIR_COST, frozenset(pairs))


def _pair_price(pair: tuple[frozenset[Atom], frozenset[Atom]]) -> float:
    first, second = (_price(atoms, _LETTER_COST) for atoms in pair)
    return first * second / (_NEIGHBOURS if min(first, second) < _OFTEN else _COMPANIONS)


@lru_cache(maxsize=8192)
def _price(atoms: frozenset[Atom], letter: float = 0.0) -> float:
    return sum(
        cost_of_beginning(text) if prefix else letter if letter and len(text) == 1 else cost(text)
        for text, prefix in atoms
    )


#: From this price on a word is no sign of the pair that it is in.
_COMMON: Final = 4.0
#: The shortest number that a shape knows, in letters and digits.
_FEWEST_DIGITS: Final = 6


class _Seen:
    """The words of a folded text: in order, as a set, as neighbours, and what follows each.

    ``spaced`` holds them with spaces before and after.
    """

    def __init__(self, spaced: str, words: list[str]) -> None:
        self.spaced, self.words, self.every = spaced, words, set(words)

    @cached_property
    def neighbours(self) -> set[tuple[str, str]]:
        return set(pairwise(self.words))

    @cached_property
    def after(self) -> dict[str, list[str]]:
        out: dict[str, list[str]] = {}
        for first, second in pairwise(self.words):
            out.setdefault(first, []).append(second)
        return out


class _Grams:
    """Grams, looked for in the words of a text."""

    def __init__(self, data: GramData) -> None:
        words, prefixes, pairs, open_pairs, shapes = data
        self.words = frozenset(words)
        self.prefixes = tuple(prefixes)
        self._beginnings = tuple(f" {prefix}" for prefix in prefixes)
        self.pairs = frozenset((first, one) for first, some in pairs.items() for one in some)
        self.open_pairs = {first: tuple(seconds) for first, seconds in open_pairs.items()}
        self._opening = frozenset(open_pairs)
        self.shapes = shapes

    def within(self, seen: _Seen) -> bool:
        """Whether one of them is in the text; numbers are not looked for."""
        return (
            not self.words.isdisjoint(seen.every)
            or self.paired(seen)
            or any(beginning in seen.spaced for beginning in self._beginnings)
        )

    def paired(self, seen: _Seen) -> bool:
        """Whether one of the pairs is in the text."""
        if self.pairs and not self.pairs.isdisjoint(seen.neighbours):
            return True
        return any(
            second.startswith(self.open_pairs[first])
            for first in self._opening & seen.every
            for second in seen.after.get(first, ())
        )

    def patterns(self) -> Iterator[tuple[str, bool]]:
        """What to look for in the words of a text, joined by spaces; and whether that is all.

        A pair that has a rare word is looked for by that word alone.
        """
        for word in self.words:
            yield f" {word} ", True
        for prefix in self.prefixes:
            yield f" {prefix}", True
        for first, second in self.pairs:
            rare = min(first, second, key=cost)
            yield (f" {rare} ", False) if cost(rare) < _COMMON else (f" {first} {second} ", True)
        for first, seconds in self.open_pairs.items():
            for second in seconds:
                yield f" {first} {second}", True


#: What a pattern may call beside the number of a group: the pairs, and the gate itself.
PAIRS: Final = -1
OPENS: Final = -2


class Gate:
    """A gate at work: one pass of an automaton over the text, and more where that finds a word."""

    def __init__(self, data: GateData) -> None:
        alone, company = data
        self._alone = _Grams(alone)
        self._groups = [list(map(_Grams, places)) for places in company]
        # Which groups a pattern calls; `PAIRS` if it is the rare word of a pair, `OPENS` if
        # nothing else is needed.
        calls: dict[str, set[int]] = defaultdict(set)
        for pattern, enough in self._alone.patterns():
            calls[pattern].add(OPENS if enough else PAIRS)
        for number, places in enumerate(self._groups):
            for pattern, _ in places[0].patterns():
                calls[pattern].add(number)
        self.patterns = {pattern: frozenset(called) for pattern, called in calls.items()}
        self._calls = list(self.patterns.values())
        self._automaton = ahocorasick_rs.AhoCorasick(list(self.patterns))
        self.shapes = tuple(self._alone.shapes)
        self._numbers = _numbers(self._alone.shapes)

    def opens(self, low: str, words: list[str]) -> bool:
        """Whether a phrase may be in a folded text, given its words in order."""
        spaced = f" {' '.join(words)} "
        hits = self._automaton.find_matches_as_indexes(spaced, overlapping=True)
        if hits:
            called = frozenset().union(*[self._calls[hit[0]] for hit in hits])
            if self.settles(called, spaced, words):
                return True
        return self._numbers is not None and self._may_have_number(low, words)

    def settles(self, called: AbstractSet[int], spaced: str, words: list[str]) -> bool:
        """Whether what patterns call opens the gate, given the words in order."""
        if OPENS in called:
            return True
        seen = _Seen(spaced, words)
        if PAIRS in called and self._alone.paired(seen):
            return True
        return any(self._meets(number, seen) for number in called if number >= 0)

    def has_number(self, low: str) -> bool:
        """Whether a number that opens the gate is in a folded text."""
        return self._numbers is not None and self._numbers.search(low) is not None

    def _meets(self, number: int, seen: _Seen) -> bool:
        return all(one.within(seen) for one in self._groups[number])

    def _may_have_number(self, low: str, words: list[str]) -> bool:
        length = sum(len(word) for word in words if not word.isalpha())
        return length >= _FEWEST_DIGITS and self.has_number(low)


def _numbers(shapes: list[str]) -> re.Pattern[str] | None:
    if not shapes:
        return None
    return re.compile(rf"(?<!{WORD})(?:{'|'.join(SHAPES[one] for one in shapes)})(?!{WORD})")
