"""Grams: words, pairs of words and numbers one of which every match of a phrase holds.

Chosen by cost, like stems; a pair of neighbours is taken where each word alone is common
(``are you``), and where pairs are common too, a word counts only in a text that also holds a word
for every other obligatory place of the phrase.
"""

from __future__ import annotations

import marshal
import math
from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, chain, product
from typing import Final

from safecall.guard.frequent import cost, cost_of_beginning
from safecall.guard.gate import OPENS, PAIRS, GramData, MadeGate
from safecall.guard.grammar import Alternatives, Atom, Leaf, Marked, Number, Sign, Unit, Units

#: A set of words, two neighbouring sets, or the name of a shape of numbers.
Gram = tuple[frozenset[Atom], ...] | str
#: Ordinary numbers are in many texts; the others only where somebody gives one.
_NUMBER_COST: Final = {"digits": 300.0, "visa_foil": 150.0, "i94": 40.0}
_RARE_NUMBER_COST: Final = 2.0
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
_EXPENSIVE: Final = 0.5

#: From this price on a word is no sign of the pair that it is in.
_COMMON: Final = 4.0


def gate_data(phrases: Iterable[Units]) -> MadeGate:
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
    shapes = sorted(gram for gram in alone if isinstance(gram, str))
    groups = [list(map(_data, places)) for places in company]
    calls: dict[str, set[int]] = defaultdict(set)
    pairs: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for pattern, pair in _patterns(_data(alone)):
        if pair is None:
            calls[pattern].add(OPENS)
        else:
            pairs[pattern].append(pair)
    for number, pattern in enumerate(pairs):
        calls[pattern].add(PAIRS - number)
    for number, group in enumerate(groups):
        for pattern, _ in _patterns(group[0]):
            calls[pattern].add(number)
    texts, ordered = _in_order(calls)
    called = [sorted(calls[one]) for one in ordered]
    return (
        *texts,
        array("I", accumulate(map(len, called), initial=0)).tobytes(),
        array("i", chain.from_iterable(called)).tobytes(),
        [marshal.dumps(some) for some in pairs.values()],
        [marshal.dumps(group) for group in groups],
        shapes,
    )


def _in_order(patterns: Iterable[str]) -> tuple[tuple[str, str, str], list[str]]:
    """Patterns as a gate holds them, words, beginnings and pairs; and their order there."""
    words: list[str] = []
    beginnings: list[str] = []
    pairs: dict[str, list[str]] = defaultdict(list)
    for one in patterns:
        first, space, second = one[1:].partition(" ")
        if second:
            pairs[first].append(second)
        else:
            (words if space else beginnings).append(first)
    lines = ("\t".join((first, *some)) for first, some in pairs.items())
    ordered = [f" {word} " for word in words] + [f" {one}" for one in beginnings]
    ordered += [f" {first} {second}" for first, some in pairs.items() for second in some]
    return ("\n".join(words), "\n".join(beginnings), "\n".join(lines)), ordered


def _patterns(data: GramData) -> Iterator[tuple[str, tuple[str, str] | None]]:
    """What to look for in words joined by spaces; with a rare word, the pair that it is in."""
    words, prefixes, pairs, open_pairs = data
    yield from ((f" {word} ", None) for word in words)
    yield from ((f" {prefix}", None) for prefix in prefixes)
    for first, seconds in pairs.items():
        for second in seconds:
            rare = min(first, second, key=cost)
            if cost(rare) < _COMMON:
                yield f" {rare} ", (first, second)
            else:
                yield f" {first} {second} ", None
    for first, seconds in open_pairs.items():
        yield from ((f" {first} {second}", None) for second in seconds)


def _data(grams: Iterable[Gram]) -> GramData:
    single: set[Atom] = set()
    pairs: dict[str, set[str]] = defaultdict(set)
    open_pairs: dict[str, set[str]] = defaultdict(set)
    for gram in grams:
        if isinstance(gram, str):
            continue
        if len(gram) == 1:
            single |= gram[0]
        else:
            for (first, _), (second, prefix) in product(*gram):
                (open_pairs if prefix else pairs)[first].add(second)
    return (
        sorted(text for text, prefix in single if not prefix),
        sorted(text for text, prefix in single if prefix),
        {first: sorted(seconds) for first, seconds in sorted(pairs.items())},
        {first: sorted(seconds) for first, seconds in sorted(open_pairs.items())},
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
        price = _NUMBER_COST.get(unit.shape, _RARE_NUMBER_COST)
        return _Choice(price, frozenset({unit.shape}))
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
