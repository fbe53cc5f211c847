"""Matching: from folded text to symbols, and from symbols to the phrases that they call."""

from __future__ import annotations

import bisect
import marshal
import re
from collections.abc import Collection, Iterable, Iterator
from functools import cached_property
from typing import Final, NamedTuple

from safecall.guard.alphabet import OTHER_SIGN, SIGNS, UNKNOWN, WALL, WORD, number_symbol
from safecall.guard.fold import BARRIER, MARKER, Folded, fold
from safecall.guard.gate import Gate
from safecall.guard.kinds import Kind
from safecall.guard.notes import Span, notes, without
from safecall.guard.plan import ActiveContexts, ActivePhrase, ActiveRule, Calls, Plan
from safecall.guard.segments import NUMBER, PARTING, Segmenter, is_unspaced
from safecall.guard.straighten import straighten

_ASCII_WORDS: Final = re.compile(r"[a-z0-9]+")
_WORDS: Final = re.compile(rf"{WORD}+")
_ASCII_UNITS: Final = re.compile(rf"[a-z0-9]+(?:'[a-z0-9]+)*|[^{PARTING}]")
_UNITS: Final = re.compile(rf"{WORD}+(?:'{WORD}+)*|[^{PARTING}]")
_UNITS_WITH_NUMBERS: Final = re.compile(rf"{NUMBER}|{_UNITS.pattern}")
_NUMBERS: Final = re.compile(NUMBER)
_NUMBER_ABBREVIATED: Final = re.compile(r"\b(no|nos|nr|num|reg|ref)\.(?= ?[a-z]{0,3}[0-9])")
#: A word with a full stop after it that another word follows.
_BEFORE_STOP: Final = re.compile(r"\b([^\W\d_]{1,12})\.(?=[ \t-]*[^\W_])")
_DIGIT_RUN: Final = re.compile(r"[0-9]{3}")
_SENTENCE_ENDS: Final = dict.fromkeys("\u3002\uff01\uff1f\u061f\u06d4\u0964\u1362\u104b\u17d4", ".")
_SIGN_SYMBOLS: Final = {
    **{sign: sign for sign in (*SIGNS, *".!?;,()")}, **_SENTENCE_ENDS, BARRIER: WALL
}  # fmt: skip
#: So many first letters of a word say whether a beginning of a word can fit.
_HEAD: Final = 4


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


