"""The plan: compiled rules as plain data, and what the engine makes of it when it is needed.

Plain data can be kept in a file (`store`). Patterns are compiled when a word that calls them is
first met, so that loading stays quick however many languages there are.
"""

from __future__ import annotations

import marshal
import re
from collections.abc import Callable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, fields
from functools import cached_property, lru_cache
from itertools import chain

from safecall.guard.alphabet import GROUP, SYMBOL
from safecall.guard.buffers import Buffer, owned
from safecall.guard.gate import GateData
from safecall.guard.kinds import Kind

#: Marshalled until it is needed: a pattern, and for each obligatory place, in order, the symbols
#: one of which stands there, and how far behind the place before it.
PatternData = Buffer
#: Id, kind, language, capitals only, the numbers of its but_not patterns (from, and up to), and
#: how many units one of them may reach.
RuleData = tuple[str, str, str, bool, int, int, int]
#: Number of the rule, label only, ask only, how many units it covers at most.
PhraseData = tuple[int, bool, bool, int]
#: Numbers of the phrases that a symbol calls, each with how far before it a match may begin;
#: marshalled until the symbol is met.
CallData = bytes
#: A context's id, the pattern of a trigger with what it reaches, and the symbols one of which the
#: trigger holds.
ContextData = tuple[str, PatternData, str]


@dataclass(frozen=True, slots=True)
class Plan:
    """All rules, compiled.

    ``patterns`` are those of all phrases, in order, and behind them those of ``but_not``.
    ``words`` and ``prefixes`` lead to symbols, ``calls`` from symbols to phrases, ``variants``
    from a misspelt word to the one that was meant, ``joined`` from a first letter to the words
    that are written together with the next one (elided, if they end in an apostrophe);
    ``abbreviated`` are words whose full stop ends no sentence. ``gate`` says which texts hold no
    phrase, ``gate_of_ask`` the same where questions and labels count; ``trails`` (`places`) says it
    of the texts of a column; ``contexts``: a list of `ContextData`. All three are marshalled until
    needed. ``reach``: how many units a context covers at most.
    """

    rules: list[RuleData]
    phrases: list[PhraseData]
    patterns: Sequence[PatternData]
    words: dict[str, str]
    prefixes: dict[str, str]
    calls: dict[str, CallData]
    variants: dict[str, str]
    joined: dict[str, tuple[str, ...]]
    abbreviated: frozenset[str]
    gate: GateData
    gate_of_ask: Buffer
    trails: Buffer
    contexts: Buffer
    reach: int

    def __reduce__(self) -> tuple[type[Plan], tuple[object, ...]]:
        """To another process, with what is read from a file by then as bytes."""
        return Plan, tuple(owned(getattr(self, one.name)) for one in fields(self))


@lru_cache(maxsize=1 << 12)
def _set(symbols: str) -> frozenset[str]:
    """The symbols as a set; many patterns have the same."""
    return frozenset(symbols)


class Pattern:
    """A pattern of symbols; it is compiled when a text may match it."""

    def __init__(self, every: Sequence[PatternData], number: int, group: str) -> None:
        self._every, self._number, self._group = every, number, group

    @cached_property
    def _read(self) -> tuple[str, list[tuple[frozenset[str], int]]]:
        text, places = marshal.loads(self._every[self._number])  # noqa: S302 - our own plan
        return text, [(_set(symbols), reach) for symbols, reach in places]

    @cached_property
    def codes(self) -> frozenset[int]:
        """The symbols that stand at its obligatory places, as numbers within their plane."""
        return frozenset(ord(one) & SYMBOL for symbols, _ in self._read[1] for one in symbols)

    def may_match(self, window: str, present: AbstractSet[str]) -> bool:
        """Whether ``window`` has what every match holds; this spares most compilations.

        ``present`` are the symbols of the window, or of a text that it is a part of.
        """
        _, needed = self._read
        if any(place.isdisjoint(present) for place, _ in needed):
            return False
        before: list[int] = []
        for place, reach in needed:
            there = [at for at, symbol in enumerate(window) if symbol in place]
            if reach:
                there = [at for at in there if any(0 < at - one <= reach for one in before)]
            if not there:
                return False
            before = there
        return True

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(self._read[0].replace(GROUP, self._group))


class ActiveRule:
    """A rule at work."""

    def __init__(self, data: RuleData, patterns: Sequence[PatternData]) -> None:
        self.id, kind, self.lang, self.capitals, first, last, self._reach = data
        self.kind = Kind(kind)
        self._cancelling, self._patterns = range(first, last), patterns

    @cached_property
    def _but_not(self) -> list[Pattern]:
        return [Pattern(self._patterns, number, "(?:") for number in self._cancelling]

    @cached_property
    def _cancels(self) -> Callable[[str, int, int], bool]:
        # Long texts that repeat themselves ask the same again and again.
        return lru_cache(maxsize=64)(self._overlapped)

    def cancelled(self, symbols: str, start: int, end: int) -> bool:
        """Whether a ``but_not`` phrase overlaps ``symbols[start:end]``."""
        if not self._cancelling:
            return False
        low = max(0, start - self._reach)
        return self._cancels(symbols[low : end + self._reach], start - low, end - low)

    def _overlapped(self, near: str, start: int, end: int) -> bool:
        present = frozenset(near)
        return any(
            one.may_match(near, present) and _overlaps(one.regex, near, start, end)
            for one in self._but_not
        )


class ActiveContexts:
    """The contexts of all languages at work; ``reach``: how many units one covers at most."""

    def __init__(self, data: Buffer, reach: int) -> None:
        self._data, self._reach = data, reach

    @cached_property
    def _called(self) -> dict[str, list[tuple[str, Pattern]]]:
        """The contexts that a symbol calls: the id of each, and a trigger with its reach."""
        called: dict[str, list[tuple[str, Pattern]]] = {}
        every = marshal.loads(self._data)  # noqa: S302 - our own plan
        patterns = [pattern for _, pattern, _ in every]
        for number, (name, _, symbols) in enumerate(every):
            one = name, Pattern(patterns, number, "(?:")
            for symbol in symbols:
                called.setdefault(symbol, []).append(one)
        return called

    @cached_property
    def _near(self) -> Callable[[str, int, int], str]:
        # Long texts that repeat themselves ask the same again and again.
        return lru_cache(maxsize=256)(self._reaching)

    def of(self, symbols: str, start: int, end: int) -> str:
        """The id of a context that reaches ``symbols[start:end]``, or nothing."""
        low = max(0, start - self._reach)
        return self._near(symbols[low : end + self._reach], start - low, end - low)

    def _reaching(self, near: str, start: int, end: int) -> str:
        present = frozenset(near)
        called = (self._called.get(symbol, ()) for symbol in dict.fromkeys(near))
        for name, one in dict.fromkeys(chain(*called)):
            if one.may_match(near, present) and _overlaps(one.regex, near, start, end):
                return name
        return ""


def _overlaps(one: re.Pattern[str], symbols: str, start: int, end: int) -> bool:
    low = 0
    while (match := one.search(symbols, low)) is not None and match.start() < end:
        if match.end() > start:
            return True
        low = match.start() + 1
    return False


class ActivePhrase(Pattern):
    """A phrase at work."""

    def __init__(self, plan: Plan, number: int, rules: Sequence[ActiveRule]) -> None:
        super().__init__(plan.patterns, number, "(")
        rule, self.label, self.only_in_ask, self.length = plan.phrases[number]
        self.rule = rules[rule]


#: What a symbol calls: phrases, each with how far before it a match may begin.
Calls = dict[ActivePhrase, int]
