"""The guard: text in, findings and redacted text out."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safecall.guard.compile import DIGITS, Calls, Phrase, Plan, compile_plan, whole
from safecall.guard.fold import MARKER, Folded, fold
from safecall.guard.phrases import WORD
from safecall.guard.rules import RULES_DIR, Kind, RuleError, load_rules, load_triggers
from safecall.guard.straighten import straighten


class GuardUnavailable(RuntimeError):
    """The rules cannot be loaded, so nothing can be screened: no text may be stored."""


@dataclass(frozen=True, slots=True)
class Finding:
    """Words that the guard found, as ``[start, end)`` in code points of the original text."""

    kind: Kind
    start: int
    end: int
    rule: str
    lang: str

    @property
    def removed(self) -> bool:
        """Whether the words are taken out of the text; mentions of an authority stay."""
        return self.kind != Kind.AUTHORITY


_TOKEN: Final = object()


class Screened:
    """A text that the guard has seen; only `screen` makes one.

    Attributes:
        text: the text with every removed finding replaced by ``[removed]``.
        findings: in order of start, with offsets in the original text.
        original_length: of the original text, in code points.
    """

    __slots__ = ("findings", "original_length", "text")
    text: str
    findings: tuple[Finding, ...]
    original_length: int

    def __init__(
        self,
        token: object,
        text: str,
        findings: tuple[Finding, ...],
        original_length: int,
    ) -> None:
        if token is not _TOKEN:
            raise TypeError("only guard.screen() makes a Screened; call it with the text")
        object.__setattr__(self, "text", text)
        object.__setattr__(self, "findings", findings)
        object.__setattr__(self, "original_length", original_length)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError("Screened does not change")

    def __delattr__(self, name: str) -> None:
        raise AttributeError("Screened does not change")

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Screened):
            return NotImplemented
        return self.text == other.text and self.findings == other.findings

    def __hash__(self) -> int:
        return hash((self.text, self.findings))

    def __repr__(self) -> str:
        return f"<Screened: {len(self.text)} characters, {len(self.findings)} findings>"

    def __reduce__(self) -> str | tuple[object, ...]:
        raise TypeError("Screened cannot be pickled; store its text")


_TOKENS = re.compile(rf"{WORD}+")
_DIGIT_RUN = re.compile(r"[0-9]{3}")


class Engine:
    """Rules, compiled; finds the same in one text as in many."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self._head = plan.head_length

    def raw(self, text: str, *, ask: bool = False) -> tuple[Folded, list[tuple[int, int, Phrase]]]:
        """All matches of all rules, not yet merged, as offsets in the folded text."""
        folded = fold(text)
        words = _TOKENS.findall(folded.text)
        straight = straighten(folded, words, self.plan)
        if straight is not folded:
            folded = straight
            words = _TOKENS.findall(folded.text)
        found = list(self._matches(folded.text, words, ask))
        if any(phrase.rule.capitals for _, _, phrase in found):
            found = [one for one in found if _written_so(text, folded, one)]
        return folded, found

    def _matches(self, low: str, words: list[str], ask: bool) -> Iterator[tuple[int, int, Phrase]]:
        seen: set[tuple[int, int, int]] = set()
        for at, calls in self._hits(low, words):
            for match in _called(calls, low, at, ask):
                start, end, phrase = match
                key = start, end, phrase.rule.order
                if key not in seen:
                    seen.add(key)
                    yield match

    def _hits(self, low: str, words: list[str]) -> Iterator[tuple[int, Calls]]:
        plan, head = self.plan, self._head
        distinct = set(words)
        wanted: dict[str, list[Calls]] = {}
        for word in distinct & plan.words.keys():
            wanted.setdefault(word, []).append(plan.words[word])
        if not plan.heads.keys().isdisjoint({word[:head] for word in distinct}):
            for word in distinct:
                for prefix in plan.heads.get(word[:head], ()):
                    if word.startswith(prefix):
                        wanted.setdefault(word, []).append(plan.prefixes[prefix])
        if wanted:
            for match in _TOKENS.finditer(low):
                for calls in wanted.get(match.group(), ()):
                    yield match.start(), calls
        if DIGITS in plan.words and _DIGIT_RUN.search(low):
            calls = plan.words[DIGITS]
            last = -100
            for match in _DIGIT_RUN.finditer(low):
                if match.start() - last > 3:
                    yield match.start(), calls
                last = match.end()


def _called(calls: Calls, low: str, at: int, ask: bool) -> Iterator[tuple[int, int, Phrase]]:
    """The matches of the phrases that a stem at ``at`` calls."""
    limit = len(low)
    if len(calls.phrases) > 2:
        high = min(limit, at + calls.after)
        if calls.any.search(low, max(0, at - calls.before), high) is None:
            return
    for phrase in calls.phrases:
        if phrase.only_in_ask and not ask:
            continue
        for match in _near(phrase, low, at):
            start, end = match.span()
            if phrase.label and not _alone(low, start, end):
                continue
            if phrase.rule.cancelled(low, start, end):
                continue
            for group in range(1, len(match.regs)) or (0,):
                first, last = match.span(group)
                if first < last:
                    yield first, last, phrase