class Engine:
    """Compiled rules at work; safe to share between threads."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        rules = [ActiveRule(data, plan.patterns) for data in plan.rules]
        self.phrases = [
            ActivePhrase(data, pattern, rules[data[0]])
            for data, pattern in zip(plan.phrases, plan.patterns, strict=False)
        ]
        self._contexts = ActiveContexts(plan.contexts, plan.reach)
        self._calls: dict[str, Calls] = {}
        self._heads: dict[str, int] = {}
        for prefix in sorted(plan.prefixes, key=len):
            self._heads[prefix[:_HEAD]] = len(prefix)
        self.gate = Gate(plan.gate)
        every = [word for words in plan.joined.values() for word in words]
        self.joined = {word[0] for word in every if not word.endswith("'")}
        self._joins_no_ascii = not any(letter.isascii() for letter in self.joined)
        self.elided = [word[:-1] for word in every if word.endswith("'")]
        self._elision = re.compile(rf"(?<!{WORD})(?:{'|'.join(self.elided)})'")

    @cached_property
    def _gate_of_ask(self) -> Gate:
        return Gate(marshal.loads(self.plan.gate_of_ask))  # noqa: S302 - our own plan

    @cached_property
    def _segmenter(self) -> Segmenter:
        return Segmenter((*self.plan.words, *self.plan.prefixes))

    def matches(
        self,
        text: str,
        *,
        ask: bool = False,
        among: Collection[ActivePhrase] | None = None,
        straight: Folded | None = None,
    ) -> list[Match]:
        """All matches of all rules in ``text``, not yet merged, none twice.

        ``among`` are the phrases that the text may hold, and ``straight`` is its straight form
        (`straightened`), if those are known.
        """
        folded, words = (straight, None) if straight else self.straightened(text)
        placed = self._all_placed(folded.text, words, ask, among)
        somebodys = (one for one in placed if not one.context)
        out = dict.fromkeys(_match(folded, one) for one in somebodys)
        return _with_capitals(text, list(out)) if out else []

    def left(self, text: str) -> list[tuple[Match, str]]:
        """What contexts leave in ``text``, each with the id of one that does; for rule authors."""
        folded, words = self.straightened(text)
        placed = self._all_placed(folded.text, words, ask=False, among=None)
        return [(_match(folded, one), one.context) for one in placed if one.context]

    def _all_placed(
        self, low: str, words: list[str] | None, ask: bool, among: Collection[ActivePhrase] | None
    ) -> list[Placed]:
        """The phrases in a folded text as it stands, and labels without their notes."""
        placed = self._placed(low, words or _words(low), ask, among)
        if some := notes(low):
            bare = without(low, some)
            more = self._placed(bare, _words(bare), ask, None)
            placed += [one for one in more if _is_label(one, low, some)]
        return placed

    def _placed(
        self, low: str, words: list[str], ask: bool, among: Collection[ActivePhrase] | None
    ) -> list[Placed]:
        """The phrases in a folded text, with their places in it."""
        gate = self._gate_of_ask if ask else self.gate
        if among is None and not self._may_hold(low, words, gate):
            return []
        numbers = _DIGIT_RUN.search(low) is not None and _NUMBERS.search(low) is not None
        # Full stops that end no sentence, "Lugar de nac.: ..." and "no. 4821", are spaces.
        low = low.replace(".:", " :")
        if "." in low:
            low = _BEFORE_STOP.sub(self._without_stop, low)
        if numbers:
            low = _NUMBER_ABBREVIATED.sub(r"\1 ", low)
        units, spans = self._units(low, numbers=numbers)
        known = self.plan.words.get
        symbols = "".join([known(unit) or self._symbol(unit, numbers) for unit in units])
        found = dict.fromkeys(self._found(symbols, ask, among))
        if not found:
            return []
        spans = spans or [match.span() for match in _pattern(low, numbers=numbers).finditer(low)]
        placed = (
            Placed(spans[at][0], spans[end - 1][1], phrase, self._context(symbols, at, end, phrase))
            for at, end, phrase in found
        )
        return [
            one for one in placed if not one.phrase.label or stands_alone(low, one.start, one.end)
        ]

    def _context(self, symbols: str, start: int, end: int, phrase: ActivePhrase) -> str:
        """The context that says that what was found is nobody's; a label is somebody's."""
        if phrase.label or phrase.rule.kind == Kind.AUTHORITY:
            return ""
        return self._contexts.of(symbols, start, end)

    def _without_stop(self, found: re.Match[str]) -> str:
        word = found[1]
        return f"{word} " if word in self.plan.abbreviated else f"{word}."

    def straightened(self, text: str) -> tuple[Folded, list[str]]:
        """The folded text that phrases are looked for in, and its words."""
        folded = fold(text)
        words = _words(folded.text)
        straight = straighten(folded, words, self.plan)
        return (folded, words) if straight is folded else (straight, _words(straight.text))

    def parts_at_spaces(self, low: str) -> bool:
        """Whether the words of a straight text are all that is between its signs and spaces.

        Not in a script without spaces, nor where words are elided or notes may count as spaces.
        """
        odd = "\0" in low or "''" in low or self.may_elide(low) or self._unspaced(low)
        return not odd and not notes(low)

    def may_elide(self, low: str) -> bool:
        """Whether a word may be written together with the next one, such as ``l'``."""
        return bool(self.elided) and "'" in low and self._elision.search(low) is not None

    def _may_hold(self, low: str, words: list[str], gate: Gate) -> bool:
        """Whether a phrase may be in the text; most texts hold none."""
        if gate.opens(low, words):
            return True
        if self.may_elide(low) and gate.opens("", _words(self._elision.sub("", low))):
            return True
        if self._unspaced(low):
            return True
        if self._joins_no_ascii and low.isascii():
            return False
        return any(
            word[0] in self.joined and self._symbol(word, False) != UNKNOWN for word in set(words)
        )

    def _units(self, low: str, *, numbers: bool) -> tuple[list[str], list[tuple[int, int]]]:
        """The units of a folded text, with their places where those are known."""
        if self._unspaced(low):
            spans = self._segmenter.spans(low)
            return [low[start:end] for start, end in spans], spans
        return _pattern(low, numbers=numbers).findall(low), []

    def _unspaced(self, low: str) -> bool:
        return not low.isascii() and is_unspaced(low) and self._segmenter.knows_words

    def symbol(self, word: str) -> str:
        """The symbol of a word of straight text."""
        return self._symbol(word, numbers=False)

    def _symbol(self, unit: str, numbers: bool) -> str:
        """The symbol of one unit of folded text."""
        if "'" in unit:
            return self._elided_symbol(unit, numbers)
        symbol = self.plan.words.get(unit) or _SIGN_SYMBOLS.get(unit)
        if symbol is None and numbers and len(unit) > 5:
            symbol = number_symbol(unit)
        if symbol is None:
            symbol = self._prefix_symbol(unit)
            if symbol == UNKNOWN and unit[0] in self.joined:
                symbol = self._joined_symbol(unit)
        return symbol

    def _joined_symbol(self, unit: str) -> str:
        """The symbol of the word after one that is written together with it."""
        for before in self.plan.joined[unit[0]]:
            if unit.startswith(before) and len(unit) > len(before) + 1:
                rest = unit[len(before) :]
                symbol = self.plan.words.get(rest) or self._prefix_symbol(rest)
                if symbol != UNKNOWN:
                    return symbol
        return UNKNOWN

    def _elided_symbol(self, unit: str, numbers: bool) -> str:
        """The symbol of a unit with an apostrophe: of the whole, or of what follows ``l'``."""
        whole = unit.replace("'", "")
        if self.elided and whole not in self.plan.words:
            head, _, rest = unit.partition("'")
            if f"{head}'" in self.plan.joined.get(head[0], ()):
                symbol = self._symbol(rest, numbers)
                if symbol != UNKNOWN:
                    return symbol
        return self._symbol(whole, numbers)

    def _prefix_symbol(self, unit: str) -> str:
        """The symbol of the longest known beginning of ``unit``, which is no known word."""
        prefixes = self.plan.prefixes
        for end in range(self._heads.get(unit[:_HEAD], _HEAD - 1), 0, -1):
            symbol = prefixes.get(unit[:end])
            if symbol is not None:
                return symbol
        return UNKNOWN if unit[:1].isalnum() else OTHER_SIGN

    def _found(
        self, symbols: str, ask: bool, among: Collection[ActivePhrase] | None
    ) -> Iterator[tuple[int, int, ActivePhrase]]:
        known = self.plan.calls
        for at, symbol in enumerate(symbols):
            if symbol in known:
                calls = self._called_by(symbol)
                some = calls if among is None else {o: calls[o] for o in among if o in calls}
                if some:
                    yield from _called(some.items(), symbols, at, ask, sure=among is not None)

    def _called_by(self, symbol: str) -> Calls:
        """What a symbol calls; made when it is first met."""
        calls = self._calls.get(symbol)
        if calls is None:
            data = marshal.loads(self.plan.calls[symbol])  # noqa: S302 - our own plan
            calls = {self.phrases[number]: before for number, before in data}
            self._calls[symbol] = calls
        return calls


