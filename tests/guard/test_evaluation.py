"""Every language's rules held against its evaluation set (see `evaluation`)."""

from __future__ import annotations

import pytest

from safecall.guard import screen
from safecall.guard.rules import languages as languages_with_rules
from tests.guard import evaluation
from tests.guard.evaluation import Outcome, cases, changed, damaged, languages, missed, summary

_MOST_CHANGED = 0.01
_FIRST_LANGUAGES = ("en", "es")
_LEAST_CASES = {"en": 600, "es": 240}


@pytest.fixture(
    scope="module",
    params=[(lang, split) for lang in languages() for split in ("tune", "held")],
    ids=lambda one: f"{one[0]}-{one[1]}",
)
def results(request: pytest.FixtureRequest) -> tuple[str, list[Outcome]]:
    lang, split = request.param
    return lang, evaluation.outcomes(lang, split)


def test_every_language_with_rules_has_a_set() -> None:
    assert languages() == languages_with_rules()


@pytest.mark.parametrize("lang", languages())
def test_the_set_is_wide_enough(lang: str) -> None:
    every = cases(lang)
    assert len(every) >= _LEAST_CASES.get(lang, 60)
    assert len({case.id for case in every}) == len({case.text for case in every}) == len(every)
    assert sum(not case.kinds for case in every) >= len(every) * 0.3
    assert sum(case.split == "held" for case in every) >= min(50, len(every) * 0.3)
    for case in every:
        assert all(words in case.text for words in (*case.must_go, *case.must_stay)), case.id


def test_status_does_not_survive(results: tuple[str, list[Outcome]]) -> None:
    lang, made = results
    stated = sum(bool(one.case.kinds) for one in made)
    most = 0.02 if lang in _FIRST_LANGUAGES else 0.05
    assert len(missed(made)) <= stated * most, _told(made, missed(made))


def test_clean_text_is_left_alone(results: tuple[str, list[Outcome]]) -> None:
    _, made = results
    clean = sum(not one.case.kinds for one in made)
    assert len(changed(made)) <= clean * _MOST_CHANGED, _told(made, changed(made))


def test_the_rest_of_a_report_stays(results: tuple[str, list[Outcome]]) -> None:
    lang, made = results
    most = _MOST_CHANGED if lang in _FIRST_LANGUAGES else 0.04
    assert len(damaged(made)) <= len(made) * most, _told(made, damaged(made))


def test_screening_twice_changes_nothing(results: tuple[str, list[Outcome]]) -> None:
    lang, made = results
    for one in made:
        assert screen(one.text, lang).text == one.text


def _told(made: list[Outcome], wrong: list[Outcome]) -> str:
    return "\n".join([summary(made), *map(str, wrong)])
