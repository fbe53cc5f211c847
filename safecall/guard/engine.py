"""The guard: text in, findings and redacted text out."""

from __future__ import annotations

import bisect
import gc
import re
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import accumulate
from pathlib import Path
from typing import Final

from safecall.guard import store
from safecall.guard.fold import MARKER
from safecall.guard.kinds import RULES_DIR, GuardUnavailable, Kind, RuleError
from safecall.guard.known import Known
from safecall.guard.labels import stands_alone
from safecall.guard.matching import Engine, Match
from safecall.guard.plan import Plan
from safecall.guard.weighing.scale import Scale


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


#: Where several languages' rules find the same words and the language is not known.
_FIRST_LANGUAGE: Final = "en"
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
        self, token: object, text: str, findings: tuple[Finding, ...], original_length: int
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

    def __reduce__(self) -> tuple[object, ...]:
        raise TypeError("Screened cannot be pickled or copied; store its text")


def load(root: Path = RULES_DIR, lang: str | None = None, beside: Path | None = None) -> Engine:
    """A new engine from the rules under ``root``, of all languages or one.

    ``beside`` is a folder of further rules, a department's own. All of our rules come with the
    scale for what they leave; rules of one language or of another folder are alone.

    Raises:
        RuleError: a rule file cannot be used, or there are no rules.
    """
    if lang is not None:
        return Engine(_compiled(root, lang, beside))
    some = plan_of(root, beside)
    return at_work(some) if root == RULES_DIR else Engine(some)


def plan_of(root: Path = RULES_DIR, beside: Path | None = None) -> Plan:
    """The rules of all languages, compiled now or, if they are the same, kept from last time.

    Raises:
        RuleError: a rule file cannot be used, or there are no rules.
    """
    name = store.digest(root) if beside is None else store.digest(root, beside)
    found = store.recall(name)
    if found is None:
        found = _compiled(root, None, beside)
        store.keep(name, found)
    return found


def at_work(plan: Plan) -> Engine:
    """An engine of all rules, with the scale for sentences that they leave.

    Raises:
        RuleError: what the scale needs cannot be read.
    """
    return Engine(plan, Scale())


def _compiled(root: Path, lang: str | None, beside: Path | None) -> Plan:
    from safecall.guard.compile import compile_plan  # noqa: PLC0415 - needed without a kept plan
    from safecall.guard.contexts import load_contexts  # noqa: PLC0415
    from safecall.guard.rules import load_rules, load_triggers  # noqa: PLC0415

    rules = load_rules(root, lang, beside=beside)
    return compile_plan(rules, load_triggers(root, lang, beside), load_contexts(root, lang))


_lock: Final = threading.Lock()
_in_force: Engine | None = None
_beside: Path | None = None


def stand_beside(folder: Path | None, rules: Engine | None = None) -> None:
    """Put the department's own rules in ``folder`` in force beside ours, or ours alone.

    They must have been checked (`department.check`): where they do not load, nothing is screened.
    ``rules`` is the engine of both, if it is loaded already; else the next text loads it.
    """
    global _beside, _in_force
    with _lock:
        if rules is not None or folder != _beside:
            _beside, _in_force = folder, rules


def folders() -> tuple[Path, ...]:
    """The folders of the rules in force: ours, and the department's own if it has one."""
    return (RULES_DIR,) if _beside is None else (RULES_DIR, _beside)


def use(rules: Engine) -> None:
    """Put ``rules`` in force for this process, in one step; what runs meanwhile keeps the old."""
    global _in_force  # noqa: PLW0603 - the one set of rules of a process
    _in_force = rules


def engine() -> Engine:
    """The engine of this process, loaded once.

    Raises:
        GuardUnavailable: the rules cannot be loaded.
    """
    current = _in_force
    if current is None:
        with _lock:
            current = _in_force or _load()
            use(current)
    return current


def _load() -> Engine:
    try:
        loaded = load(beside=_beside)
    except (RuleError, OSError) as error:
        raise GuardUnavailable(f"the guard's rules cannot be loaded: {error}") from None
    # They stay as long as the process does: the collector need not go through them again.
    gc.freeze()
    return loaded


