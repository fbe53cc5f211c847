"""The obligatory places of a phrase: which words stand there, and how far from one another.

Every match of a phrase has a word at each of its places, in their order. What is optional, a gap
or a sign is no place; of alternatives the rarest place of each branch counts, together as one.
Two neighbouring words are one place (``green card``), since both are rarely so near.

From the places come *trails*: a rare word, and what has to be near it. `trails` looks for them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from heapq import heappop, heappush
from itertools import count, product
from typing import Final

from safecall.guard.frequent import share, share_of_beginning
from safecall.guard.grammar import (
    GAP_WORDS,
    Alternatives,
    Atom,
    Gap,
    Leaf,
    Marked,
    Number,
    Sign,
    Unit,
    Units,
    longest,
)
from safecall.guard.programs import BEGINS, ENDS, ProgramData, program_data
from safecall.guard.shapes import RARE_SHAPES
from safecall.guard.symbols import Symbols

#: A word, or two neighbouring ones.
Words = tuple[Atom, ...]
#: Stands for any word that holds a digit.
NUMBER: Final[Words] = (("0", True),)
#: The symbol of words with digits that no rule knows.
DIGITS: Final = "\x01"
#: From here on symbols stand for two neighbouring words.
PAIRS: Final = 0x20000

_PRICE_OF_NUMBER: Final = 20.0
#: How much more often than by chance two words of a phrase are neighbours in ordinary texts.
_COMPANY: Final = 5.0
#: The same of two letters or digits that stand alone (``f 1``): they are seldom together.
_COMPANY_OF_SINGLE: Final = 0.05
_MOST_PAIRS: Final = 200
#: Words in fewer percent of texts are rare enough by themselves.
_SELDOM: Final = 0.02
#: A phrase is taken apart at its alternatives into no more than about so many.
_MOST_BRANCHES: Final = 48
#: A phrase whose places are in fewer texts stays whole.
_SLIGHT: Final = 0.00002
#: So many words are within reach of another, about.
_WITHIN: Final = 6


@dataclass(frozen=True, slots=True)
class Place:
    """A place of a phrase.

    If all that is before it is as long as it can be, it is the word ``latest`` of the phrase,
    counted from one; if all that follows is, it is the word ``earliest``, counted back from where
    the longest match ends.
    """

    words: frozenset[Words]
    latest: int
    earliest: int

    def reach(self, later: Place) -> int:
        """The most words from here to a later place of the same phrase."""
        return later.latest - self.earliest


#: Numbers of sets, each with how many words away one of that set may be.
Steps = tuple[tuple[int, int], ...]
#: The number of the set of words with which it begins; and what has to be near, the rarest
#: first, before it if negative.
Trail = tuple[int, Steps]


#: The shapes of numbers that may make a phrase whatever is near them, and the numbers of these
#: phrases.
NumeralData = tuple[list[str], list[int]]
#: Sets as symbols, trails, the numbers of the phrases of each, the two symbols of each pair, and
#: what numbers make; as plain data. Then, for each phrase by its number, how many words a match
#: covers at most, whether it has signs at its edges (`programs.BEGINS`, `ENDS`), and its program.
TrailData = tuple[
    list[str], list[Trail], list[list[int]], list[str], NumeralData, list[int], list[int],
    ProgramData,
]  # fmt: skip


def trail_data(
    phrases: Mapping[int, Units], symbols: Symbols, labels: AbstractSet[int] = frozenset()
) -> TrailData:
    """The trails of these phrases; every match of a phrase with places follows one of them.

    ``labels`` are the numbers of those that count as labels alone.
    """
    numbers = _Numbers(symbols)
    out: dict[Trail, dict[int, None]] = defaultdict(dict)
    shapes: set[str] = set()
    made: dict[int, None] = {}
    for number, units in phrases.items():
        for one in apart(units):
            own = {unit.shape for unit in one if isinstance(unit, Number)}
            found = places(one)
            if all(NUMBER in place.words for place in found) or (own and own <= RARE_SHAPES):
                shapes |= own
                made[number] = None
            else:
                out[_trail(found, numbers)][number] = None
    every = [phrases.get(number, ()) for number in range(max(phrases, default=-1) + 1)]
    programs = program_data(every, lambda atoms: numbers.of(_single(atoms)))
    edges = [BEGINS | ENDS if at in labels else _edges(one) for at, one in enumerate(every)]
    return (
        list(numbers.sets), list(out), list(map(list, out.values())), list(numbers.pairs),
        (sorted(shapes), list(made)), list(map(_length, every)), edges, programs,
    )  # fmt: skip


class _Numbers:
    """Gives numbers to sets of words, and symbols to pairs of words."""

    def __init__(self, symbols: Symbols) -> None:
        self.sets: dict[str, int] = {}
        self.pairs: dict[str, str] = {}
        self._symbols = symbols
        self.of = lru_cache(maxsize=None)(self._of)

    def _of(self, words: frozenset[Words]) -> int:
        single = frozenset(one for (one, *more) in words if not more and (one,) != NUMBER)
        out = set(self._symbols.of_words(single))
        if NUMBER in words:
            out |= {DIGITS, *self._symbols.with_digits}
        for one in words:
            if len(one) > 1:
                out.update(self._pairs(one))
        return self.sets.setdefault("".join(sorted(out)), len(self.sets))

    def _pairs(self, words: Words) -> Iterator[str]:
        first, second = (self._symbols.of_words(frozenset({word})) for word in words)
        for both in product(sorted(first), sorted(second)):
            yield self.pairs.setdefault("".join(both), chr(PAIRS + len(self.pairs)))


def _trail(found: tuple[Place, ...], numbers: _Numbers) -> Trail:
    first = min((one for one in found if NUMBER not in one.words), key=lambda one: price(one.words))
    at = found.index(first)
    near = [
        *((one, -one.reach(first)) for one in found[:at]),
        *((one, first.reach(one)) for one in found[at + 1 :]),
    ]
    near.sort(key=lambda one: price(one[0].words))
    return numbers.of(first.words), tuple((numbers.of(one.words), reach) for one, reach in near)


@lru_cache(maxsize=16384)
def price(words: frozenset[Words]) -> float:
    """How common a set of words is, in percent of texts."""
    return sum(map(_price, words))


def _price(words: Words) -> float:
    if words == NUMBER:
        return _PRICE_OF_NUMBER
    shares = [share_of_beginning(text) if prefix else share(text) for text, prefix in words]
    if len(shares) == 1:
        return shares[0]
    single = all(len(text) == 1 and not prefix for text, prefix in words)
    return math.prod(shares) / 100 * (_COMPANY_OF_SINGLE if single else _COMPANY)


@lru_cache(maxsize=32768)
def places(units: Units, *, pairs: bool = True, signs: bool = False) -> tuple[Place, ...]:
    """The places of a phrase, in order; with ``pairs`` two common neighbours are one place.

    With ``signs`` distances count what may stand between words too.
    """
    flat = tuple(_flat(units))
    found: list[Place] = []
    at = 0
    before: Leaf | None = None  # a word that the next unit follows at once
    for unit in flat:
        length = longest((unit,)) if signs else _words_of(unit)
        both = _both(before, unit) if pairs else None
        if both:
            found[-1] = Place(both, at, at)
            before = None
        else:
            found += (
                Place(one.words, at + one.latest, at + one.earliest)
                for one in _of_unit(unit, length, pairs, signs)
            )
            if length:
                before = unit if isinstance(unit, Leaf) else None
        at += length
    return tuple(found)


def _both(one: Leaf | None, other: Unit) -> frozenset[Words] | None:
    """Two neighbours as one place, if that is worth while."""
    if one is None or not isinstance(other, Leaf):
        return None
    if len(one.atoms) * len(other.atoms) > _MOST_PAIRS:
        return None
    if min(price(_single(one.atoms)), price(_single(other.atoms))) < _SELDOM:
        return None
    return frozenset(product(one.atoms, other.atoms))


@lru_cache(maxsize=16384)
def _single(atoms: frozenset[Atom]) -> frozenset[Words]:
    return frozenset((atom,) for atom in atoms)


@lru_cache(maxsize=65536)
def _of_unit(unit: Unit, length: int, pairs: bool, signs: bool) -> tuple[Place, ...]:
    if isinstance(unit, Leaf):
        return (Place(_single(unit.atoms), 1, 1),)
    if isinstance(unit, Number):
        return (Place(frozenset({NUMBER}), 1, 1),)
    if not isinstance(unit, Alternatives) or unit.optional:
        return ()
    rarest = [
        min(
            places(branch, pairs=pairs, signs=signs), key=lambda one: price(one.words), default=None
        )
        for branch in unit.branches
    ]
    whole = [one for one in rarest if one is not None]
    if len(whole) < len(rarest):
        return ()
    measure = longest if signs else _length
    rest = max(
        measure(branch) - one.earliest for branch, one in zip(unit.branches, whole, strict=True)
    )
    words = frozenset[Words]().union(*(one.words for one in whole))
    return (Place(words, max(one.latest for one in whole), length - rest),)


def apart(units: Units) -> list[Units]:
    """A phrase taken apart at its alternatives: phrases one of which each of its matches is.

    Only as far as it takes for ordinary texts not to hold their places, the commonest first.
    """
    done: list[Units] = []
    waiting: list[tuple[float, int, Units]] = []
    order = count()

    def add(one: Units) -> None:
        chance = _chance(places(one))
        if chance > _SLIGHT:
            heappush(waiting, (-chance, next(order), one))
        else:
            done.append(one)

    add(tuple(_flat(units)))
    while waiting:
        _, _, one = heappop(waiting)
        at = _loosest(one) if len(waiting) + len(done) < _MOST_BRANCHES else None
        if at is None:
            done.append(one)
        else:
            for branch in _branches(one[at]):
                add((*one[:at], *branch, *one[at + 1 :]))
    return done


def _chance(found: Iterable[Place]) -> float:
    """In how many texts the places are, about."""
    prices = sorted(price(one.words) / 100 for one in found)
    return math.prod([*prices[:1], *(min(one * _WITHIN, 1) for one in prices[1:])])


def _loosest(units: Units) -> int | None:
    """The alternatives that are worth taking apart: of those with longer branches the commonest."""
    loose = {
        at: sum(price(one.words) for one in places((unit,))) or math.inf
        for at, unit in enumerate(units)
        if any(len(places(branch)) > 1 for branch in _branches(unit))
    }
    return max(loose, key=loose.__getitem__, default=None)


@lru_cache(maxsize=16384)
def _branches(unit: Unit) -> list[Units]:
    """The branches of obligatory alternatives, those of one place together."""
    if not isinstance(unit, Alternatives) or unit.optional:
        return []
    every = [tuple(_flat(branch)) for branch in unit.branches]
    single = tuple(one for one in every if len(places(one)) <= 1)
    longer = [one for one in every if len(places(one)) > 1]
    return [(Alternatives(single),), *longer] if single else longer


def _flat(units: Units) -> Iterator[Unit]:
    """``units`` with marked parts in line."""
    for unit in units:
        if isinstance(unit, Marked):
            yield from _flat(unit.inside)
        else:
            yield unit


@lru_cache(maxsize=16384)
def _edges(units: Units) -> int:
    """Whether signs begin and end every match of these units."""
    if not units:
        return 0
    first, last = units[0], units[-1]
    if len(units) == 1 and isinstance(first, Marked):
        return _edges(first.inside)
    return BEGINS * isinstance(first, Sign) | ENDS * isinstance(last, Sign)


def _length(units: Units) -> int:
    """The most words that ``units`` can cover; a number counts as one."""
    return sum(map(_words_of, units))


def _words_of(unit: Unit) -> int:
    if isinstance(unit, Alternatives):
        return max(map(_length, unit.branches))
    if isinstance(unit, Marked):
        return _length(unit.inside)
    if isinstance(unit, Sign | Number):
        return 0 if isinstance(unit, Sign) else 1
    return GAP_WORDS if isinstance(unit, Gap) else 1