def _match(folded: Folded, one: Placed) -> Match:
    return Match(*folded.span(one.start, one.end), one.phrase.rule)


def _is_label(one: Placed, low: str, some: list[Span]) -> bool:
    """Whether a phrase that is found without notes is a label with one of them, or its field."""
    start, end, phrase, _ = one
    within = bisect.bisect_right(some, (start, 0))
    if within < len(some) and some[within][1] < end:
        return True
    behind = bisect.bisect_left(some, (end, 0))
    asks = phrase.label or phrase.rule.kind == Kind.QUESTION
    # No further than it takes to see: there may be many phrases far before one note.
    return asks and behind < len(some) and low[end : min(some[behind][0], end + 2)] in ("", " ")


def _pattern(low: str, *, numbers: bool) -> re.Pattern[str]:
    """What cuts a text in units: words, numbers of the immigration system, signs."""
    if numbers:
        return _UNITS_WITH_NUMBERS
    return _ASCII_UNITS if low.isascii() else _UNITS


def _words(low: str) -> list[str]:
    if "'" in low:
        low = low.replace("'", "")
    return (_ASCII_WORDS if low.isascii() else _WORDS).findall(low)


def _called(
    calls: Iterable[tuple[ActivePhrase, int]], symbols: str, at: int, ask: bool, *, sure: bool
) -> Iterator[tuple[int, int, ActivePhrase]]:
    """The matches of the phrases that the symbol at ``at`` calls.

    ``sure`` says that each is in the text, as far as words go.
    """
    for phrase, before in calls:
        if phrase.only_in_ask and not ask:
            continue
        if not (sure or phrase.may_match(symbols[max(0, at - before) : at + phrase.length])):
            continue
        for match in _near(phrase, symbols, at, before):
            if not phrase.rule.cancelled(symbols, *match.span()):
                for start, end in match.regs[1:] or match.regs:
                    if start < end:
                        yield start, end, phrase


