"""Judging the values of a column: codes by their rules, numbers by shape, text by a sample."""

from __future__ import annotations

import re
from itertools import islice
from typing import Final

from safecall.guard.columns.kinds import ValueFinding
from safecall.guard.columns.profile import Profile
from safecall.guard.columns.rules import Rule, rules
from safecall.guard.engine import Finding, screen
from safecall.guard.kinds import Kind
from safecall.guard.shapes import SHAPES

_SAMPLE: Final = 200
_TENTH: Final = 10
_GUARD: Final = "the guard's rules on text"

#: Numbers that are of the immigration system whatever the column is called, and those that a
#: case number may look like.
_SHAPES: Final = {
    name: (re.compile(SHAPES[shape]), means)
    for name, shape, means in (
        ("a_number", "a_number", "A-numbers (A and 8 or 9 digits)"),
        ("uscis_receipt", "uscis_receipt", "USCIS receipt numbers"),
        ("sevis", "sevis", "SEVIS numbers (N and 10 digits)"),
    )
}
_OWN_NUMBERS: Final = re.compile(
    r"case|incident|item|event|report|badge|ticket|citation|call|booking|arrest|warrant|docket"
    r"|offense|plate|phone|serial|vin|invoice|internal|cad|rms|permit|account|tracking"
)
SHAPE_SOURCE: Final = "USCIS Policy Manual; DHS SEVIS"


def skipped(name: str) -> bool:
    """Whether a column's codes are names, places and the like, which are not judged."""
    words = rules().reader.read(name)
    return rules().skipped.found(words) and not rules().not_skipped.found(words)


def of_persons(name: str) -> bool:
    """Whether a column's values may name persons, or be text."""
    return rules().persons.found(rules().reader.read(name))


def judge_codes(name: str, profile: Profile) -> tuple[ValueFinding, ...]:
    """The codes that carry status, most frequent first."""
    if not profile.codes or skipped(name):
        return ()
    reader = rules().reader
    header = reader.read(name)
    words = {value: reader.read(value) for value in profile.counts}
    found = []
    for value, count in profile.counts.items():
        if not profile.code(value):
            continue
        others = [read for other, read in words.items() if other != value]
        one = _by_rule(value, words[value], header, others) or _by_guard(value, words[value])
        if one is not None:
            found.append(ValueFinding(value, count, *one))
    return tuple(found)


def judge_shape(name: str, profile: Profile) -> tuple[str, str] | None:
    """A number of the immigration system: its rule, and what the column holds."""
    sample = [value.casefold() for value in islice(profile.counts, _SAMPLE)]
    for shape, (pattern, means) in _SHAPES.items():
        if shape == "a_number" and _OWN_NUMBERS.search(name.casefold()):
            continue
        fitting = sum(pattern.fullmatch(value) is not None for value in sample)
        if fitting >= 3 and fitting * 2 >= len(sample):
            return f"value.identifier.{shape}", f"holds {means}"
    return None


def judge_text(profile: Profile) -> Finding | None:
    """The first finding, if a tenth of up to 200 differing values state somebody's status."""
    sample = list(islice(profile.counts, _SAMPLE))
    found = [one for value in sample if (one := _removed(value)) is not None]
    return found[0] if found and len(found) * _TENTH >= len(sample) else None


def _removed(text: str) -> Finding | None:
    return next((one for one in screen(text).findings if one.removed), None)


_Judged = tuple[Kind, str, str, str]


def _by_rule(
    value: str, words: tuple[str, ...], header: tuple[str, ...], others: list[tuple[str, ...]]
) -> _Judged | None:
    literal = rules().reader.literal(value)
    for rule in rules().values:
        if _fits(rule, words, literal) and _speaks_for(rule, header, others):
            return rule.kind, rule.id, rule.source, rule.means
    return None


def _fits(rule: Rule, words: tuple[str, ...], literal: tuple[str, ...]) -> bool:
    phrases = rule.phrases
    if phrases["find"].found(words):
        return not phrases["but_not"].found(words)
    if rule.id == COUNTRY and " ".join(literal) in rules().domestic:
        return False
    return any((0, len(read)) in phrases["whole"].spans(read) for read in (words, literal) if read)


COUNTRY: Final = "value.proxy.country"


def _speaks_for(rule: Rule, header: tuple[str, ...], others: list[tuple[str, ...]]) -> bool:
    phrases = rule.phrases
    if phrases["not_header"].found(header):
        return False
    if any(phrases["not_among"].found(other) for other in others):
        return False
    if not phrases["header"] and not phrases["among"]:
        return True
    return phrases["header"].found(header) or any(phrases["among"].found(one) for one in others)


def _by_guard(value: str, words: tuple[str, ...]) -> _Judged | None:
    """Values that are words are judged as any text is, unless one word is all that is found."""
    if len(words) < 2:
        return None
    for one in screen(value).findings:
        found = rules().reader.literal(value[one.start : one.end])
        if one.kind != Kind.QUESTION and not all(word in rules().alone for word in found):
            return one.kind, one.rule, _GUARD, "words that the guard finds in a text"
    return None
