"""The forms of states: each field is filled or says why not, nil is certified, nobody is in it."""

import csv
import io
import json
import re
from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from safecall.accountability.forms import answers, filling, showing
from safecall.accountability.forms.reading import BadForm, Span, read, regimes
from safecall.accountability.periods import Period
from safecall.contacts.models import AnsweringPoint
from safecall.engagements.facts import Instrument, TaskForce
from safecall.ledger import nil
from safecall.people.models import User
from safecall.vocabulary.engagements import occasion, outcome
from safecall.vocabulary.engagements.occasion import (
    Agency,
    Authority,
    Court,
    Direction,
    InstrumentKind,
    Purpose,
    RequestKind,
    Signer,
    TaskForcePurpose,
)
from safecall.vocabulary.engagements.outcome import Action, Custody, Decision, Receiver
from tests.accountability.department import DETAINER, HELPED, SUSPECT, opened, recorded

NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)
YEAR = Period.of_year(2025)
EXPECTED = {"il-trust-act", "ca-values-act", "nj-2018-6", "or-hb3265", "nyc-14-154", "ct-trust-act"}


@pytest.fixture
def busy(answering_point: AnsweringPoint, sofia: User) -> User:
    """A year with each kind of thing that a form counts."""
    opened(answering_point, datetime(2025, 1, 2, 18, tzinfo=UTC), text="Canary Quetzalcoatl.")
    recorded(sofia, "2025-01-13", DETAINER)
    recorded(sofia, "2025-02-10", DETAINER, decision=Decision.PENDING)
    recorded(
        sofia,
        "2025-03-10",
        DETAINER,
        decision=Decision.GRANTED_FULL,
        custody_outcome=Custody.WE_TRANSFERRED,
        custody_received_by=Receiver.AUTHORITY,
        custody_event_at=datetime(2025, 3, 11, 18, tzinfo=UTC),
        actions_taken=frozenset({Action.HELD, Action.TRANSFERRED, Action.GAVE_INTERVIEW}),
        held_beyond_release=True,
        held_minutes=95,
        subject_count=2,
    )
    recorded(sofia, "2025-04-07", HELPED)
    recorded(
        sofia,
        "2025-05-05",
        HELPED,
        authority=Authority.CBP_USBP,
        request_types=frozenset({RequestKind.CIVIL_WARRANT}),
        instruments=(
            Instrument(InstrumentKind.JUDICIAL_WARRANT, Signer.JUDGE, Court.FEDERAL),
            Instrument(InstrumentKind.I_200, Signer.IMMIGRATION_OFFICER),
        ),
    )
    recorded(
        sofia,
        "2025-06-09",
        SUSPECT,
        direction=Direction.JOINT_ACTIVITY,
        authority=Authority.ICE_HSI,
        task_force=TaskForce("tf-1", 7, 1),
    )
    recorded(
        sofia,
        "2025-06-10",
        SUSPECT,
        direction=Direction.JOINT_ACTIVITY,
        authority=Authority.ICE_HSI,
        task_force=TaskForce(
            "tf-2", 2, 0, TaskForcePurpose.NARCOTICS, frozenset({Agency.DEA, Agency.CITY_POLICE})
        ),
    )
    recorded(
        sofia,
        "2025-06-11",
        SUSPECT,
        authority=Authority.CBP_USBP,
        task_force=TaskForce(
            "tf-2", 3, 1, TaskForcePurpose.FIREARMS, frozenset({Agency.COUNTY_SHERIFF})
        ),
    )
    recorded(sofia, "2025-07-07", SUSPECT)
    return sofia


def _answers(code: str, period: Period = YEAR) -> dict[str, Any]:
    form = filling.fill(regimes()[code], period, NOW)
    return {one["name"]: one["answer"] for one in form["fields"]}


def test_every_regime_of_the_field_has_its_form() -> None:
    assert set(regimes()) == EXPECTED
    for one in regimes().values():
        assert one.law
        assert one.receiver
        assert one.confirmed_by == "", "whoever confirms a wording says so in the file and here"


def test_illinois(busy: User) -> None:
    said = _answers("il-trust-act")
    assert said["dhs_requests_count"] == 5
    assert said["dhs_requests_granted"] == 3
    assert said["dhs_requests_declined"] == 1
    assert said["dhs_requests_open"] == 1
    assert len(said["dhs_requests"]) == 5
    rows = said["detainers_and_civil_warrants"]
    assert [row["received"] for row in rows] == [
        "2025-01-13",
        "2025-02-10",
        "2025-03-10",
        "2025-05-05",
    ]
    assert rows[2]["custody"] == "transferred_by_department"
    assert rows[2]["custody_on"] == "2025-03-11"
    assert rows[2]["received_by"] == "immigration_authority"
    assert said["bail_posted"] is None


