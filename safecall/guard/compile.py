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

from safecall.guard.frequent import cost
from safecall.guard.phrases import (
    WORD,
    Choice,
    Gap,
    Marked,
    Node,
    Sequence,
    Shape,
    Word,
    longest,
    pattern,
)
from safecall.guard.rules import Kind, Rule, Triggers
from safecall.guard.typos import one_edit_variants

#: Stands for "a run of three digits", the stem of numbers.
DIGITS = "#"
_PIECES = re.compile(rf"{WORD}+")
_MAX_STEMS = 600


@dataclass(frozen=True, slots=True)
class Stem:
    """A word of folded text; with ``prefix``, the beginning of a word."""

    text: str
    prefix: bool = False


@dataclass(slots=True, eq=False)
class CompiledRule:
    """What the engine needs of a rule at run time."""

    id: str
    kind: Kind
    lang: str
    capitals: bool
    but_not: tuple[Sequence, ...]
    order: int
    _cancel: tuple[re.Pattern[str], tuple[re.Pattern[str], ...]] | None = None
    reach: int = 0

    def cancelled(self, text: str, start: int, end: int) -> bool:
        """Whether a ``but_not`` phrase overlaps ``text[start:end]``."""
        if not self.but_not:
            return False
        if self._cancel is None:
            parts = [pattern(phrase) for phrase in self.but_not]
            every = re.compile("|".join(f"(?:{part})" for part in parts))
            self._cancel = every, tuple(re.compile(part) for part in parts)
        every, single = self._cancel
        low, high = max(0, start - self.reach), end + self.reach
        if every.search(text, low, high) is None:
            return False
        return any(_overlaps(one, text, low, high, start, end) for one in single)


def _overlaps(one: re.Pattern[str], text: str, low: int, high: int, start: int, end: int) -> bool:
    while (match := one.search(text, low, high)) is not None and match.start() < end:
        if match.end() > start and whole(text, match.end(), high):
            return True
        low = match.start() + 1
    return False


def whole(text: str, end: int, high: int) -> bool:
    """False for a match that ends only because the window does."""
    return end < high or high >= len(text)


@dataclass(slots=True, eq=False)
class Phrase:
    """One phrase of one rule, as called by one stem."""

    rule: CompiledRule
    sequence: Sequence
    label: bool
    only_in_ask: bool
    before: int
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
    """All phrases that one stem calls, and one pattern that says whether any can match."""

    phrases: list[Phrase] = field(default_factory=list)
    before: int = 0
    after: int = 0
    _any: re.Pattern[str] | None = None

    def add(self, phrase: Phrase) -> None:
        """Take a phrase in; only before the first search."""
        self.phrases.append(phrase)
        self.before = max(self.before, phrase.before)
        self.after = max(self.after, phrase.after)

    @property
    def any(self) -> re.Pattern[str]:
        """Matches wherever one of the phrases does."""
        if self._any is None:
            self._any = re.compile("|".join(pattern(phrase.sequence) for phrase in self.phrases))
        return self._any


@dataclass(slots=True, eq=False)
class Plan:
    """Everything that `engine` looks up."""

    words: dict[str, Calls]
    prefixes: dict[str, Calls]
    heads: dict[str, tuple[str, ...]]
    head_length: int
    inside: re.Pattern[str] | None
    variants: dict[str, str]
    vocabulary: frozenset[str]
    rules: tuple[CompiledRule, ...]


def compile_plan(rules: Iterable[Rule], triggers: Triggers) -> Plan:
    """Choose stems for all phrases of ``rules`` and put the plan together."""
    words: dict[str, Calls] = defaultdict(Calls)
    prefixes: dict[str, Calls] = defaultdict(Calls)
    vocabulary: set[str] = set()
    compiled: list[CompiledRule] = []
    for order, rule in enumerate(rules):
        reach = max((longest(phrase) for phrase in rule.but_not), default=0) + 8
        target = CompiledRule(
            rule.id,
            rule.kind,
            rule.lang,
            rule.only_in_ask,
            rule.but_not,
            order,
            reach=reach,
        )
        compiled.append(target)
        for sequence in rule.find:
            _place(words, prefixes, target, sequence, (rule.labels, rule.only_in_ask))
        for sequence in rule.label:
            _place(words, prefixes, target, sequence, (True, True))
        for sequence in (*rule.find, *rule.label):
            vocabulary.update(_vocabulary(sequence))
    heads, length = _heads(prefixes)
    variants = one_edit_variants(triggers, vocabulary)
    return Plan(
        dict(words), dict(prefixes), heads, length, None, variants, frozenset(vocabulary),
        tuple(compiled),
    )  # fmt: skip


