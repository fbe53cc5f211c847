"""The Spanish rules held against sentences that were written apart from them.

``eval/es.jsonl`` holds one case a line: ``kinds`` (what should be found, [] for nothing),
``must_go`` (words that may not survive), ``must_stay`` (words that must) and ``split``. The rules
were improved on ``tune`` alone; ``held`` shows what they do on sentences they were not fitted to.
"""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

from safecall import guard

_FILE = Path(__file__).parent / "eval" / "es.jsonl"
_MOST_SURVIVING = 0.02
_MOST_CHANGED = 0.01
#: Questions asked of a person, and labels, are also refused in a script or a form.
_ASKING = ("?", ":", "____")


@dataclass(frozen=True)
class Case:
    """One sentence and what should become of it."""

    id: str
    text: str
    kinds: tuple[str, ...]
    must_go: tuple[str, ...]
    must_stay: tuple[str, ...]
    split: str


@dataclass(frozen=True)
class Outcome:
    """What became of a case: the words that survived, and those that were lost."""

    case: Case
    found: frozenset[str]
    survived: tuple[str, ...]
    lost: tuple[str, ...]
    by_spanish_rules: bool


def cases() -> list[Case]:
    lines = _FILE.read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    lists = ("kinds", "must_go", "must_stay")
    return [Case(**{**entry, **{key: tuple(entry[key]) for key in lists}}) for entry in entries]


def outcome(case: Case) -> Outcome:
    screened = guard.screen(case.text, "es")
    left = screened.text.casefold()
    survived = [words for words in case.must_go if words.casefold() in left]
    asks = case.text.rstrip().endswith(_ASKING)
    if "question" in case.kinds and asks and not guard.ask(case.text):
        survived.append("(may be asked)")
    if "authority" in case.kinds and all(one.kind != "authority" for one in screened.findings):
        survived.append("(not counted)")
    asked = guard.ask(case.text, "es")
    if not case.kinds and asked:
        survived.append("(refused as a question)")
    lost = [words for words in case.must_stay if words.casefold() not in left]
    found = frozenset(str(one.kind) for one in screened.findings)
    by_spanish_rules = any(one.lang == "es" for one in (*screened.findings, *asked))
    return Outcome(case, found, tuple(survived), tuple(lost), by_spanish_rules)


def outcomes(split: str) -> list[Outcome]:
    return [outcome(case) for case in cases() if case.split == split]


def figures(results: list[Outcome]) -> str:
    """Per kind: how many texts lost all they should, and how many findings were asked for."""
    lines = []
    due: dict[str, list[bool]] = defaultdict(list)
    made: dict[str, list[bool]] = defaultdict(list)
    for one in results:
        for kind in one.case.kinds:
            due[kind].append(not one.survived)
        for kind in one.found:
            # Papers asked for are a statement to the rules and a question to the reader.
            made[kind].append(bool(one.case.kinds))
    for kind in sorted(due):
        recall, precision = due[kind], made[kind]
        lines.append(
            f"{kind:<11} recall {sum(recall)}/{len(recall)}"
            f"  precision {sum(precision)}/{len(precision)}"
        )
    return "\n".join(lines)


def test_the_set_is_wide_enough() -> None:
    every = cases()
    assert len(every) >= 240
    assert len({case.id for case in every}) == len(every)
    assert len([case for case in every if not case.kinds]) >= len(every) * 0.4
    assert len([case for case in every if case.split == "held"]) >= len(every) * 0.3


@pytest.mark.parametrize("split", ["tune", "held"])
def test_status_does_not_survive(split: str) -> None:
    results = [one for one in outcomes(split) if one.case.kinds]
    missed = [(one.case.id, one.survived) for one in results if one.survived]
    assert len(missed) <= len(results) * _MOST_SURVIVING, f"{figures(results)}\n{missed}"


@pytest.mark.parametrize("split", ["tune", "held"])
def test_clean_text_is_left_alone(split: str) -> None:
    results = outcomes(split)
    clean = [one for one in results if not one.case.kinds]
    changed = [one.case.id for one in clean if one.by_spanish_rules]
    assert len(changed) <= len(clean) * _MOST_CHANGED, f"{figures(results)}\n{changed}"


@pytest.mark.parametrize("split", ["tune", "held"])
def test_clean_text_is_left_alone_by_every_language(split: str) -> None:
    results = outcomes(split)
    clean = [one for one in results if not one.case.kinds]
    changed = [one.case.id for one in clean if one.lost or one.survived]
    assert len(changed) <= len(clean) * _MOST_CHANGED, f"{figures(results)}\n{changed}"


@pytest.mark.parametrize("split", ["tune", "held"])
def test_the_rest_of_a_report_stays(split: str) -> None:
    results = [one for one in outcomes(split) if one.case.kinds]
    damaged = [(one.case.id, one.lost) for one in results if one.lost]
    assert len(damaged) <= len(results) * _MOST_CHANGED, damaged


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.id)
def test_screening_twice_changes_nothing(case: Case) -> None:
    once = guard.screen(case.text, "es").text
    assert guard.screen(once, "es").text == once
