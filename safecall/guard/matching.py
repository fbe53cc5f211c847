"""Matching: from folded text to the phrases that its words call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from safecall.guard.fold import MARKER, fold
from safecall.guard.patterns import is_unspaced
from safecall.guard.phrases import WORD
from safecall.guard.plan import ActivePhrase, ActiveRule, Calls, Plan, whole
from safecall.guard.stems import DIGITS
from safecall.guard.straighten import straighten

_TOKENS: Final = re.compile(rf"{WORD}+")
_ASCII_TOKENS: Final = re.compile(r"[a-z0-9]+")
_DIGIT_RUN: Final = re.compile(r"[0-9]{3,}")


class Match(NamedTuple):
    """Where a phrase was found, in offsets of the original text."""

    start: int
    end: int
    rule: ActiveRule


class Engine:
    """Compiled rules at work; safe to share between threads."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._rules = [ActiveRule(data, plan.lists) for data in plan.rules]
        self._phrases = [
            ActivePhrase(data, self._rules[data[0]], plan.lists) for data in plan.phrases
        ]
        self._calls: dict[tuple[str, bool], Calls] = {}
        self._heads, self._head = _heads(plan)
        self._unspaced = [stem for stem in {**plan.words, **plan.prefixes} if is_unspaced(stem)]

    def matches(self, text: str, *, ask: bool = False) -> list[Match]:
        """All matches of all rules in ``text``, not yet merged, none twice."""
        folded = fold(text)
        words = _words(folded.text)
        straight = straighten(folded, words, self.plan)
        if straight is not folded:
            folded, words = straight, _words(straight.text)
        found: dict[Match, None] = {}
        for at, calls in self._hits(folded.text, set(words)):
            for start, end, phrase in _called(calls, folded.text, at, ask):
                if start < end:
                    found[Match(*folded.span(start, end), phrase.rule)] = None
        return [one for one in found if not one.rule.capitals or _capitals(text, one)]

    def _hits(self, low: str, words: set[str]) -> Iterator[tuple[int, Calls]]:
        """Where stems stand in ``low``, and what they call."""
        words_known, heads, head = self.plan.words, self._heads, self._head
        wanted = {word: [self._called_by(word)] for word in words & words_known.keys()}
        if not heads.keys().isdisjoint({word[:head] for word in words}):
            self._add_prefixes(wanted, words)
        if wanted:
            for match in (_ASCII_TOKENS if low.isascii() else _TOKENS).finditer(low):
                for calls in wanted.get(match.group(), ()):
                    yield match.start(), calls
        if DIGITS in words_known:
            for match in _DIGIT_RUN.finditer(low):
                yield match.start(), self._called_by(DIGITS)
        if self._unspaced and not low.isascii():
            yield from self._inside(low)

    def _called_by(self, stem: str, *, prefix: bool = False) -> Calls:
        """What a stem calls; made when the stem is first met."""
        calls = self._calls.get((stem, prefix))
        if calls is None:
            data = (self.plan.prefixes if prefix else self.plan.words)[stem]
            phrases = [(self._phrases[number], before) for number, before in data]
            calls = self._calls[stem, prefix] = Calls(phrases, self.plan.lists)
        return calls

    def _add_prefixes(self, wanted: dict[str, list[Calls]], words: set[str]) -> None:
        for word in words:
            for prefix in self._heads.get(word[: self._head], ()):
                if word.startswith(prefix):
                    wanted.setdefault(word, []).append(self._called_by(prefix, prefix=True))

    def _inside(self, low: str) -> Iterator[tuple[int, Calls]]:
        """Stems of scripts without spaces, wherever they stand."""
        for stem in self._unspaced:
            at = low.find(stem)
            while at >= 0:
                for prefix, table in ((False, self.plan.words), (True, self.plan.prefixes)):
                    if stem in table:
                        yield at, self._called_by(stem, prefix=prefix)
                at = low.find(stem, at + 1)


def _heads(plan: Plan) -> tuple[dict[str, list[str]], int]:
    """Prefix stems by their first letters, so that one look-up rules most words out."""
    head = max(1, min((len(prefix) for prefix in plan.prefixes), default=4))
    heads: dict[str, list[str]] = {}
    for prefix in plan.prefixes:
        heads.setdefault(prefix[:head], []).append(prefix)
    return heads, head


def _words(low: str) -> list[str]:
    return (_ASCII_TOKENS if low.isascii() else _TOKENS).findall(low)


def _called(calls: Calls, low: str, at: int, ask: bool) -> Iterator[tuple[int, int, ActivePhrase]]:
    """The matches of the phrases that a stem at ``at`` calls, in offsets of ``low``."""
    if len(calls.phrases) > 2:
        high = min(len(low), at + calls.after)
        if calls.any.search(low, max(0, at - calls.before), high) is None:
            return
    for phrase, before in calls.phrases:
        if ask or not phrase.only_in_ask:
            for match in _near(phrase, low, at, before):
                if _stands(phrase, low, *match.span()):
                    for span in match.regs[1:] or match.regs:
                        yield *span, phrase


def _near(phrase: ActivePhrase, low: str, at: int, before: int) -> Iterator[re.Match[str]]:
    """The matches of ``phrase`` that begin before or at the stem at ``at``."""
    high = min(len(low), at + phrase.after)
    if not before:
        one = phrase.regex.match(low, at, high)
        if one is not None and whole(low, one.end(), high):
            yield one
        return
    for match in phrase.regex.finditer(low, max(0, at - before), high):
        if match.start() > at:
            return
        if whole(low, match.end(), high):
            yield match


def _stands(phrase: ActivePhrase, low: str, start: int, end: int) -> bool:
    if phrase.label and not stands_alone(low, start, end):
        return False
    return not phrase.rule.cancelled(low, start, end)


def _capitals(text: str, one: Match) -> bool:
    """Whether the words are in capitals while others of the text are not."""
    rest = text.replace(MARKER, "")
    return text[one.start : one.end].isupper() and rest != rest.upper()


_LABEL_BEFORE: Final = frozenset("\n\"'>:|,;([{#=.?!-*\u2022\u00bf\u00a1")
_LABEL_AFTER: Final = frozenset("\n\"'<:|,;)]}=?*.")


def stands_alone(low: str, start: int, end: int) -> bool:
    """Whether ``low[start:end]`` stands alone, as a label of a form does."""
    while start and low[start - 1] in " \t":
        start -= 1
    while end < len(low) and low[end] in " \t":
        end += 1
    before = start == 0 or low[start - 1] in _LABEL_BEFORE
    return before and (end == len(low) or low[end] in _LABEL_AFTER)
