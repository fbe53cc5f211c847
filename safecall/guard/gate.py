"""The gate: most texts hold no phrase of any rule, and are done after one pass over their words."""

from __future__ import annotations

import marshal
import re
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cache, cached_property
from itertools import filterfalse, pairwise
from typing import Final

import ahocorasick_rs

from safecall.guard.buffers import Buffer
from safecall.guard.shapes import standing_alone

#: The shortest number that a shape knows, in letters and digits; a word of letters before its
#: first digit does not count.
_FEWEST_DIGITS: Final = 6

#: Words, beginnings of words, pairs (second words, and beginnings of them, by the first word), as
#: plain data.
GramData = tuple[list[str], list[str], dict[str, list[str]], dict[str, list[str]]]
#: Words, beginnings of words, and pairs, one a line; of pairs a line for each first word, with its
#: second words and beginnings of them behind tabs (a whole word has a space after it). Where what
#: each of all these calls begins and ends, as 4-byte numbers, and what they call; pairs that a rare
#: word calls, and groups, each marshalled until it is called; shapes of numbers. As plain data.
GateData = tuple[
    str, str, str, Buffer, Buffer, Sequence[Buffer], Sequence[Buffer], list[str]
]  # fmt: skip
#: The same as it is made, to be marshalled.
MadeGate = tuple[str, str, str, bytes, bytes, list[bytes], list[bytes], list[str]]
#: What a pattern calls: the gate itself, a group by its number, or pairs, counted down from here.
OPENS: Final = -1
PAIRS: Final = -2


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


class _Place:
    """The grams of one obligatory place of a phrase."""

    def __init__(self, data: GramData) -> None:
        words, prefixes, pairs, open_pairs = data
        self._words = frozenset(words)
        self._beginnings = tuple(f" {prefix}" for prefix in prefixes)
        self._pairs = frozenset((first, one) for first, some in pairs.items() for one in some)
        self._open_pairs = {first: tuple(seconds) for first, seconds in open_pairs.items()}
        self._opening = frozenset(open_pairs)

    def effort(self) -> int:
        """What else than words has to be looked for."""
        return len(self._pairs) + 2 * (len(self._beginnings) + len(self._open_pairs))

    def taken(self, seen: _Seen) -> bool:
        """Whether the text holds one of them."""
        return (
            not self._words.isdisjoint(seen.every)
            or (bool(self._pairs) and not self._pairs.isdisjoint(seen.neighbours))
            or any(beginning in seen.spaced for beginning in self._beginnings)
            or any(
                second.startswith(self._open_pairs[first])
                for first in self._opening & seen.every
                for second in seen.after.get(first, ())
            )
        )


class Gate:
    """A gate at work; see `grams` for what it looks for."""

    def __init__(self, data: GateData) -> None:
        words, beginnings, pairs, borders, called, self._pairs, self._groups, shapes = data
        known = _lines(words)
        self._words = dict(zip(known, range(len(known)), strict=True))
        self._borders, self._called = memoryview(borders).cast("I"), memoryview(called).cast("i")
        begun = [f" {one}" for one in _lines(beginnings)]
        self._automaton = ahocorasick_rs.AhoCorasick(begun)
        self._seconds: dict[str, tuple[str, int]] = {}
        number = len(known) + len(begun)
        for line in _lines(pairs):
            first, _, seconds = line.partition("\t")
            self._seconds[first] = seconds, number
            number += seconds.count("\t") + 1
        self._numbers = _numbers(shapes)
        self._places = cache(self._make_places)
        self._neighbours = cache(self._make_neighbours)
        self._behind = cache(self._make_behind)

    def opens(self, low: str, words: list[str]) -> bool:
        """Whether a phrase may be in a folded text, given its words in order."""
        spaced = f" {' '.join(words)} "
        hits = [self._words[word] for word in self._words.keys() & words]
        begun = self._automaton.find_matches_as_indexes(spaced, overlapping=True)
        if begun:
            behind = len(self._words)
            hits += [behind + hit[0] for hit in begun]
        if firsts := self._seconds.keys() & words:
            hits += self._neighbours_of(firsts, words)
        if hits:
            called: set[int] = set()
            for number in hits:
                called.update(self._called[self._borders[number] : self._borders[number + 1]])
            if self._settles(called, spaced, words):
                return True
        return self._has_number(low, words)

    def _neighbours_of(self, firsts: AbstractSet[str], words: list[str]) -> Iterator[int]:
        """The numbers of the pairs that begin with one of ``firsts``."""
        for first, second in [both for both in pairwise(words) if both[0] in firsts]:
            numbers, heads, least = self._behind(first)
            if (whole := f"{second} ") in numbers:
                yield numbers[whole]
            if second[:least] in heads:
                beginnings = (second[:end] for end in range(least, len(second) + 1))
                yield from (numbers[one] for one in beginnings if one in numbers)

    def _make_behind(self, first: str) -> tuple[dict[str, int], set[str], int]:
        """The numbers of the second words of a first one (with a space) and of beginnings of such;
        how all the beginnings begin, and how long the shortest is.
        """
        seconds, number = self._seconds[first]
        numbers = {one: number + at for at, one in enumerate(seconds.split("\t"))}
        beginnings = [one for one in numbers if not one.endswith(" ")]
        least = min(map(len, beginnings), default=0)
        return numbers, {one[:least] for one in beginnings}, least

    def _settles(self, called: AbstractSet[int], spaced: str, words: list[str]) -> bool:
        """Whether what patterns call opens the gate, given the words in order."""
        if OPENS in called:
            return True
        seen = _Seen(spaced, words)
        for number in called:
            if number < 0:
                if not seen.neighbours.isdisjoint(self._neighbours(number)):
                    return True
                continue
            for place in self._places(number):
                if not place.taken(seen):
                    break
            else:
                return True
        return False

    def _make_places(self, number: int) -> list[_Place]:
        group: list[GramData] = marshal.loads(self._groups[number])  # noqa: S302 - our own plan
        # The first place is what called the group, so it is there already; words alone are
        # quickly seen not to be there.
        found = [_Place(place) for place in group]
        return [*sorted(found[1:], key=_Place.effort), found[0]]

    def _make_neighbours(self, number: int) -> frozenset[tuple[str, str]]:
        return frozenset(marshal.loads(self._pairs[PAIRS - number]))  # noqa: S302 - our own plan

    def _has_number(self, low: str, words: list[str]) -> bool:
        if self._numbers is None:
            return False
        letters = bytes(map(str.isalpha, words))
        if b"\0" not in letters:
            return False
        # A number is one word of so many letters and digits, or several words in a row.
        longest = max(map(len, filterfalse(str.isalpha, words)))
        if longest < _FEWEST_DIGITS and b"\0\0" not in letters:
            return False
        return self._numbers.search(low) is not None


def _lines(text: str) -> list[str]:
    return text.split("\n") if text else []


def _numbers(shapes: list[str]) -> re.Pattern[str] | None:
    if not shapes:
        return None
    return re.compile(standing_alone(shapes))
