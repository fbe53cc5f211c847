"""Which columns of an export carry status."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecall.guard.columns import By, judge, judge_table, judge_values
from safecall.guard.kinds import Kind
from tests.guard.columns import evaluation
from tests.guard.columns.evaluation import cases, outcome

_SPELLED = re.compile(r"[A-Z]+(?:_[A-Z]+)*")
_A_NUMBERS = [f"A{200000000 + 7919 * number}" for number in range(30)]


@pytest.mark.parametrize("split", ["tune", "held"])
@pytest.mark.parametrize("name", ["headers", "values"])
def test_the_evaluation_sets(name: str, split: str) -> None:
    made = outcome(name, split)
    carry = sum(bool(case.kind) for case in made.cases)
    told = [f"{case.id} {case.name}" for case in (*made.missed, *made.wrong, *made.other_kind)]
    assert len(made.missed) <= carry * 0.02, told
    assert len(made.wrong) <= (len(made.cases) - carry) * 0.02, told
    assert len(made.other_kind) <= carry * 0.05, told


def test_the_sets_are_wide_enough() -> None:
    for name, least in (("headers", 200), ("values", 60)):
        every = cases(name)
        assert len(every) >= least
        assert sum(not case.kind for case in every) >= len(every) * 0.45
        assert sum(case.split == "held" for case in every) >= len(every) * 0.25
        assert len({case.id for case in every}) == len(every)


def test_a_finding_says_what_why_and_by_which_source() -> None:
    found = judge("CTZNSHP_CD", {"MEX": 12, "USA": 40})
    assert found is not None
    assert (found.column, found.kind, found.by) == ("CTZNSHP_CD", Kind.STATEMENT, By.NAME)
    assert found.reason == "says whether a person is a citizen"
    assert found.rule == "column.statement.citizenship"
    assert "NIEM" in found.source
    assert [(one.value, one.count) for one in found.values] == [("MEX", 12)]
    assert found.share == 1
    assert found.removed


def test_a_column_of_holds_is_found_by_the_codes_of_one_authority() -> None:
    holds = {"HOLD US MARSHAL": 92, "HOLD IMMIGRAT": 204, "HOLD FBI": 4, "PROBAT HLD": 100}
    found = judge("HOLD_TYPE", holds)
    assert found is not None
    assert (found.kind, found.by, found.removed) == (Kind.AUTHORITY, By.VALUES, False)
    assert [(one.value, one.count) for one in found.values] == [("HOLD IMMIGRAT", 204)]
    assert found.share == pytest.approx(204 / 400)
    assert judge("HOLD_TYPE", {**holds, "HOLD IMMIGRAT": 0} | {"HOLD DEA": 1}) is not None
    del holds["HOLD IMMIGRAT"]
    assert judge("HOLD_TYPE", holds) is None


def test_the_company_of_a_header_settles_what_it_means() -> None:
    assert judge("REMOVAL_DATE", beside=["PLATE", "TOW_LOT"]) is None
    assert judge("REMOVAL_DATE", beside=["ICE_HOLD"]) is not None
    assert judge("ICE", beside=["SNOW", "RAIN"]) is None
    table = {"REMOVAL_DATE": {}, "COUNTRY_OF_CITIZENSHIP": {}, "RACE": {}}
    assert [one.column for one in judge_table(table)] == ["REMOVAL_DATE", "COUNTRY_OF_CITIZENSHIP"]


def test_values_alone_are_judged_too() -> None:
    found = judge_values(["USC", "LPR", "UDA", "USC"])
    assert found is not None
    assert [(one.value, one.count) for one in found.values] == [("USC", 2), ("LPR", 1), ("UDA", 1)]
    assert judge_values(["Y", "N"]) is None
    assert judge_values([]) is None


@pytest.mark.parametrize("values", [_A_NUMBERS, _A_NUMBERS * 5])
def test_numbers_of_persons_are_never_named(values: list[str]) -> None:
    for name in ("A_NUM", "ID_NO", "PASSPORT_NO", "ICE_CONTACT_AGENT", "HOLD_TYPE"):
        found = judge(name, values)
        assert found is not None
        assert found.values == (), name
    assert judge("CASE_NUMBER", values) is None


def test_a_code_may_hold_a_section_of_law_but_no_day() -> None:
    charges = {"8 USC 1326 REENTRY OF REMOVED ALIEN": 3, "DUI": 90, "THEFT 3": 80}
    found = judge("CHARGE", charges)
    assert found is not None
    assert [one.value for one in found.values] == ["8 USC 1326 REENTRY OF REMOVED ALIEN"]
    dates = judge("DEPORT_DATE", {"3/1/20": 8, "2020-03-01": 9})
    assert dates is not None
    assert dates.values == ()


def test_names_of_persons_are_never_named() -> None:
    agents = {"J. Doe": 20, "R. Roe": 30}
    found = judge("ICE_AGENT_NAME", agents)
    assert found is not None
    assert found.values == ()
    assert judge("LAST_NAME", {"Alien": 4, "Legal": 5, "Holland": 3}) is None


def test_text_that_states_status_in_many_rows_is_found_without_its_words() -> None:
    says = [f"Caller {number} is undocumented and afraid" for number in range(70)]
    found = judge("REMARKS", says)
    assert found is not None
    assert (found.by, found.values) == (By.TEXT, ())
    assert (
        judge("REMARKS", [f"Noise at number {number}, dog barks" for number in range(70)]) is None
    )


@given(
    st.text(max_size=40),
    st.dictionaries(st.text(max_size=20), st.integers(1, 9), max_size=6),
    st.lists(st.text(max_size=10), max_size=3),
)
def test_no_header_and_no_value_makes_it_fail(
    name: str, values: dict[str, int], beside: list[str]
) -> None:
    found = judge(name, values, beside)
    if found is not None:
        assert found.column == name
        assert {one.value for one in found.values} <= {value.strip() for value in values}
        assert 0 < found.share <= 1


@given(
    st.sampled_from([case.name for case in cases("headers") if _SPELLED.fullmatch(case.name)]),
    st.sampled_from(["_", " ", "-", ".", "__"]),
    st.randoms(use_true_random=False),
)
def test_capitals_and_separators_do_not_matter(name: str, separator: str, chance: object) -> None:
    choice = chance.choice  # type: ignore[attr-defined]
    words = [choice([str.lower, str.upper, str.title])(word) for word in name.split("_")]
    first, second = judge(name), judge(separator.join(words))
    assert (first is None) == (second is None)
    if first is not None and second is not None:
        assert (first.kind, first.rule) == (second.kind, second.rule)


@pytest.mark.parametrize("name", ["ISUSCITIZEN", "COUNTRYOFBIRTH", "IMMIGRATIONSTATUS", "ICEHOLD"])
def test_words_that_are_written_together_are_read_apart(name: str) -> None:
    assert judge(name) is not None


def test_the_evaluation_prints_its_figures(capsys: pytest.CaptureFixture[str]) -> None:
    assert evaluation.main(["held"]) == 0
    assert "headers held: found" in capsys.readouterr().out