def _near(phrase: Phrase, low: str, at: int) -> Iterator[re.Match[str]]:
    """The matches of ``phrase`` that begin before or at the stem at ``at``."""
    high = min(len(low), at + phrase.after)
    if not phrase.before:
        one = phrase.regex.match(low, at, high)
        if one is not None and whole(low, one.end(), high):
            yield one
        return
    for match in phrase.regex.finditer(low, max(0, at - phrase.before), high):
        if match.start() > at:
            return
        if whole(low, match.end(), high):
            yield match


def _written_so(text: str, folded: Folded, found: tuple[int, int, Phrase]) -> bool:
    """Whether a rule that asks for capitals has them, while other words of the text have not."""
    start, end = folded.span(found[0], found[1])
    return not found[2].rule.capitals or (text[start:end].isupper() and text != text.upper())


_LABEL_BEFORE = frozenset("\n\"'>:|,;([{#=.?!-*•")
_LABEL_AFTER = frozenset("\n\"'<:|,;)]}=?*.")


def _alone(low: str, start: int, end: int) -> bool:
    """Whether ``low[start:end]`` stands alone, as a label of a form does."""
    while start and low[start - 1] in " \t":
        start -= 1
    while end < len(low) and low[end] in " \t":
        end += 1
    before = start == 0 or low[start - 1] in _LABEL_BEFORE
    return before and (end == len(low) or low[end] in _LABEL_AFTER)


def _collapse(found: list[Finding]) -> list[Finding]:
    """Without those that lie within another of the same kind."""
    found.sort(key=lambda one: (one.start, -one.end, one.rule))
    out: list[Finding] = []
    reach: dict[Kind, int] = {}
    for one in found:
        if one.end > reach.get(one.kind, -1):
            reach[one.kind] = one.end
            out.append(one)
    return out


def _removals(text: str, findings: list[Finding]) -> list[tuple[int, int]]:
    """The spans to take out: overlapping ones merged, and those with only spaces between."""
    spans: list[tuple[int, int]] = []
    for one in findings:
        if not one.removed:
            continue
        if spans and (one.start <= spans[-1][1] or not text[spans[-1][1] : one.start].strip()):
            spans[-1] = spans[-1][0], max(spans[-1][1], one.end)
        else:
            spans.append((one.start, one.end))
    return spans


def _redact(text: str, spans: list[tuple[int, int]]) -> str:
    parts: list[str] = []
    at = 0
    for start, end in spans:
        parts += (text[at:start], MARKER)
        at = end
    parts.append(text[at:])
    return "".join(parts)


def _findings(engine: Engine, text: str, *, ask: bool = False) -> list[Finding]:
    folded, raw = engine.raw(text, ask=ask)
    found = []
    for start, end, phrase in raw:
        first, last = folded.span(start, end)
        rule = phrase.rule
        found.append(Finding(rule.kind, first, last, rule.id, rule.lang))
    return _collapse(found) if len(found) > 1 else found


_lock = threading.Lock()
_engine: Engine | None = None


def load(root: Path = RULES_DIR, lang: str | None = None) -> Engine:
    """A new engine from the rules under ``root``.

    Raises:
        RuleError: a rule file cannot be used.
    """
    return Engine(compile_plan(load_rules(root, lang), load_triggers(root, lang)))


def engine() -> Engine:
    """The engine of this process, loaded once.

    Raises:
        GuardUnavailable: the rules cannot be loaded.
    """
    global _engine
    if _engine is None:
        with _lock:
            if _engine is None:
                try:
                    _engine = load()
                except (RuleError, OSError) as error:
                    raise GuardUnavailable(f"the guard's rules cannot be loaded: {error}") from None
    return _engine


def screen(text: str, lang: str | None = None) -> Screened:
    """Find and remove what the promise says is never kept.

    Args:
        text: any text, in any language.
        lang: the language of the text if known, a BCP 47 tag. Every language's rules run on
            every text; of findings of equal span, those of ``lang`` win.

    Raises:
        GuardUnavailable: the rules cannot be loaded; the text must not be stored.
    """
    findings = _findings(engine(), text)
    if not findings:
        return Screened(_TOKEN, text, (), len(text))
    spans = _removals(text, findings)
    return Screened(_TOKEN, _redact(text, spans), tuple(findings), len(text))


def ask(text: str, lang: str | None = None) -> tuple[Finding, ...]:
    """What forbids ``text`` as a script, a form, a label or a question.

    Raises:
        GuardUnavailable: the rules cannot be loaded.
    """
    return tuple(one for one in _findings(engine(), text, ask=True) if _asks(text, one))


def _asks(text: str, one: Finding) -> bool:
    if one.kind == Kind.QUESTION:
        return True
    if one.kind == Kind.AUTHORITY:
        return False
    if _alone(text, one.start, one.end):
        return True
    rest = re.search(r"[.!?\n]", text[one.end : one.end + 200])
    return rest is not None and rest.group() == "?"