def _place(
    words: dict[str, Calls],
    prefixes: dict[str, Calls],
    rule: CompiledRule,
    sequence: Sequence,
    where: tuple[bool, bool],
) -> None:
    stems = choose(sequence)
    total = longest(sequence) + 8
    for stem, before in stems.items():
        calls = (prefixes if stem.prefix else words)[stem.text]
        calls.add(Phrase(rule, sequence, *where, before, total))


def choose(sequence: Sequence) -> dict[Stem, int]:
    """The cheapest set of stems of ``sequence``, each with how far before it a match may begin."""
    best = _best(sequence)
    assert best is not None, "a checked phrase has something obligatory"
    return best[1]


def _best(sequence: Sequence) -> tuple[float, dict[Stem, int]] | None:
    best: tuple[float, dict[Stem, int]] | None = None
    before = 0
    for node in sequence.nodes:
        found = _stems(node)
        if found is not None:
            shifted = {stem: before + inner for stem, inner in found[1].items()}
            price = found[0] * (1.3 if before else 1.0)
            if best is None or price < best[0]:
                best = price, shifted
        before += longest(node) + 4
    return best


def _stems(node: Node) -> tuple[float, dict[Stem, int]] | None:
    if isinstance(node, Word):
        return _word_stems(node)
    if isinstance(node, Shape):
        return 15.0, {Stem(DIGITS): 14}
    if isinstance(node, Marked):
        return _best(node.inside)
    if isinstance(node, Gap) or node.optional:
        return None
    total = 0.0
    union: dict[Stem, int] = {}
    for branch in node.branches:
        found = _best(branch)
        if found is None:
            return None
        total += found[0]
        for stem, inner in found[1].items():
            union[stem] = max(inner, union.get(stem, 0))
    return total * 0.9 + len(union) * 0.02, union


def _word_stems(word: Word) -> tuple[float, dict[Stem, int]]:
    """A word with an apostrophe or a hyphen may be typed as one word or as several."""
    pieces = _PIECES.findall(word.text)
    if len(pieces) == 1 and pieces[0] == word.text:
        return cost(word.text) * (2 if word.prefix else 1), {Stem(word.text, word.prefix): 0}
    whole = "".join(pieces)
    rarest = min(range(len(pieces)), key=lambda at: cost(pieces[at]))
    stems = {Stem(whole, word.prefix): 0}
    before = sum(len(piece) + 3 for piece in pieces[:rarest])
    stems[Stem(pieces[rarest], word.prefix and rarest == len(pieces) - 1)] = before
    # Some of several joints may be closed: the beginning is then the beginning of a word.
    if len(pieces) > 2:
        stems[Stem(pieces[0], prefix=True)] = 0
    return sum(cost(stem.text) for stem in stems), stems


def _vocabulary(sequence: Sequence) -> set[str]:
    out: set[str] = set()
    for node in sequence.nodes:
        if isinstance(node, Word):
            out.update(_PIECES.findall(node.text))
        elif isinstance(node, Choice):
            out.update(*(_vocabulary(branch) for branch in node.branches))
        elif isinstance(node, Marked):
            out.update(_vocabulary(node.inside))
    return out


def _heads(prefixes: dict[str, Calls]) -> tuple[dict[str, tuple[str, ...]], int]:
    """Prefix stems by their first letters, so that one look-up a word rules most words out."""
    length = min((len(prefix) for prefix in prefixes), default=4)
    length = max(1, min(length, 4))
    heads: dict[str, list[str]] = defaultdict(list)
    for prefix in prefixes:
        heads[prefix[:length]].append(prefix)
    return {head: tuple(found) for head, found in heads.items()}, length
