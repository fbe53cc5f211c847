"""From rules to a plan: the sources of all patterns, and which stems call them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from safecall.guard.patterns import source
from safecall.guard.phrases import Choice, Marked, Node, Sequence, Word, longest
from safecall.guard.plan import PhraseData, Plan, RuleData
from safecall.guard.rules import Rule, Triggers
from safecall.guard.stems import choose, pieces
from safecall.guard.typos import one_edit_variants

#: How much odd spacing a window allows for, in characters.
_SLACK: Final = 8


def compile_plan(rules: Iterable[Rule], triggers: Triggers) -> Plan:
    """Choose stems for all phrases of ``rules`` and put the plan together."""
    lists: dict[str, str] = {}
    known: list[RuleData] = []
    phrases: list[PhraseData] = []
    words: dict[str, list[tuple[int, int]]] = defaultdict(list)
    prefixes: dict[str, list[tuple[int, int]]] = defaultdict(list)
    vocabulary: set[str] = set()
    for rule in rules:
        for sequence, label, only_in_ask in _phrases(rule):
            for stem, before in choose(sequence).items():
                (prefixes if stem.prefix else words)[stem.text].append((len(phrases), before))
            vocabulary |= _vocabulary(sequence)
            after = longest(sequence) + _SLACK
            phrases.append((len(known), source(sequence, lists), label, only_in_ask, after))
        known.append(_rule_data(rule, lists))
    return Plan(
        rules=known,
        phrases=phrases,
        words={stem: tuple(calls) for stem, calls in words.items()},
        prefixes={stem: tuple(calls) for stem, calls in prefixes.items()},
        lists=lists,
        variants=one_edit_variants(triggers, vocabulary),
        vocabulary=frozenset(vocabulary),
    )


def _phrases(rule: Rule) -> Iterator[tuple[Sequence, bool, bool]]:
    """Each phrase, whether it counts only as a label, and whether only for `ask`."""
    for phrase in rule.find:
        yield phrase, rule.labels, rule.only_in_ask
    for phrase in rule.label:
        yield phrase, True, True


def _rule_data(rule: Rule, lists: dict[str, str]) -> RuleData:
    but_not = tuple(source(phrase, lists) for phrase in rule.but_not)
    reach = max((longest(phrase) for phrase in rule.but_not), default=0) + _SLACK
    return rule.id, str(rule.kind), rule.lang, rule.capitals, but_not, reach


@lru_cache(maxsize=8192)
def _vocabulary(node: Node | Sequence) -> frozenset[str]:
    if isinstance(node, Word):
        return frozenset(pieces(node.text))
    if isinstance(node, Choice):
        return frozenset().union(*map(_vocabulary, node.branches))
    if isinstance(node, Sequence):
        return frozenset().union(*map(_vocabulary, node.nodes))
    return _vocabulary(node.inside) if isinstance(node, Marked) else frozenset()
