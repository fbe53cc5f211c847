"""Matching: from the symbols of a text to the phrases that they call."""

from __future__ import annotations

import bisect
import marshal
import re
from collections.abc import Collection, Iterable, Iterator
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import chain, compress
from typing import Final, NamedTuple

from safecall.guard.capitals import in_capitals, is_mixed
from safecall.guard.fold import Folded
from safecall.guard.gate import Gate
from safecall.guard.kinds import Kind
from safecall.guard.known import NOTHING, Known
from safecall.guard.labels import has_note, stands_alone
from safecall.guard.notes import Span, notes, without
from safecall.guard.plan import ActiveContexts, ActivePhrase, ActiveRule, Calls, Plan
from safecall.guard.spelling import Spelling, words_of
from safecall.guard.weighing.scale import Scale


class Match(NamedTuple):
    """Where a phrase was found, in offsets of the original text."""

    start: int
    end: int
    rule: ActiveRule


class Placed(NamedTuple):
    """From where to where in a folded text, what, and the context that says it is nobody's."""

    start: int
    end: int
    phrase: ActivePhrase
    context: str


class _Looked(NamedTuple):
    """A text, its straight form and the words of that where known, what is found in it, and whether
    the scale may find more.
    """

    text: str
    folded: Folded
    words: list[str] | None
    placed: list[Placed]
    may_be_heavy: bool


class Engine:
    """Compiled rules at work, and the scale for what they leave; safe to share between threads."""

    def __init__(self, plan: Plan, scale: Scale | None = None) -> None:
        self.plan, self.scale = plan, scale
        rules = [ActiveRule(data, plan.patterns) for data in plan.rules]
        self.phrases = [ActivePhrase(plan, number, rules) for number in range(len(plan.phrases))]
        self._contexts = ActiveContexts(plan.contexts, plan.reach)
        self._calls: dict[str, Calls] = {}
        self.gate = Gate(plan.gate)
        self.spelling = Spelling(plan)

    @cached_property
    def _gate_of_ask(self) -> Gate:
        return Gate(marshal.loads(self.plan.gate_of_ask))  # noqa: S302 - our own plan

    def matches(self, text: str, *, ask: bool = False, known: Known = NOTHING) -> list[Match]:
        """All matches of all rules in ``text``, not yet merged, none twice."""
        one = self._looked_at(text, known, ask)
        # What is asked in a script can be put in other words: there rules have the only word.
        if one.placed and not ask:
            (one,) = self._not_overruled([one])
        return self._matches(one, ask)

    def matches_of(self, texts: Iterable[tuple[str, Known]]) -> list[list[Match]]:
        """The matches in each of many texts, which are weighed together."""
        every = [self._looked_at(text, known, ask=False) for text, known in texts]
        return [self._matches(one, ask=False) for one in self._not_overruled(every)]

    def _looked_at(self, text: str, known: Known, ask: bool) -> _Looked:
        folded, words = known.straight, None
        if folded is None:
            folded, words = self.spelling.straightened(text)
        placed = self._all_placed(folded.text, words, ask, known.phrases)
        somebodys = [one for one in placed if not one.context]
        return _Looked(text, folded, words, somebodys, known.may_be_heavy)

    def _matches(self, one: _Looked, ask: bool) -> list[Match]:
        every = dict.fromkeys(_match(one.folded, placed) for placed in one.placed)
        found = _with_capitals(one.text, list(every)) if every else []
        if one.may_be_heavy and not ask:
            found += self._weighed(one.folded, one.words, found)
        return found

    def _not_overruled(self, every: list[_Looked]) -> list[_Looked]:
        """Without what stands in a sentence that says nobody's status; labels and numbers stay."""
        if self.scale is None:
            return every
        some = [[one for one in of.placed if _may_be_nobodys(one.phrase)] for of in every]
        spans = [[(one.start, one.end, one.phrase.rule.id) for one in placed] for placed in some]
        over = self.scale.overruled(
            [(one.folded.text, of) for one, of in zip(every, spans, strict=True)]
        )
        out: list[_Looked] = []
        for one, placed, light in zip(every, some, over, strict=True):
            gone = set(compress(placed, light))
            rest = [other for other in one.placed if other not in gone]
            out.append(one._replace(placed=rest) if gone else one)
        return out

    def _weighed(self, folded: Folded, words: list[str] | None, found: list[Match]) -> list[Match]:
        """What the scale finds in sentences in which rules find nothing, and no authority."""
        taken = [(one.start, one.end) for one in found]

        def is_free(start: int, end: int) -> bool:
            start, end = folded.span(start, end)
            return not any(first < end and start < last for first, last in taken)

        low = folded.text
        every = self.scale.found(low, words or words_of(low), is_free) if self.scale else ()
        some = chain(*(spans for spans in every if not self._in_context(low, spans)))
        return [Match(*folded.span(*span), WEIGHED) for span in some]

    def _in_context(self, low: str, spans: list[Span]) -> bool:
        """Whether a context says of one of these words that they are nobody's."""
        spelt = self.spelling.spelt(low)
        begins, ends = zip(*spelt.spans(), strict=True)
        return any(
            self._contexts.of(
                spelt.symbols, bisect.bisect_right(ends, start), bisect.bisect_left(begins, end)
            )
            for start, end in spans
        )

    def left(self, text: str) -> list[tuple[Match, str]]:
        """What contexts leave in ``text``, each with the id of one that does; for rule authors."""
        folded, words = self.spelling.straightened(text)
        placed = self._all_placed(folded.text, words, ask=False, among=None)
        return [(_match(folded, one), one.context) for one in placed if one.context]

    def _all_placed(
        self, low: str, words: list[str] | None, ask: bool, among: Collection[ActivePhrase] | None
    ) -> list[Placed]:
        """The phrases in a folded text as it stands, and labels without their notes."""
        placed = self._placed(low, words, ask, among)
        if some := notes(low):
            more = self._placed(without(low, some), None, ask, among)
            placed += [one for one in more if _has_note(one, low, some)]
        return placed

    def _placed(
        self, low: str, words: list[str] | None, ask: bool, among: Collection[ActivePhrase] | None
    ) -> list[Placed]:
        """The phrases in a folded text, with their places in it."""
        gate = self._gate_of_ask if ask else self.gate
        if among is None and not self._may_hold(low, words or words_of(low), gate):
            return []
        spelt = self.spelling.spelt(low)
        symbols = spelt.symbols
        found = dict.fromkeys(self._found(symbols, ask, among))
        if not found:
            return []
        spans = spelt.spans()
        placed = (
            Placed(spans[at][0], spans[end - 1][1], phrase, self._context(symbols, at, end, phrase))
            for at, end, phrase in found
        )
        low = spelt.low
        return [
            one for one in placed if not one.phrase.label or stands_alone(low, one.start, one.end)
        ]

    def _context(self, symbols: str, start: int, end: int, phrase: ActivePhrase) -> str:
        """The context that says that it is nobody's; labels and numbers are somebody's."""
        if not _may_be_nobodys(phrase):
            return ""
        return self._contexts.of(symbols, start, end)

    def _may_hold(self, low: str, words: list[str], gate: Gate) -> bool:
        """Whether a phrase may be in the text; most texts hold none."""
        if gate.opens(low, words):
            return True
        spelling = self.spelling
        if spelling.may_elide(low) and gate.opens("", words_of(spelling.without_elisions(low))):
            return True
        return spelling.is_unspaced(low) or spelling.may_join(low, words)

    def _found(
        self, symbols: str, ask: bool, among: Collection[ActivePhrase] | None
    ) -> Iterator[tuple[int, int, ActivePhrase]]:
        if among is not None:
            for phrase in among:
                if ask or not phrase.only_in_ask:
                    yield from _somebodys(phrase, symbols, _everywhere(phrase, symbols))
            return
        known, present = self.plan.calls, frozenset(symbols)
        for at, symbol in enumerate(symbols):
            if symbol in known:
                yield from _called(self._called_by(symbol), symbols, present, at, ask)

    def _called_by(self, symbol: str) -> Calls:
        """What a symbol calls; made when it is first met."""
        calls = self._calls.get(symbol)
        if calls is None:
            data = marshal.loads(self.plan.calls[symbol])  # noqa: S302 - our own plan
            calls = {self.phrases[number]: before for number, before in data}
            self._calls[symbol] = calls
        return calls


