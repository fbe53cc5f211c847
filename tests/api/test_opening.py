"""Opening a contact from another system."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from safecall import guard
from safecall.api.models import IdempotencyKey
from safecall.contacts.models import AnsweringPoint, Contact, HistoryEntry, Note
from safecall.ledger.models import LedgerRow
from tests.api.conftest import CONTACTS, Send

pytestmark = [pytest.mark.both, pytest.mark.django_db]

CALL = {
    "channel": "911",
    "place": {"words": "12 Invented Ave", "latitude": 46.7, "longitude": -92},
    "callback": "(218) 555-0100",
    "incident_type": "DISORD",
    "language": "so",
    "source_number": "CAD-1",
    "narrative": "RP is undocumented, saw two men at the door.",
}


def test_a_contact_opens_with_its_note_history_and_ledger_rows(send: Send) -> None:
    answer = send("POST", CONTACTS, CALL)
    assert answer.status_code == 201
    opened = json.loads(answer.content)
    contact = Contact.objects.get(pk=opened["id"])
    assert answer["Location"] == f"{CONTACTS}/{contact.pk}"
    assert opened["removed"] == {"statement": 1}
    assert str(contact.callback) == "+12185550100"
    assert contact.source_number == "CAD-1"
    assert str(contact.notes.get().text) == "RP is [removed], saw two men at the door."
    assert contact.history.count() == 2
    assert LedgerRow.objects.filter(subject=contact.pk).count() == 3
    assert b"undocumented" not in answer.content


def test_only_the_channel_has_to_be_known(send: Send) -> None:
    answer = send("POST", CONTACTS, {"channel": "text"})
    assert answer.status_code == 201
    assert json.loads(answer.content)["priority"] == 3


def test_status_changes_nothing_but_its_own_removal(send: Send) -> None:
    with_it = json.loads(send("POST", CONTACTS, CALL).content)
    without = CALL | {"narrative": "RP saw two men at the door."}
    compared = json.loads(send("POST", CONTACTS, without).content)
    for member in ("state", "version", "incident_type", "priority", "not_kept"):
        assert with_it[member] == compared[member]


def test_history_from_another_system_keeps_its_times(send: Send) -> None:
    received = datetime(2024, 3, 1, 12, 0, tzinfo=UTC)
    times = {
        "received_at": received.isoformat(),
        "answered_at": (received + timedelta(seconds=7)).isoformat(),
    }
    opened = json.loads(send("POST", CONTACTS, CALL | times).content)
    contact = Contact.objects.get(pk=opened["id"])
    assert (contact.state, contact.answer_ms) == ("answered", 7000)
    closing = {"disposition": "13", "at": (received + timedelta(hours=1)).isoformat()}
    assert send("POST", f"{CONTACTS}/{contact.pk}/close", closing).status_code == 200
    contact.refresh_from_db()
    assert contact.closed_at == received + timedelta(hours=1)


def test_the_answering_point_is_named_or_the_first(send: Send, neighbor: AnsweringPoint) -> None:
    opened = json.loads(send("POST", CONTACTS, CALL | {"answering_point": "next-911"}).content)
    assert Contact.objects.get(pk=opened["id"]).answering_point == neighbor
    wrong = send("POST", CONTACTS, CALL | {"answering_point": "nowhere"})
    assert wrong.status_code == 422
    assert json.loads(wrong.content)["errors"][0]["pointer"] == "/answering_point"


def test_without_a_guard_the_contact_opens_and_says_what_to_send_again(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(text: str, lang: str | None = None) -> guard.Screened:
        raise guard.GuardUnavailable("no rules")

    monkeypatch.setattr(guard, "screen", unavailable)
    first = send("POST", CONTACTS, CALL, Idempotency_Key="k")
    assert first.status_code == 201
    assert "narrative" in json.loads(first.content)["not_kept"]
    assert not Note.objects.exists()
    again = send("POST", CONTACTS, CALL, Idempotency_Key="k")
    assert json.loads(again.content)["not_kept"] == json.loads(first.content)["not_kept"]
    contact = json.loads(first.content)["id"]
    refused = send("POST", f"{CONTACTS}/{contact}/notes", {"text": "Two men at the door."})
    assert refused.status_code == 503
    assert refused["Retry-After"]


def test_the_same_request_again_opens_nothing(send: Send) -> None:
    first = send("POST", CONTACTS, CALL, Idempotency_Key="call-1")
    again = send("POST", CONTACTS, CALL, Idempotency_Key="call-1")
    assert (first.status_code, again.status_code) == (201, 200)
    assert json.loads(first.content)["id"] == json.loads(again.content)["id"]
    assert json.loads(again.content)["removed"] == {"statement": 1}
    assert Contact.objects.count() == 1
    assert HistoryEntry.objects.count() == 2
    assert send("POST", CONTACTS, CALL, Idempotency_Key="call-2").status_code == 201


def test_a_key_does_not_cover_another_request(send: Send) -> None:
    send("POST", CONTACTS, CALL, Idempotency_Key="call-1")
    other = send("POST", CONTACTS, CALL | {"narrative": "Else."}, Idempotency_Key="call-1")
    assert other.status_code == 422
    assert Contact.objects.count() == 1


def test_nothing_readable_is_kept_of_a_key(send: Send) -> None:
    send("POST", CONTACTS, CALL, Idempotency_Key="Jane Invented 555-0100")
    kept = IdempotencyKey.objects.values().get()
    assert "Jane" not in str(kept)
    assert IdempotencyKey.purge(timedelta(days=1)) == 0
    assert IdempotencyKey.purge(timedelta(seconds=-1)) == 1
    assert Contact.objects.count() == 1


def _bad(**fields: Any) -> dict[str, Any]:
    return {"channel": "911", **fields}


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/channel"),
        (_bad(channel="pigeon"), "/channel"),
        (_bad(priority=9), "/priority"),
        (_bad(priority="3"), "/priority"),
        (_bad(priority=True), "/priority"),
        (_bad(incident_type="ALIEN"), "/incident_type"),
        (_bad(language="klingon please"), "/language"),
        (_bad(received_at="2024-03-01T12:00:00"), "/received_at"),
        (_bad(received_at=1709294400), "/received_at"),
        (_bad(received_at="2999-01-01T00:00:00Z"), "/received_at"),
        (_bad(place={"latitude": 91, "longitude": 0}), "/place/latitude"),
        (_bad(place={"latitude": 46}), "/place"),
        (_bad(place="12 Invented Ave"), "/place"),
        (_bad(narrative="x" * 20_001), "/narrative"),
        (_bad(narrative=None), "/narrative"),
        (_bad(source_number="a\nb"), "/source_number"),
        (_bad(concern={"for_whom": "nobody"}), "/concern/for_whom"),
        ([], ""),
    ],
)
def test_what_cannot_be_taken_is_pointed_at(send: Send, body: Any, pointer: str) -> None:
    answer = send("POST", CONTACTS, json.dumps(body))
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert pointer in {error["pointer"] for error in json.loads(answer.content)["errors"]}
    assert not Contact.objects.exists()


@pytest.mark.parametrize(
    "field",
    [
        "citizenship", "immigration_status", "nationality", "country_of_birth", "alien_number",
        "visa_status", "citizenshipStatus",
    ],
)  # fmt: skip
def test_a_field_for_status_is_refused_and_says_why(send: Send, field: str) -> None:
    value = f"canary-{uuid4()}"
    answer = send("POST", CONTACTS, {"channel": "911", field: value})
    assert answer.status_code == 422
    text = answer.content.decode()
    assert "not needed for this service, so it is not collected" in text
    assert value not in text


def test_an_unknown_field_is_refused_without_its_name_or_value(send: Send) -> None:
    answer = send("POST", CONTACTS, _bad(place={"Jane Invented": "secret"}))
    assert answer.status_code == 422
    assert json.loads(answer.content)["errors"][0]["pointer"] == "/place"
    assert b"Jane" not in answer.content
    assert b"secret" not in answer.content


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        ("{", {}, 400),
        (b"\xff\xfe", {}, 400),
        ('{"channel": "911", "narrative": "\\ud800"}', {}, 400),
        ("{}", {"Content_Type": "text/plain"}, 415),
        ("{}", {"Content_Type": "application/x-www-form-urlencoded"}, 415),
        ("[" + "1," * 200_000 + "1]", {}, 413),
        ("{}", {"Authorization": ""}, 401),
        ("{}", {"Authorization": "Bearer nonsense"}, 401),
        ("{}", {"Authorization": "Basic eDp5"}, 401),
        ('{"channel": "911"}', {"Idempotency_Key": "k" * 201}, 400),
        ('{"channel": "911"}', {"Host": "evil.example"}, 400),
    ],
)
def test_unreadable_requests(send: Send, body: Any, headers: dict[str, str], status: int) -> None:
    answer = send("POST", CONTACTS, body, **headers)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["status"] == status
    assert not Contact.objects.exists()