def test_california(busy: User) -> None:
    said = _answers("ca-values-act")
    assert said["task_forces"] == [
        {
            "task_force": "tf-1",
            "purposes": [],
            "agencies": ["ICE_HSI"],  # with it the department acted
            "arrests": 7,
            "immigration_arrests": 1,
            "records": 1,
            "without_purpose": 1,
            "without_agencies": 1,
        },
        {
            "task_force": "tf-2",
            "purposes": ["firearms", "narcotics"],
            "agencies": ["ICE_HSI", "dea", "county_sheriff", "city_police"],
            "arrests": 5,
            "immigration_arrests": 1,
            "records": 2,
            "without_purpose": 0,
            "without_agencies": 0,
        },
    ]
    assert said["transfers_count"] == 1
    assert said["transfers"][0]["on"] == "2025-03-11"


def test_a_task_force_that_the_department_declined_to_join_is_none_of_its_own(busy: User) -> None:
    before = _answers("ca-values-act")["task_forces"]
    recorded(
        busy,
        "2025-07-14",
        DETAINER,
        request_types=frozenset({RequestKind.JOINT_TASK_FORCE}),
        instruments=(),
        task_force=TaskForce("tf-3", 0, 0, TaskForcePurpose.NARCOTICS),
    )
    assert _answers("ca-values-act")["task_forces"] == before


def test_california_is_told_what_no_record_says_of_a_task_force(busy: User) -> None:
    recorded(
        busy, "2025-07-01", SUSPECT, task_force=TaskForce(agencies=frozenset({Agency.OTHER_STATE}))
    )
    form = filling.fill(regimes()["ca-values-act"], YEAR, NOW)
    told = [one for one in showing.notes(form) if "No record says" in one]
    assert [one.split(". ")[0] for one in told] == [
        "No record says the purpose of these task forces: without a code, tf-1",
        "No record says the agencies of these task forces: tf-1",
    ]
    assert all(one.endswith("Amend one record of each, then make the form again.") for one in told)
    shown = " ".join(showing.as_text(form).split())
    assert "purposes firearms; narcotics; agencies ICE_HSI; dea; county_sheriff" in shown
    assert ["task_forces", "3", "purposes", "firearms; narcotics"] in list(
        csv.reader(io.StringIO(showing.as_csv(form)))
    )


def test_new_jersey(busy: User) -> None:
    said = _answers("nj-2018-6")
    assert said["assistance_count"] == 3
    assert [row["minutes"] for row in said["assistance"]] == [0, 240, 240]


def test_oregon(busy: User) -> None:
    said = _answers("or-hb3265", Period(date(2025, 5, 1), date(2025, 5, 31)))
    assert said["civil_requests_count"] == 1
    assert said["civil_requests_judicial"] == 1
    assert said["civil_requests_declined"] == 0
    assert regimes()["or-hb3265"].last_period(NOW.date()) == Period(
        date(2026, 10, 1), date(2026, 10, 31)
    )


def test_new_york(busy: User) -> None:
    said = _answers("nyc-14-154")
    assert said["detainers_count"] == 3
    assert said["detainers_held"] == 1
    assert said["detainers_transferred"] == 1
    assert said["detainers_not_honored"] == 2
    assert said["all_requests_count"] == 5


def test_connecticut(busy: User) -> None:
    said = _answers("ct-trust-act", Period(date(2025, 1, 1), date(2025, 6, 30)))
    assert said["ice_access_persons"] == 2
    assert {row["means"] for row in said["ice_access_means"]} == {
        "gave_interview_access",
        "held_for_authority",
        "transferred_custody",
    }
    assert said["demographics"] is None
    half = regimes()["ct-trust-act"].last_period(NOW.date())
    assert half == Period(date(2026, 1, 1), date(2026, 6, 30))


KNOWN_CODES = {
    member.value
    for kind in (*vars(occasion).values(), *vars(outcome).values())
    if isinstance(kind, type) and issubclass(kind, StrEnum)
    for member in kind
}
_DAY = re.compile(r"20\d\d-\d\d-\d\d")
_NUMBER = re.compile(r"E-20\d\d-\d{4}")
_SHORT = re.compile(r"[A-Za-z0-9-]{1,12}")


def _known(name: str, value: Any) -> bool:
    """Whether this is a value that a form can have: closed world, all else is refused."""
    if isinstance(value, bool):
        return False
    if isinstance(value, int):
        return True
    if isinstance(value, list):
        return all(isinstance(one, str) and one in KNOWN_CODES for one in value)
    if name in ("offense_code", "task_force"):
        return bool(_SHORT.fullmatch(value)) or value == ""
    return value in KNOWN_CODES or bool(_DAY.fullmatch(value) or _NUMBER.fullmatch(value))


@pytest.mark.parametrize("code", sorted(EXPECTED))
def test_a_form_holds_codes_days_and_counts_and_nothing_else(busy: User, code: str) -> None:
    form = filling.fill(regimes()[code], YEAR, NOW)
    for field in form["fields"]:
        if field["answer"] is None:
            assert field["not_applicable"], f"{field['name']} is neither answered nor explained"
            continue
        assert field["not_applicable"] == ""
        rows = field["answer"] if isinstance(field["answer"], list) else [{"": field["answer"]}]
        for row in rows:
            for name, value in row.items():
                assert _known(name, value), f"{field['name']}.{name}: {value!r}"
    whole = showing.as_json(form) + showing.as_text(form) + showing.as_csv(form)
    for never in ("Quetzalcoatl", busy.display_name, busy.username, "so-SO"):
        assert never not in whole


