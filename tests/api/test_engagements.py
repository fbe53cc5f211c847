"""Engagements by the API: the same acts, for records systems with a scope of their own."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from safecall.contacts.models import Contact
from safecall.engagements import selectors
from safecall.engagements.models import Engagement
from safecall.people.models import SystemToken

AT = "/api/v1/engagements"
Send = Callable[..., Any]


def hour_ago() -> datetime:
    return timezone.now() - timedelta(hours=1)


def said(**changes: Any) -> dict[str, Any]:
    return {
        "direction": "inbound_request",
        "authority": "ICE_ERO",
        "happened_at": hour_ago().isoformat(),
        "purpose_class": "civil_immigration_enforcement",
        "subject_role": "arrestee",
        "subject_count": 1,
        "request_types": ["detainer_hold"],
        "instruments": [{"kind": "I-247A", "signed_by": "immigration_officer"}],
        "decision": "declined",
        "decline_reason": "no_judicial_instrument",
        "legal_basis": "none_declined",
        **changes,
    }


@pytest.fixture
def rms(db: None) -> Send:
    """Sends as a records system that may read and write engagements."""
    secret = SystemToken.issue("Test RMS", ["engagements:read", "engagements:write"])[1]

    def request(method: str, path: str, body: Any = None, **headers: str) -> Any:
        return Client().generic(
            method,
            path,
            Client()._encode_json(body or {}, "application/json"),
            content_type="application/json",
            headers={"Authorization": f"Bearer {secret}", **headers},
        )

    return request


def test_recorded_read_and_listed(rms: Send, contact: Contact) -> None:
    made = rms("POST", AT, said(contact=str(contact.pk)))
    assert made.status_code == 201
    body = made.json()
    row = Engagement.objects.get()
    assert (body["id"], body["number"], body["version"]) == (str(row.pk), row.number, 1)
    assert body["facts"]["decision"] == "declined"
    assert body["findings"] == []
    assert row.contact == contact
    assert row.recorded_by_label == "Test RMS"
    assert rms("GET", f"{AT}/{row.pk}").json() == body
    listed = rms("GET", f"{AT}?year={row.year}").json()
    assert [one["number"] for one in listed["engagements"]] == [row.number]
    assert not listed["more"]
    assert rms("GET", f"{AT}?year=1999").json()["engagements"] == []


def test_what_breaks_the_promise_is_taken_and_told(rms: Send) -> None:
    body = rms("POST", AT, said(decision="granted_full", held_minutes=30)).json()
    assert {one["code"] for one in body["findings"]} == {
        "APPROVAL_MISSING",
        "CIVIL_GRANTED_WITHOUT_JUDICIAL_BASIS",
        "HELD_BEYOND_RELEASE",
    }
    assert all(one["do_next"] for one in body["findings"])


def test_an_approval_comes_with_it(rms: Send) -> None:
    before = (hour_ago() - timedelta(hours=1)).isoformat()
    asked = said(
        direction="joint_activity",
        purpose_class="criminal_investigation",
        request_types=["joint_task_force"],
        instruments=[],
        approval={"state": "approved", "at": before, "role": "sergeant"},
    )
    body = rms("POST", AT, asked).json()
    assert body["approvals"][0]["role"] == "sergeant"
    assert body["findings"] == []


def test_a_task_force_is_told_with_its_purpose_and_its_agencies(rms: Send) -> None:
    asked = said(
        direction="joint_activity",
        purpose_class="criminal_investigation",
        request_types=["joint_task_force"],
        instruments=[],
        legal_basis="task_force_not_immigration",
        task_force="lake-drugs",
        task_force_purpose="border_or_immigration_crime",
        task_force_agencies=["fbi", "ICE_HSI", "fbi"],
        task_force_arrests=3,
    )
    body = rms("POST", AT, asked).json()
    assert body["facts"]["task_force_purpose"] == "border_or_immigration_crime"
    assert body["facts"]["task_force_agencies"] == ["ICE_HSI", "fbi"]
    assert "TASK_FORCE_ABOUT_IMMIGRATION" in {one["code"] for one in body["findings"]}
    amended = {
        **asked,
        "happened_at": body["facts"]["happened_at"],
        "task_force_purpose": "narcotics",
    }
    then = rms("POST", f"{AT}/{body['id']}/amendments", amended).json()
    assert then["facts"]["task_force_purpose"] == "narcotics"
    settled = {one["code"]: one["settled_at"] for one in then["findings"]}
    assert settled["TASK_FORCE_ABOUT_IMMIGRATION"]


def test_the_documentation_lists_what_a_task_force_can_be_for(rms: Send) -> None:
    facts = Client().get("/api/v1/openapi.json").json()["components"]["schemas"]["FactsIn"]
    told = facts["properties"]["task_force_purpose"]
    assert {"narcotics", "border_or_immigration_crime", ""} <= set(told["enum"])
    assert "immigration is one of several" in told["description"]
    assert "us_marshals" in facts["properties"]["task_force_agencies"]["items"]["enum"]


def test_a_repeat_records_once(rms: Send) -> None:
    sent = said()
    first = rms("POST", AT, sent, **{"Idempotency-Key": "a case"})
    again = rms("POST", AT, sent, **{"Idempotency-Key": "a case"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert first.json()["id"] == again.json()["id"]
    assert Engagement.objects.count() == 1


def test_amended_and_followed(rms: Send) -> None:
    made = rms("POST", AT, said(decision="granted_full")).json()
    at = f"{AT}/{made['id']}"
    right = {**said(), "happened_at": made["facts"]["happened_at"]}
    amended = rms("POST", f"{at}/amendments", right)
    assert amended.status_code == 201
    assert amended.json()["version"] == 2
    assert all(one["settled_at"] for one in amended.json()["findings"])
    assert rms("POST", f"{at}/amendments", right).status_code == 409
    stepped = rms("POST", f"{at}/steps", {"track": "authority", "step": "no_action"})
    assert stepped.json()["steps"][0]["step"] == "no_action"
    wrong = rms("POST", f"{at}/steps", {"track": "authority", "step": "charged"})
    assert wrong.status_code == 422
    assert "has these steps" in wrong.json()["errors"][0]["detail"]
    assert selectors.standing().get().decision == "declined"


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"authority": "ICE"}, "/authority"),
        ({"happened_at": "2999-01-01T00:00:00Z"}, "/happened_at"),
        ({"offense_code": "theft by Juan"}, "/offense_code"),
        ({"name": "Juan Canary"}, ""),  # a name of a field may hold anything, so none is repeated
        ({"subject_count": -1}, "/subject_count"),
        ({"request_types": ["nonsense"]}, "/request_types/0"),
        ({"task_force_purpose": "to find Juan"}, "/task_force_purpose"),
        ({"task_force_agencies": ["fbi", "Juan"]}, "/task_force_agencies/1"),
    ],
)
def test_what_cannot_be_taken_is_named_and_never_repeated(
    rms: Send, change: dict[str, Any], pointer: str
) -> None:
    answer = rms("POST", AT, said(**change))
    assert answer.status_code == 422
    assert [one["pointer"] for one in answer.json()["errors"]] == [pointer]
    assert "Juan" not in answer.content.decode()
    assert not Engagement.objects.exists()


def test_contacts_tokens_do_not_reach_engagements(send: Send, rms: Send) -> None:
    assert send("GET", AT).status_code == 403
    assert send("POST", AT, said()).status_code == 403
    assert rms("GET", "/api/v1/contacts").status_code == 403
    assert Client().get(AT).status_code == 401
    assert rms("GET", f"{AT}/{'0' * 8}-0000-4000-8000-{'0' * 12}").status_code == 404
    assert rms("POST", AT, said(contact=f"{'0' * 8}-0000-4000-8000-{'0' * 12}")).status_code == 422
