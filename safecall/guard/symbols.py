"""Symbols: every word that rules tell apart as one character, so that a phrase is a short pattern.

A text becomes a string with one character a word, and phrases are matched on that. Words that
occur in the same sets of words, and nowhere else, share a character: all countries that only one
list names are one. Words that no rule knows share another.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property
from itertools import chain, groupby, takewhile
from typing import Final

from safecall.guard.alphabet import CODES, GROUP, number_symbols
from safecall.guard.grammar import (
    GAP_SIGNS,
    GAP_WORDS,
    REACH,
    AnyWord,
    Atom,
    Gap,
    Leaf,
    Marked,
    Number,
    Sign,
    Unit,
    Units,
)
from safecall.guard.kinds import RuleError

# Said by what they are not, or by few letters: `re` takes milliseconds for 65,000 in a set.
_WORD: Final = r"[^\x00-\xfe]"
_WITHIN_SENTENCE: Final = r"[\x02-\x20\x22-\x2d\x2f-\x3a\x3c-\x3e\x40-\xfe]"
_GAP_SIGNS: Final = f"{_WITHIN_SENTENCE}{{0,{GAP_SIGNS}}}"


class Symbols:
    """The symbols of a set of rules, and phrases as patterns of symbols."""

    def __init__(self, sets: Iterable[frozenset[Atom]]) -> None:
        # The largest sets first, so that theirs are runs of characters.
        self._sets = sorted(set(sets), key=lambda one: (-len(one), sorted(one)))
        self.words: dict[str, str] = {}
        self.prefixes: dict[str, str] = {}
        self._of_set: dict[frozenset[Atom], list[str]] = {one: [] for one in self._sets}
        self._classes: dict[frozenset[Atom], str] = {}
        self._of_atom: dict[Atom, set[str]] = {}
        self._known: list[tuple[str, str]] = []
        self._assign()
        self._known = sorted([*self.words.items(), *self.prefixes.items()])

    def _assign(self) -> None:
        holders: dict[tuple[int, ...], list[Atom]] = defaultdict(list)
        for atom, numbers in self._memberships().items():
            holders[tuple(sorted(numbers))].append(atom)
        room = sum(map(len, CODES))
        if len(holders) > room:
            raise RuleError(
                f"the rules tell {len(holders):,} words apart, which is more than the"
                f" {room:,} that there is room for: give words that mean the same one list"
            )
        for code, (met, atoms) in zip(chain(*CODES), sorted(holders.items()), strict=False):
            symbol = chr(code)
            for text, prefix in atoms:
                (self.prefixes if prefix else self.words)[text] = symbol
            for number in met:
                self._of_set[self._sets[number]].append(symbol)

    def _memberships(self) -> dict[Atom, set[int]]:
        """For each word and beginning of a word, the sets that a text with it would meet."""
        direct: dict[Atom, set[int]] = defaultdict(set)
        for number, one in enumerate(self._sets):
            for atom in one:
                direct[atom].add(number)
        out: dict[Atom, set[int]] = {}
        for atom, own in direct.items():
            beginnings = ((atom[0][:end], True) for end in range(1, len(atom[0]) + 1))
            out[atom] = own.union(*(direct[one] for one in beginnings if one in direct))
        return out

    def of_set(self, atoms: frozenset[Atom]) -> list[str]:
        """The symbols of all words that are in a set."""
        return self._of_set[atoms]

    def of_words(self, atoms: frozenset[Atom]) -> set[str]:
        """The symbols of all words that one of ``atoms`` is, or begins."""
        out: set[str] = set()
        for atom in atoms:
            if atom not in self._of_atom:
                self._of_atom[atom] = self._symbols_of(atom)
            out |= self._of_atom[atom]
        return out

    @cached_property
    def with_digits(self) -> set[str]:
        """The symbols of all words that hold a digit."""
        return {symbol for word, symbol in self._known if not word.isalpha()}

    def _symbols_of(self, atom: Atom) -> set[str]:
        text, prefix = atom
        if not prefix:
            return {self.words[text]} if text in self.words else set()
        first = bisect_left(self._known, (text, ""))
        known = (self._known[at] for at in range(first, len(self._known)))
        return {symbol for _, symbol in takewhile(lambda one: one[0].startswith(text), known)}

    def pattern(self, units: Units) -> str:
        """The pattern of symbols that finds ``units``; marked parts open with `GROUP`."""
        parts: list[str] = []
        for is_gap, alike in groupby(units, lambda unit: isinstance(unit, Gap)):
            run = list(alike)
            parts += [_gap(len(run))] if is_gap else map(self._pattern, run)
        return "".join(parts)

    def reach(self, ends: Iterable[Units]) -> str:
        """The pattern of what a context reaches: units of its sentence up to one of ``ends``."""
        stop = "|".join(map(self.pattern, ends))
        unless = f"(?!{stop})" if stop else ""
        return f"(?:{unless}(?:{_WITHIN_SENTENCE}|{_WORD})){{0,{REACH}}}"

    def _pattern(self, unit: Unit) -> str:
        if isinstance(unit, Leaf):
            return self._class(unit.atoms)
        if isinstance(unit, Sign):
            return re.escape(unit.char)
        if isinstance(unit, AnyWord | Gap):
            return _WORD if isinstance(unit, AnyWord) else _gap(1)
        if isinstance(unit, Number):
            return _character_class(number_symbols(unit.shape))
        if isinstance(unit, Marked):
            return f"{GROUP}{self.pattern(unit.inside)})"
        body = "|".join(dict.fromkeys(map(self.pattern, unit.branches)))
        return f"(?:{body})" + ("?" if unit.optional else "")

    def _class(self, atoms: frozenset[Atom]) -> str:
        found = self._classes.get(atoms)
        if found is None:
            found = self._classes[atoms] = _character_class(self._of_set[atoms])
        return found


def _gap(count: int) -> str:
    """So many gaps in a row, as one: side by side they could share words in too many ways."""
    return f"(?:{_GAP_SIGNS}{_WORD}){{0,{GAP_WORDS * count}}}?{_GAP_SIGNS}"


def _character_class(symbols: list[str]) -> str:
    if len(symbols) == 1:
        return symbols[0]
    codes = sorted(map(ord, symbols))
    runs: list[list[int]] = []
    for code in codes:
        if runs and code == runs[-1][1] + 1:
            runs[-1][1] = code
        else:
            runs.append([code, code])
    parts = (chr(a) if a == b else f"{chr(a)}-{chr(b)}" for a, b in runs)
    return f"[{''.join(parts)}]"