#: In the place of a rule, where a sentence was weighed; of no language ("und", BCP 47).
WEIGHED: Final = ActiveRule(("second-reading", Kind.STATEMENT, "und", False, 0, 0, 0), ())


def _with_capitals(text: str, found: list[Match]) -> list[Match]:
    """Those whose rule does not ask for capitals, or has them while the text has others."""
    if not any(one.rule.capitals for one in found):
        return found
    mixed = is_mixed(text)
    return [
        one
        for one in found
        if not one.rule.capitals or (mixed and in_capitals(text[one.start : one.end]))
    ]


def _match(folded: Folded, one: Placed) -> Match:
    return Match(*folded.span(one.start, one.end), one.phrase.rule)


def _may_be_nobodys(phrase: ActivePhrase) -> bool:
    """Whether what stands round the words may say that they are nobody's."""
    return not phrase.label and phrase.rule.kind not in (Kind.AUTHORITY, Kind.IDENTIFIER)


def _has_note(one: Placed, low: str, some: list[Span]) -> bool:
    """Whether a phrase that is found without notes is a label with one of them, or its field."""
    asks = one.phrase.label or one.phrase.rule.kind == Kind.QUESTION
    return has_note(low, one.start, one.end, some, asks=asks)


def _called(
    calls: Calls, symbols: str, present: AbstractSet[str], at: int, ask: bool
) -> Iterator[tuple[int, int, ActivePhrase]]:
    """The matches of the phrases that the symbol at ``at`` calls."""
    for phrase, before in calls.items():
        if phrase.only_in_ask and not ask:
            continue
        low, high = max(0, at - before), at + phrase.length
        if phrase.may_match(symbols[low:high], present):
            yield from _somebodys(phrase, symbols, _beginning(phrase, symbols, low, at))


def _somebodys(
    phrase: ActivePhrase, symbols: str, matches: Iterable[re.Match[str]]
) -> Iterator[tuple[int, int, ActivePhrase]]:
    """What those of the matches of ``phrase`` mark that nothing cancels."""
    for match in matches:
        if not phrase.rule.cancelled(symbols, *match.span()):
            for start, end in match.regs[1:] or match.regs:
                if start < end:
                    yield start, end, phrase


def _beginning(phrase: ActivePhrase, symbols: str, low: int, at: int) -> Iterator[re.Match[str]]:
    """The matches of ``phrase`` that begin at ``low`` to ``at``, wherever others end."""
    high = at + phrase.length
    if low == at:
        one = phrase.regex.match(symbols, at, high)
        if one is not None:
            yield one
        return
    while (match := phrase.regex.search(symbols, low, high)) and match.start() <= at:
        yield match
        low = match.start() + 1


def _everywhere(phrase: ActivePhrase, symbols: str) -> Iterator[re.Match[str]]:
    """All matches of ``phrase``, wherever others end."""
    return _beginning(phrase, symbols, 0, len(symbols))
