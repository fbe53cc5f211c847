"""From rules to a plan: which stems call which phrases, and in what window.

Every phrase gets a set of stems such that each match of the phrase holds one of them as a whole
word (or as the beginning of a word). The set is chosen here, by cost, never by authors. Patterns
are compiled when their stem is first met, so that loading stays quick.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from safecall.guard.patterns import any_pattern, is_unspaced, pattern
from safecall.guard.phrases import Choice, Marked, Sequence, Word, longest
from safecall.guard.rules import Kind, Rule, Triggers
from safecall.guard.stems import choose, pieces
from safecall.guard.typos import one_edit_variants

#: How much odd spacing a window allows for, in characters.
_SLACK: Final = 8


@dataclass(slots=True, eq=False)
class CompiledRule:
    """What the engine needs of a rule at run time."""

    id: str
    kind: Kind
    lang: str
    capitals: bool
    order: int
    but_not: tuple[Sequence, ...]
    _any: re.Pattern[str] | None = None
    _each: tuple[re.Pattern[str], ...] = ()
    _reach: int = 0

    def cancelled(self, text: str, start: int, end: int) -> bool:
        """Whether a ``but_not`` phrase overlaps ``text[start:end]``."""
        if not self.but_not:
            return False
        if self._any is None:
            self._reach = max(longest(phrase) for phrase in self.but_not) + _SLACK
            self._each = tuple(re.compile(pattern(phrase)) for phrase in self.but_not)
            self._any = re.compile(any_pattern(self.but_not))
        low, high = max(0, start - self._reach), end + self._reach
        if self._any.search(text, low, high) is None:
            return False
        return any(_overlaps(one, text, (low, high), (start, end)) for one in self._each)


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


@dataclass(slots=True, eq=False)
class Phrase:
    """One phrase of one rule.

    ``label``: counts only where it stands alone as a label; ``only_in_ask``: only for `ask`.
    """

    rule: CompiledRule
    sequence: Sequence
    label: bool
    only_in_ask: bool
    after: int
    _regex: re.Pattern[str] | None = None

    @property
    def regex(self) -> re.Pattern[str]:
        """The compiled pattern, made when first needed."""
        if self._regex is None:
            self._regex = re.compile(pattern(self.sequence))
        return self._regex


@dataclass(slots=True, eq=False)
class Calls:
    """All phrases that one stem calls, each with how far before the stem it may begin."""

    phrases: list[tuple[Phrase, int]] = field(default_factory=list)
    before: int = 0
    after: int = 0
    _any: re.Pattern[str] | None = None

    def add(self, phrase: Phrase, before: int) -> None:
        """Take a phrase in; only before the first search."""
        self.phrases.append((phrase, before))
        self.before = max(self.before, before)
        self.after = max(self.after, phrase.after)

    @property
    def any(self) -> re.Pattern[str]:
        """Matches wherever one of the phrases does."""
        if self._any is None:
            self._any = re.compile(any_pattern(phrase.sequence for phrase, _ in self.phrases))
        return self._any


@dataclass(slots=True, eq=False)
class Plan:
    """Everything that matching looks up.

    ``heads`` are the prefixes by their first ``head`` letters; ``unspaced`` the stems of scripts
    without spaces; ``variants`` lead from a misspelt word to the one that was meant.
    """

    words: dict[str, Calls]
    prefixes: dict[str, Calls]
    heads: dict[str, tuple[str, ...]]
    head: int
    unspaced: tuple[str, ...]
    variants: dict[str, str]
    vocabulary: frozenset[str]


def compile_plan(rules: Iterable[Rule], triggers: Triggers) -> Plan:
    """Choose stems for all phrases of ``rules`` and put the plan together."""
    words: dict[str, Calls] = defaultdict(Calls)
    prefixes: dict[str, Calls] = defaultdict(Calls)
    vocabulary: set[str] = set()
    for order, rule in enumerate(rules):
        target = CompiledRule(rule.id, rule.kind, rule.lang, rule.capitals, order, rule.but_not)
        for phrase in _phrases(rule, target):
            vocabulary.update(_vocabulary(phrase.sequence))
            for stem, before in choose(phrase.sequence).items():
                (prefixes if stem.prefix else words)[stem.text].add(phrase, before)
    heads, head = _heads(prefixes)
    return Plan(
        words=dict(words),
        prefixes=dict(prefixes),
        heads=heads,
        head=head,
        unspaced=tuple(stem for stem in {**words, **prefixes} if is_unspaced(stem)),
        variants=one_edit_variants(triggers, vocabulary),
        vocabulary=frozenset(vocabulary),
    )


def _phrases(rule: Rule, target: CompiledRule) -> list[Phrase]:
    found = [(phrase, rule.labels, rule.only_in_ask) for phrase in rule.find]
    found += [(phrase, True, True) for phrase in rule.label]
    return [Phrase(target, *each, after=longest(each[0]) + _SLACK) for each in found]


def _vocabulary(sequence: Sequence) -> set[str]:
    out: set[str] = set()
    for node in sequence.nodes:
        if isinstance(node, Word):
            out.update(pieces(node.text))
        elif isinstance(node, Choice):
            out.update(*(_vocabulary(branch) for branch in node.branches))
        elif isinstance(node, Marked):
            out.update(_vocabulary(node.inside))
    return out


def _heads(prefixes: dict[str, Calls]) -> tuple[dict[str, tuple[str, ...]], int]:
    """Prefix stems by their first letters, so that one look-up a word rules most words out."""
    head = max(1, min((len(prefix) for prefix in prefixes), default=4))
    heads: dict[str, list[str]] = defaultdict(list)
    for prefix in prefixes:
        heads[prefix[:head]].append(prefix)
    return {start: tuple(found) for start, found in heads.items()}, head
