"""Every rule on columns held against its own examples.

``NAME beside OTHER, OTHER``, ``NAME with VALUE, VALUE``; of values: ``VALUE in NAME`` and
``VALUE with VALUE, VALUE``.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from safecall.guard.columns import judge
from safecall.guard.columns.rules import HERE, Rule, load, rules
from safecall.guard.kinds import RuleError
from safecall.guard.reading import read_toml

_EXAMPLE = re.compile(r"(?P<first>.*?)(?: (?P<how>beside|with|in) (?P<rest>.*))?")


def _parts(example: str) -> tuple[str, str, list[str]]:
    match = _EXAMPLE.fullmatch(example)
    assert match is not None
    rest = match["rest"] or ""
    return match["first"], match["how"] or "", [one.strip() for one in rest.split(",") if one]


def _name_rule(example: str) -> str:
    name, how, rest = _parts(example)
    values = dict.fromkeys(rest, 9) if how == "with" else {}
    found = judge(name, values, rest if how == "beside" else ())
    return found.rule if found else ""


def _value_rule(example: str) -> str:
    value, how, rest = _parts(example)
    values = dict.fromkeys([value, *(rest if how == "with" else [])], 9)
    found = judge(rest[0] if how == "in" else "CODE", values)
    return next((one.rule for one in found.values if one.value == value), "") if found else ""


@pytest.mark.parametrize("rule", rules().names, ids=lambda rule: rule.id)
def test_rules_on_names(rule: Rule) -> None:
    assert {example: _name_rule(example) for example in rule.flag} == dict.fromkeys(
        rule.flag, rule.id
    )
    assert [example for example in rule.passes if _name_rule(example)] == []


@pytest.mark.parametrize("rule", rules().values, ids=lambda rule: rule.id)
def test_rules_on_values(rule: Rule) -> None:
    assert {example: _value_rule(example) for example in rule.flag} == dict.fromkeys(
        rule.flag, rule.id
    )
    assert [example for example in rule.passes if _value_rule(example)] == []


def test_every_rule_has_an_id_of_its_own_and_a_source() -> None:
    every = [*rules().names, *rules().values, *rules().niem.values()]
    assert len({rule.id for rule in every}) == len(every)
    assert all(rule.source and rule.means for rule in every)


@pytest.mark.parametrize(
    "name",
    [name for entry in read_toml(HERE / "niem.toml")["fields"] for name in entry["names"]],
)
def test_every_field_of_niem_that_carries_status_is_found(name: str) -> None:
    for spelled in (name, f"nc:{name}", name.upper()):
        assert judge(spelled) is not None, spelled


@pytest.mark.parametrize("name", read_toml(HERE / "niem.toml")["sensitive"]["names"])
def test_sensitive_fields_of_niem_that_are_no_status_stay(name: str) -> None:
    assert judge(name) is None


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (('kind = "statement"', 'kind = "feeling"'), "kind"),
        (("flag = ", "flog = "), "flog"),
        (('find = ["detainer"]', 'find = ["{@a_number}"]'), "knows only words"),
        (('pass = ["ICE beside SNOW, RAIN", "SNOW_ICE"]', "pass = []"), "examples"),
    ],
)
def test_a_rule_that_cannot_be_used_says_so(
    tmp_path: Path, change: tuple[str, str], complaint: str
) -> None:
    for path in HERE.glob("*.toml"):
        text = path.read_text(encoding="utf-8")
        if path.name == "names.toml":
            assert change[0] in text
            text = text.replace(*change)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    with pytest.raises(RuleError, match=complaint):
        load(tmp_path)
