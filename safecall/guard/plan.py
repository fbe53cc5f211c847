"""The plan: compiled rules as plain data, and what the engine makes of it when it is needed.

Plain data can be kept in a file (`cache`). Patterns are compiled when a stem that calls them is
first met, so that loading stays quick however many languages there are.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from safecall.guard.patterns import Source, any_pattern, pattern
from safecall.guard.rules import Kind

#: Id, kind, language, capitals only, but_not, and how far a but_not phrase may reach.
RuleData = tuple[str, str, str, bool, tuple[Source, ...], int]
#: Number of the rule, source, label only, ask only, and how far after its stem it may end.
PhraseData = tuple[int, Source, bool, bool, int]
#: Numbers of the phrases that a stem calls, each with how far before the stem it may begin.
CallData = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """All rules, compiled; ``variants`` lead from a misspelt word to the one that was meant."""

    rules: list[RuleData]
    phrases: list[PhraseData]
    words: dict[str, CallData]
    prefixes: dict[str, CallData]
    lists: dict[str, str]
    variants: dict[str, str]
    vocabulary: frozenset[str]


class ActiveRule:
    """A rule at work."""

    def __init__(self, data: RuleData, lists: Mapping[str, str]) -> None:
        self.id, kind, self.lang, self.capitals, self._but_not, self._reach = data
        self.kind = Kind(kind)
        self._lists = lists

    @cached_property
    def _any(self) -> re.Pattern[str]:
        return re.compile(any_pattern(self._but_not, self._lists))

    @cached_property
    def _each(self) -> tuple[re.Pattern[str], ...]:
        return tuple(re.compile(pattern(one, self._lists)) for one in self._but_not)

    def cancelled(self, text: str, start: int, end: int) -> bool:
        """Whether a ``but_not`` phrase overlaps ``text[start:end]``."""
        if not self._but_not:
            return False
        low, high = max(0, start - self._reach), end + self._reach
        if self._any.search(text, low, high) is None:
            return False
        return any(_overlaps(one, text, (low, high), (start, end)) for one in self._each)


class ActivePhrase:
    """A phrase at work."""

    def __init__(self, data: PhraseData, rule: ActiveRule, lists: Mapping[str, str]) -> None:
        _, self.source, self.label, self.only_in_ask, self.after = data
        self.rule = rule
        self._lists = lists

    @cached_property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern."""
        return re.compile(pattern(self.source, self._lists))


class Calls:
    """All phrases that one stem calls, and one pattern that says whether any can match."""

    def __init__(self, phrases: list[tuple[ActivePhrase, int]], lists: Mapping[str, str]) -> None:
        self.phrases = phrases
        self.before = max(before for _, before in phrases)
        self.after = max(phrase.after for phrase, _ in phrases)
        self._lists = lists

    @cached_property
    def any(self) -> re.Pattern[str]:
        """Matches wherever one of the phrases does."""
        sources = (phrase.source for phrase, _ in self.phrases)
        return re.compile(any_pattern(sources, self._lists))


def _overlaps(
    one: re.Pattern[str], text: str, window: tuple[int, int], span: tuple[int, int]
) -> bool:
    low, high = window
    while (match := one.search(text, low, high)) is not None and match.start() < span[1]:
        if match.end() > span[0] and whole(text, match.end(), high):
            return True
        low = match.start() + 1
    return False


def whole(text: str, end: int, high: int) -> bool:
    """False for a match that ends only because the window does."""
    return end < high or high >= len(text)
