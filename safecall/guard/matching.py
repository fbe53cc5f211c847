"""Matching: from folded text to the phrases that its words call."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

from safecall.guard.compile import Calls, Phrase, Plan, whole
from safecall.guard.fold import MARKER, fold
from safecall.guard.phrases import WORD
from safecall.guard.stems import DIGITS
from safecall.guard.straighten import straighten

_TOKENS: Final = re.compile(rf"{WORD}+")
_ASCII_TOKENS: Final = re.compile(r"[a-z0-9]+")
_DIGIT_RUN: Final = re.compile(r"[0-9]{3,}")


class Match(NamedTuple):
    """Where a phrase was found, in offsets of the original text."""

    start: int
    end: int
    phrase: Phrase


class Engine:
    """Compiled rules; safe to share between threads."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

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
                    found[Match(*folded.span(start, end), phrase)] = None
        return [one for one in found if not one.phrase.rule.capitals or _capitals(text, one)]

    def _hits(self, low: str, words: set[str]) -> Iterator[tuple[int, Calls]]:
        """Where stems stand in ``low``, and what they call."""
        plan = self.plan
        wanted = {word: [plan.words[word]] for word in words & plan.words.keys()}
        if not plan.heads.keys().isdisjoint({word[: plan.head] for word in words}):
            self._add_prefixes(wanted, words)
        if wanted:
            for match in (_ASCII_TOKENS if low.isascii() else _TOKENS).finditer(low):
                for calls in wanted.get(match.group(), ()):
                    yield match.start(), calls
        if DIGITS in plan.words:
            for match in _DIGIT_RUN.finditer(low):
                yield match.start(), plan.words[DIGITS]
        if plan.unspaced and not low.isascii():
            yield from self._inside(low)

    def _add_prefixes(self, wanted: dict[str, list[Calls]], words: set[str]) -> None:
        plan = self.plan
        for word in words:
            for prefix in plan.heads.get(word[: plan.head], ()):
                if word.startswith(prefix):
                    wanted.setdefault(word, []).append(plan.prefixes[prefix])

    def _inside(self, low: str) -> Iterator[tuple[int, Calls]]:
        """Stems of scripts without spaces, wherever they stand."""
        for stem in self.plan.unspaced:
            at = low.find(stem)
            while at >= 0:
                for table in (self.plan.words, self.plan.prefixes):
                    if stem in table:
                        yield at, table[stem]
                at = low.find(stem, at + 1)


def _words(low: str) -> list[str]:
    return (_ASCII_TOKENS if low.isascii() else _TOKENS).findall(low)


def _called(calls: Calls, low: str, at: int, ask: bool) -> Iterator[tuple[int, int, Phrase]]:
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


def _near(phrase: Phrase, low: str, at: int, before: int) -> Iterator[re.Match[str]]:
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


def _stands(phrase: Phrase, low: str, start: int, end: int) -> bool:
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
