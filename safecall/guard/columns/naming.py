"""Judging the name of a column."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from safecall.guard.columns.kinds import ValueFinding
from safecall.guard.columns.profile import Profile
from safecall.guard.columns.rules import Rule, bare, rules
from safecall.guard.columns.words import spaced_out
from safecall.guard.engine import ask, screen
from safecall.guard.kinds import Kind

_SENTENCE: Final = 4
_SURE: Final = 6
_NEAR: Final = ("en", "es")
_GUARD: Final = "the guard's rules on text"


@dataclass(frozen=True, slots=True)
class Named:
    """What a name says."""

    kind: Kind
    rule: str
    source: str
    reason: str


def judge_name(
    name: str, profile: Profile, found: tuple[ValueFinding, ...], beside: Iterable[str]
) -> Named | None:
    """What ``name`` says, with the column's values and the names of the others as witnesses."""
    words = rules().reader.read(name)
    near = tuple(rules().reader.read(other) for other in beside if other != name)
    cleared = False
    for rule in rules().names:
        if _says(rule, words):
            if _holds(rule, words, near) and _borne_out(rule, profile, found):
                return _named(rule)
            cleared = True
    if (asked := _asked(name, words)) is not None:
        return asked
    if cleared or not words or rules().kept.found(words):
        return None
    field = rules().niem.get(bare(name))
    return _in_other_words(name) if field is None else _named(field)


def _named(rule: Rule) -> Named:
    return Named(rule.kind, rule.id, rule.source, rule.means)


def _asked(name: str, words: tuple[str, ...]) -> Named | None:
    """A header that is a question in full, as surveys have them."""
    if len(words) < _SENTENCE or " " not in name.strip():
        return None
    for one in screen(name).findings:
        if one.kind == Kind.QUESTION:
            return Named(one.kind, one.rule, _GUARD, "asks a person for it")
    return None


def _says(rule: Rule, words: tuple[str, ...]) -> bool:
    return rule.phrases["find"].found(words) or any(
        rules().reader.bare(words, start, end) for start, end in rule.phrases["whole"].spans(words)
    )


def _holds(rule: Rule, words: tuple[str, ...], near: tuple[tuple[str, ...], ...]) -> bool:
    if rule.phrases["but_not"].found(words):
        return False
    if any(rule.phrases["not_beside"].found(other) for other in near):
        return False
    beside = rule.phrases["beside"]
    return not beside or any(beside.found(other) for other in near)


def _borne_out(rule: Rule, profile: Profile, found: tuple[ValueFinding, ...]) -> bool:
    """Whether the values bear the name out, where it needs them or may be refuted by them."""
    if rule.needs:
        kinds = {"countries": Kind.PROXY, "status": Kind.STATEMENT}
        wanted = {kinds[need] for need in rule.needs}
        rows = sum(one.count for one in found if one.kind in wanted)
        return rows * 3 >= profile.rows > 0
    if rule.unless == "numbers":
        return not profile.numbers
    if rule.unless == "words":
        return (
            bool(found)
            or not profile.rows
            or not profile.codes
            or profile.yes_no
            or profile.numbers
        )
    return True


def _in_other_words(name: str) -> Named | None:
    """What the guard refuses as a label of a form, in any of its languages."""
    spaced = spaced_out(name)
    for one in ask(f"{spaced}:"):
        if " " not in spaced and len(spaced) < _SURE and one.lang not in _NEAR:
            continue  # a short word of one language is another word in the next
        return Named(one.kind, one.rule, _GUARD, "is a label that asks for it")
    return None
