"""The English rules held against sentences that were written apart from their examples.

``eval/en.jsonl`` holds one case a line: ``kinds`` (what should be found, [] for nothing),
``must_go`` (words that may not survive), ``must_stay`` (words that must) and ``split``. The rules
were improved on ``tune``. ``held`` was read once, when the rules had reached 124 of 129 and 129 of
131 on it unread; those are the figures to quote for sentences that nobody has seen.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pytest

from safecall import guard

_FILE = Path(__file__).parent / "eval" / "en.jsonl"
_MOST_SURVIVING = 0.02
_MOST_CHANGED = 0.01
_LEAST_RECALL = 0.95
_LEAST_PRECISION = 0.97


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
    """What became of a case: kinds found, words that survived, words that were lost."""

    case: Case
    found: frozenset[str]
    survived: tuple[str, ...]
    lost: tuple[str, ...]


def cases() -> list[Case]:
    entries = [json.loads(line) for line in _FILE.read_text(encoding="utf-8").splitlines()]
    lists = ("kinds", "must_go", "must_stay")
    return [Case(**{**entry, **{key: tuple(entry[key]) for key in lists}}) for entry in entries]


def outcome(case: Case) -> Outcome:
    """Screen a case; a label of a form counts as caught when it may not be asked."""
    screened = guard.screen(case.text, "en")
    asked = guard.ask(case.text, "en") if _is_script(case) else ()
    found = frozenset(str(one.kind) for one in (*screened.findings, *asked))
    if case.kinds == ("question",) and asked and not screened.findings:
        return Outcome(case, found, (), ())
    survived = tuple(
        words
        for words in case.must_go
        if re.search(rf"(?<!\w){re.escape(words)}(?!\w)", screened.text)
    )
    lost = tuple(words for words in case.must_stay if words not in screened.text)
    if not case.kinds and found:
        lost = lost or (case.text,)
    return Outcome(case, found, survived, lost)


def _is_script(case: Case) -> bool:
    return "question" in case.kinds or case.text.endswith(("?", ":"))


@pytest.fixture(scope="module", params=["tune", "held"])
def outcomes(request: pytest.FixtureRequest) -> list[Outcome]:
    return [outcome(case) for case in cases() if case.split == request.param]


def figures(results: list[Outcome]) -> dict[str, tuple[float, float]]:
    """Recall and precision of each kind."""
    due = Counter(kind for one in results for kind in one.case.kinds)
    hit = Counter(kind for one in results for kind in one.case.kinds if kind in one.found)
    # A statement asked for is both; only findings in clean text are wrong.
    made = Counter(kind for one in results for kind in one.found)
    wrong = Counter(kind for one in results if not one.case.kinds for kind in one.found)
    return {
        kind: (hit[kind] / due[kind], 1 - wrong[kind] / max(1, made[kind])) for kind in sorted(due)
    }


def test_the_set_is_wide_enough() -> None:
    every = cases()
    assert len(every) >= 400
    assert len({case.id for case in every}) == len(every)
    assert 0.4 <= sum(not case.kinds for case in every) / len(every) <= 0.6
    assert sum(case.split == "held" for case in every) >= len(every) * 0.3


def test_status_does_not_survive(outcomes: list[Outcome]) -> None:
    due = [one for one in outcomes if one.case.must_go]
    missed = [(one.case.id, one.survived) for one in due if one.survived]
    assert len(missed) <= len(due) * _MOST_SURVIVING, missed


def test_clean_text_is_left_alone(outcomes: list[Outcome]) -> None:
    clean = [one for one in outcomes if not one.case.kinds]
    changed = [one.case.id for one in clean if one.lost]
    assert len(changed) <= len(clean) * _MOST_CHANGED, changed


def test_the_rest_of_a_report_stays(outcomes: list[Outcome]) -> None:
    due = [one for one in outcomes if one.case.kinds]
    damaged = [(one.case.id, one.lost) for one in due if one.lost]
    assert len(damaged) <= len(due) * _MOST_SURVIVING, damaged


def test_every_kind_is_found(outcomes: list[Outcome]) -> None:
    by_kind = figures(outcomes)
    low = {
        kind: pair
        for kind, pair in by_kind.items()
        if pair[0] < _LEAST_RECALL or pair[1] < _LEAST_PRECISION
    }
    assert not low, by_kind


def test_screening_again_changes_nothing(outcomes: list[Outcome]) -> None:
    for one in outcomes:
        once = guard.screen(one.case.text, "en").text
        assert guard.screen(once, "en").text == once, one.case.id