def test_each_form_has_its_three_formats(busy: User) -> None:
    form = filling.fill(regimes()["il-trust-act"], YEAR, NOW)
    assert json.loads(showing.as_json(form))["fields"][0]["answer"] == 5
    lines = list(csv.DictReader(io.StringIO(showing.as_csv(form))))
    assert {"field": "dhs_requests_count", "row": "0", "name": "", "value": "5"} in lines
    text = showing.as_text(form)
    assert "Not applicable: No bail is kept here." in text
    assert "from memory" in text


def test_nil_is_certified_and_not_left_blank(answering_point: AnsweringPoint, db: None) -> None:
    opened(answering_point, datetime(2026, 9, 2, 18, tzinfo=UTC))
    regime, period = regimes()["or-hb3265"], Period(date(2026, 10, 1), date(2026, 10, 31))
    blank = filling.fill(regime, period, NOW)
    assert not filling.is_complete(blank)
    assert "no month certified as nil" in showing.nil_sentence(blank)
    assert any("ledger nil-return 2026-10" in note for note in showing.notes(blank))
    nil.certify(date(2026, 10, 1), "chief_of_police", NOW.date())
    signed = filling.fill(regime, period, NOW)
    assert filling.is_complete(signed)
    assert showing.nil_sentence(signed) == (
        "NIL: there is no record in this period; 1 month certified as nil by chief_of_police."
    )
    assert [one["answer"] for one in signed["fields"]] == [0, 0, 0, []]


def test_months_before_the_records_are_not_said_to_be_nil(
    answering_point: AnsweringPoint, db: None
) -> None:
    opened(answering_point, datetime(2026, 9, 2, 18, tzinfo=UTC))
    form = filling.fill(regimes()["il-trust-act"], YEAR, NOW)
    assert not filling.is_complete(form)
    assert any("not whole" in note for note in showing.notes(form))


def test_a_request_about_a_crime_is_none_about_immigration(
    answering_point: AnsweringPoint, sofia: User
) -> None:
    opened(answering_point, datetime(2025, 1, 2, 18, tzinfo=UTC))
    recorded(sofia, "2025-05-05", HELPED, purpose_class=Purpose.CRIMINAL_INVESTIGATION)
    assert _answers("or-hb3265")["civil_requests_count"] == 0
    assert _answers("nyc-14-154")["all_requests_count"] == 1


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("title = ", "Invalid value"),
        ('span = "year"', "field"),
        ('span = "week"\nfield = []', "week"),
        ('[[field]]\nname = "no_such"\nwording = "x"', "nothing answers"),
    ],
)
def test_a_faulty_form_does_not_load(text: str, why: str) -> None:
    with pytest.raises(BadForm, match=why):
        read("wrong", text)


def test_the_last_period_that_is_over() -> None:
    nyc = regimes()["nyc-14-154"]
    assert nyc.span is Span.YEAR
    assert nyc.last_period(date(2026, 1, 1)) == Period.of_year(2025)
    half = regimes()["ct-trust-act"]
    assert half.last_period(date(2026, 7, 1)) == Period(date(2026, 1, 1), date(2026, 6, 30))
    assert half.last_period(date(2026, 6, 30)) == Period(date(2025, 7, 1), date(2025, 12, 31))


def test_every_answer_is_used_by_a_form() -> None:
    used = {one.name for regime in regimes().values() for one in regime.fields}
    assert set(answers.ANSWERS) <= used


def test_the_clerks_page(busy: User, ruth: User, client: Client) -> None:
    client.force_login(ruth)
    listed = client.get(reverse("desk:forms")).content.decode()
    assert "Illinois TRUST Act" in listed
    assert "from memory, not confirmed" in listed
    address = reverse("desk:form", args=["il-trust-act"])
    page = client.get(address, {"from": "2025-01-01", "to": "2025-12-31"}).content.decode()
    assert "E-2025-0003" in page
    assert "Not applicable:" in page
    wrong = client.get(address, {"from": "2025-01-02", "to": "2025-12-31"})
    assert wrong.status_code == 422
    assert "whole months" in wrong.content.decode()
    assert 'value="2025-01-02"' in wrong.content.decode(), "what was typed stays"
    file = client.get(
        reverse("desk:form-file", args=["il-trust-act", "csv"]),
        {"from": "2025-01-01", "to": "2025-12-31"},
    )
    assert "dhs_requests_count,0,,5" in file.content.decode()
    assert client.get(reverse("desk:form", args=["no-such"])).status_code == 404


def test_a_call_taker_has_no_forms(amina: User, client: Client) -> None:
    client.force_login(amina)
    assert client.get(reverse("desk:forms")).status_code == 403
