"""From rules to a plan: symbols, the patterns of all phrases, and which symbols call them."""

from __future__ import annotations

import marshal
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import chain, pairwise

from safecall.guard.alphabet import number_symbols
from safecall.guard.contexts import Context
from safecall.guard.fold import fold_word
from safecall.guard.grammar import (
    REACH,
    Units,
    leaves,
    longest,
    plain,
)
from safecall.guard.grams import gate_data
from safecall.guard.places import NUMBER, places, trail_data
from safecall.guard.plan import ContextData, PatternData, PhraseData, Plan, RuleData
from safecall.guard.rules import Rule, Triggers
from safecall.guard.stems import Stem, choose
from safecall.guard.symbols import Symbols
from safecall.guard.tables import packed
from safecall.guard.typos import one_edit_variants


def compile_plan(
    rules: Iterable[Rule], triggers: Triggers, contexts: Iterable[Context] = ()
) -> Plan:
    """Choose symbols and stems for all phrases of ``rules`` and put the plan together."""
    finds = [(rule, list(_phrases(rule)), list(map(plain, rule.but_not))) for rule in rules]
    frames = list(_frames(contexts))
    framing = (leaves(units) for _, one, _, ends in frames for units in (one, *ends))
    symbols = Symbols(chain(_sets(finds), *framing))
    phrases: list[PhraseData] = []
    patterns: list[PatternData] = []
    calls: dict[str, list[tuple[int, int]]] = defaultdict(list)
    screened: dict[int, Units] = {}
    for number, (_, found, _) in enumerate(finds):
        for units, label, only_in_ask in found:
            if not only_in_ask:
                screened[len(phrases)] = units
            for symbol, before in _callers(choose(units), symbols).items():
                calls[symbol].append((len(phrases), before))
            patterns.append(_pattern(units, symbols))
            phrases.append((number, label, only_in_ask, longest(units)))
    active: list[RuleData] = []
    for rule, _, but_not in finds:
        active.append(_rule_data(rule, but_not, len(patterns)))
        patterns += (_pattern(units, symbols) for units in but_not)
    labels = {number for number, (_, label, _, _) in enumerate(phrases) if label}
    return Plan(
        rules=active,
        phrases=phrases,
        patterns=patterns,
        words=symbols.words,
        prefixes=symbols.prefixes,
        calls={symbol: marshal.dumps(called) for symbol, called in calls.items()},
        variants=one_edit_variants(triggers, symbols.words.keys(), symbols.prefixes.keys()),
        joined=_joined(triggers.joined),
        abbreviated=frozenset(map(fold_word, triggers.abbreviated)),
        gate=gate_data(screened.values()),
        gate_of_ask=marshal.dumps(
            gate_data(units for _, found, _ in finds for units, _, _ in found)
        ),
        trails=packed(trail_data(screened, symbols, labels)),
        contexts=marshal.dumps([_context_data(frame, symbols) for frame in frames]),
        reach=max((longest(trigger) + REACH for _, trigger, _, _ in frames), default=0),
    )


#: A context's id, a trigger, whether it reaches ahead, and the ends of its reach.
_Frame = tuple[str, Units, bool, tuple[Units, ...]]


def _frames(contexts: Iterable[Context]) -> Iterator[_Frame]:
    for context in contexts:
        ends = tuple(map(plain, context.ends))
        yield from ((context.id, plain(one), True, ends) for one in context.ahead)
        yield from ((context.id, plain(one), False, ends) for one in context.behind)


def _context_data(frame: _Frame, symbols: Symbols) -> ContextData:
    name, units, ahead, ends = frame
    pattern, reach = symbols.pattern(units), symbols.reach(ends)
    text = pattern + reach if ahead else reach + pattern
    needed = "".join(_callers(choose(units), symbols))
    return name, _pattern_data(text, units, symbols), needed


def _joined(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Words that are written together with the next one, by their first letter, longest first."""
    out: dict[str, list[str]] = defaultdict(list)
    for word in sorted(map(fold_word, words), key=lambda one: (-len(one), one)):
        out[word[0]].append(word)
    return {first: tuple(found) for first, found in out.items()}


_Found = tuple[Rule, list[tuple[Units, bool, bool]], list[Units]]


def _phrases(rule: Rule) -> Iterator[tuple[Units, bool, bool]]:
    """Each phrase, whether it counts only as a label, and whether only for `ask`."""
    for phrase in rule.find:
        yield plain(phrase), rule.labels, rule.only_in_ask
    for phrase in rule.label:
        yield plain(phrase), True, True


def _sets(finds: list[_Found]) -> Iterator[frozenset[tuple[str, bool]]]:
    for _, found, but_not in finds:
        for units, _, _ in found:
            yield from leaves(units)
        for units in but_not:
            yield from leaves(units)


def _pattern(units: Units, symbols: Symbols) -> PatternData:
    return _pattern_data(symbols.pattern(units), units, symbols)


def _pattern_data(text: str, units: Units, symbols: Symbols) -> PatternData:
    """A pattern, with the obligatory places of these units."""
    every = places(units, pairs=False, signs=True)
    found = [place for place in every if NUMBER not in place.words]
    reaches = [0, *(one.reach(other) for one, other in pairwise(found))]
    words = (frozenset(word for (word,) in place.words) for place in found)
    stand = ("".join(sorted(symbols.of_words(one))) for one in words)
    return marshal.dumps((text, list(zip(stand, reaches, strict=False))))


def _callers(stems: dict[Stem, int], symbols: Symbols) -> dict[str, int]:
    """The symbols that may stand at a stem, each with how far before it a match may begin."""
    out: dict[str, int] = {}
    for stem, before in stems.items():
        for symbol in number_symbols(stem) if isinstance(stem, str) else symbols.of_set(stem):
            out[symbol] = max(before, out.get(symbol, 0))
    return out


def _rule_data(rule: Rule, but_not: list[Units], first: int) -> RuleData:
    reach = max(map(longest, but_not), default=0)
    last = first + len(but_not)
    return rule.id, str(rule.kind), rule.lang, rule.capitals, first, last, reach