def screen(text: str, lang: str | None = None) -> Screened:
    """Find and remove what the promise says is never kept.

    Args:
        text: any text, in any language.
        lang: the language of the text if known, a BCP 47 tag. Every language's rules run on
            every text; where two find the same words, the finding of ``lang`` is kept, of
            English by default.

    Raises:
        GuardUnavailable: the rules cannot be loaded; the text must not be stored.
    """
    guard = engine()
    findings = _collapsed(guard.matches(text), lang)
    if not findings:
        return untouched(text)
    spans = _removals(text, findings)
    redacted = _redact(text, spans)
    # A removal may take with it the words that had cancelled another finding.
    while spans and (more := _removed(_collapsed(guard.matches(redacted), lang))):
        findings = _collapse([*findings, *_shifted(more, spans)], lang)
        spans = _removals(text, findings)
        redacted = _redact(text, spans)
    return Screened(_TOKEN, redacted, tuple(findings), len(text))


def untouched(text: str) -> Screened:
    """A text in which `bulk.screen_batch` found nothing; nobody else may say so."""
    return Screened(_TOKEN, text, (), len(text))


def find(texts: Iterable[tuple[str, Known]], lang: str | None = None) -> list[list[Finding]]:
    """What is found at first in the texts of a column, of each of which something is known."""
    return [_collapsed(one, lang) for one in engine().matches_of(texts)]


def redact(text: str, findings: list[Finding]) -> str:
    """``text`` without what these findings remove; something else may be found in it now."""
    return _redact(text, _removals(text, findings))


def ask(text: str, lang: str | None = None) -> tuple[Finding, ...]:
    """What forbids ``text`` as a script, a form, a label, a name of a field or a question.

    Questions, and any other finding but a mention of an authority that stands alone as a label
    or whose sentence is a question.

    Raises:
        GuardUnavailable: the rules cannot be loaded.
    """
    found = _asked(text, lang)
    joints = [match.start() for match in _CAMEL.finditer(text)]
    if joints:
        apart = [at + number for number, at in enumerate(joints)]
        for one in _asked(_CAMEL.sub(" ", text), lang):
            start = one.start - bisect.bisect_left(apart, one.start)
            end = one.end - bisect.bisect_left(apart, one.end)
            found.append(replace(one, start=start, end=end))
        found = _collapse(found, lang)
    return tuple(found)


#: Between the words of a name such as ``immigrationStatus``.
_CAMEL: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
#: What ends a sentence, in any writing.
SENTENCE_END: Final = re.compile("[.!?\n\u3002\uff01\uff1f\u061f\u06d4\u1362\u1367]")
_QUESTION_MARKS: Final = "?\uff1f\u061f\u1367"


def _asked(text: str, lang: str | None) -> list[Finding]:
    return [one for one in _collapsed(engine().matches(text, ask=True), lang) if _asks(text, one)]


def _asks(text: str, one: Finding) -> bool:
    if one.kind in (Kind.QUESTION, Kind.AUTHORITY):
        return one.kind == Kind.QUESTION
    if stands_alone(text, one.start, one.end):
        return True
    ending = SENTENCE_END.search(text, one.end, one.end + 300)
    return ending is not None and ending.group() in _QUESTION_MARKS


def _collapsed(matches: Iterable[Match], lang: str | None) -> list[Finding]:
    found = [Finding(rule.kind, start, end, rule.id, rule.lang) for start, end, rule in matches]
    return _collapse(found, lang) if len(found) > 1 else found


def _collapse(found: list[Finding], lang: str | None) -> list[Finding]:
    """In order, without those that lie within another of the same kind."""
    found.sort(
        key=lambda one: (one.start, -one.end, one.lang != (lang or _FIRST_LANGUAGE), one.rule)
    )
    out: list[Finding] = []
    reach: dict[Kind, int] = {}
    for one in found:
        if one.end > reach.get(one.kind, -1):
            reach[one.kind] = one.end
            out.append(one)
    return out


def _removed(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.removed]


def _removals(text: str, findings: list[Finding]) -> list[tuple[int, int]]:
    """The spans to take out: overlapping ones merged, and those with only spaces between."""
    spans: list[tuple[int, int]] = []
    for one in _removed(findings):
        if spans and not text[spans[-1][1] : one.start].strip():
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


def _shifted(found: list[Finding], spans: list[tuple[int, int]]) -> Iterator[Finding]:
    """Findings in redacted text, with offsets in the original; each lies between markers."""
    shifts = [0, *accumulate(len(MARKER) - (end - start) for start, end in spans)]
    markers = [start + shift for (start, _), shift in zip(spans, shifts, strict=False)]
    for one in found:
        shift = shifts[bisect.bisect_right(markers, one.start)]
        yield replace(one, start=one.start - shift, end=one.end - shift)