def _near(phrase: ActivePhrase, symbols: str, at: int, before: int) -> Iterator[re.Match[str]]:
    """The matches of ``phrase`` that begin before or at ``at``."""
    high = at + phrase.length
    if not before:
        one = phrase.regex.match(symbols, at, high)
        if one is not None:
            yield one
        return
    for match in phrase.regex.finditer(symbols, max(0, at - before), high):
        if match.start() > at:
            return
        yield match


def _with_capitals(text: str, found: list[Match]) -> list[Match]:
    """Those whose rule does not ask for capitals, or has them while the text has others.

    Letters of a script without capitals are others too.
    """
    if not any(one.rule.capitals for one in found):
        return found
    rest = text.replace(MARKER, "")
    mixed = rest != rest.upper() or any(map(_is_caseless, rest))
    return [
        one
        for one in found
        if not one.rule.capitals or (mixed and text[one.start : one.end].isupper())
    ]


def _is_caseless(letter: str) -> bool:
    return letter.isalpha() and letter.upper() == letter.lower()


#: Colons, commas, stops and question marks of Chinese, Arabic and Ethiopic.
_OTHER_SIGNS: Final = frozenset(
    "\uff1a\uff0c\u3002\uff1f\uff01\u3001\u061f\u060c\u061b\u1361\u1362\u1363\u1365\u1366\u1367"
)
_LABEL_BEFORE: Final = _OTHER_SIGNS | frozenset("\n\"'>:|,;([{#=.?!-*\u2022\u00bf\u00a1\uff08")
_LABEL_AFTER: Final = _OTHER_SIGNS | frozenset("\n\"'<:|,;)]}=?*.\uff09")


def stands_alone(low: str, start: int, end: int) -> bool:
    """Whether ``low[start:end]`` stands alone, as a label of a form does."""
    while start and low[start - 1] in " \t":
        start -= 1
    while end < len(low) and low[end] in " \t":
        end += 1
    before = start == 0 or low[start - 1] in _LABEL_BEFORE
    return before and (end == len(low) or low[end] in _LABEL_AFTER)
