"""Following a contact from another system."""

import json
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest

from safecall.contacts.actions import Actor, Changes, ContactOpening, change, open_contact
from safecall.contacts.models import AnsweringPoint, Contact, Note, Unit
from safecall.people.models import SystemToken, User
from tests.api.conftest import CONTACTS, Send

pytestmark = [pytest.mark.both, pytest.mark.django_db]


def body(answer: Any) -> Any:
    return json.loads(answer.content)


def test_a_contact_is_read_with_all_that_is_kept(send: Send, contact: Contact) -> None:
    send("POST", f"{CONTACTS}/{contact.pk}/notes", {"text": "Two men at the door."})
    answer = send("GET", f"{CONTACTS}/{contact.pk}")
    assert answer.status_code == 200
    assert answer["ETag"] == '"2"'
    assert body(answer)["notes"][0]["text"] == "Two men at the door."


def test_a_list_shows_nothing_personal_and_pages_without_gap_or_repeat(
    send: Send, answering_point: AnsweringPoint
) -> None:
    for _ in range(7):
        open_contact(
            Actor.system("x"), ContactOpening("911", answering_point, callback="+12185550100")
        )
    seen: list[str] = []
    cursor = ""
    while True:
        page = body(send("GET", f"{CONTACTS}?limit=3&cursor={cursor}"))
        seen += [one["id"] for one in page["contacts"]]
        assert "callback" not in json.dumps(page)
        if not (cursor := page["next"] or ""):
            break
    assert len(seen) == len(set(seen)) == 7


def test_a_list_is_filtered_by_state(send: Send, contact: Contact) -> None:
    assert len(body(send("GET", f"{CONTACTS}?state=open"))["contacts"]) == 1
    send("POST", f"{CONTACTS}/{contact.pk}/close", {"disposition": "13"})
    assert body(send("GET", f"{CONTACTS}?state=open"))["contacts"] == []
    assert len(body(send("GET", f"{CONTACTS}?state=closed"))["contacts"]) == 1


@pytest.mark.parametrize("query", ["cursor=nonsense", "cursor=%ff", "state=lost", "limit=0"])
def test_a_wrong_query_is_refused(send: Send, query: str) -> None:
    assert send("GET", f"{CONTACTS}?{query}").status_code in (400, 422)


def test_the_way_of_a_contact(send: Send, contact: Contact, neighbor: AnsweringPoint) -> None:
    at = f"{CONTACTS}/{contact.pk}"
    assert body(send("POST", f"{at}/answer"))["state"] == "answered"
    assert send("POST", f"{at}/answer").status_code == 409
    assert send("POST", f"{at}/transfer", {"answering_point": "next-911"}).status_code == 200
    assert send("POST", f"{at}/transfer", {"answering_point": "next-911"}).status_code == 409
    assert body(send("POST", f"{at}/close", {"disposition": "13"}))["state"] == "closed"
    refused = send("PATCH", at, {"priority": 1}, If_Match='"4"')
    assert refused.status_code == 409
    assert "Reopen" in body(refused)["detail"]
    assert body(send("POST", f"{at}/reopen"))["state"] == "answered"


def test_fields_change_with_the_version_that_was_seen(
    send: Send, contact: Contact, dan: User
) -> None:
    at = f"{CONTACTS}/{contact.pk}"
    assert send("PATCH", at, {"priority": 1}).status_code == 428
    assert send("PATCH", at, {"priority": 1}, If_Match="one").status_code == 400
    changed = send("PATCH", at, {"priority": 1, "language": None}, If_Match='"1"')
    assert (changed.status_code, changed["ETag"]) == (200, '"2"')
    change(Actor.staff(dan), contact, Changes(priority=4))
    conflict = send("PATCH", at, {"priority": 2}, If_Match='"2"')
    assert conflict.status_code == 409
    assert body(conflict)["fields"] == ["priority"]
    other = send("PATCH", at, {"incident_type": "NOISE", "priority": 4}, If_Match='"2"')
    assert other.status_code == 200


def test_what_is_removed_from_changes_and_notes_is_counted(send: Send, contact: Contact) -> None:
    at = f"{CONTACTS}/{contact.pk}"
    place = {"place": {"words": "12 Invented Ave, tenant is undocumented"}}
    assert body(send("PATCH", at, place, If_Match='"1"'))["removed"] == {"statement": 1}
    note = send("POST", f"{at}/notes", {"text": "He is undocumented."}, Idempotency_Key="n")
    assert (note.status_code, body(note)["removed"]) == (201, {"statement": 1})
    again = send("POST", f"{at}/notes", {"text": "He is undocumented."}, Idempotency_Key="n")
    assert (again.status_code, body(again)) == (200, body(note))
    assert Note.objects.count() == 1


def test_a_key_of_an_opening_is_none_of_a_note(send: Send) -> None:
    opened = body(send("POST", CONTACTS, {"channel": "911"}, Idempotency_Key="k"))
    other = send("POST", f"{CONTACTS}/{opened['id']}/notes", {"text": "x"}, Idempotency_Key="k")
    assert other.status_code == 422
    assert not Note.objects.exists()


def test_units_are_sent_and_followed(send: Send, contact: Contact, unit_12: Unit) -> None:
    at = f"{CONTACTS}/{contact.pk}/units"
    assigned = send("POST", at, {"unit": "12"})
    assert assigned.status_code == 201
    assert send("POST", at, {"unit": "12"}).status_code == 409
    assert send("POST", at, {"unit": "none"}).status_code == 422
    one = f"{at}/{body(assigned)['id']}"
    assert body(send("PATCH", one, {"status": "EnRoute"}))["status"] == "EnRoute"
    assert send("PATCH", one, {"status": "Assigned"}).status_code == 409
    assert send("PATCH", one, {"status": "Lost"}).status_code == 422
    assert send("PATCH", f"{at}/{2**62}", {"status": "OnScene"}).status_code == 404
    other = f"{CONTACTS}/{uuid4()}/units/{body(assigned)['id']}"
    assert send("PATCH", other, {"status": "OnScene"}).status_code == 404


def test_what_is_not_there_is_404(send: Send) -> None:
    at = f"{CONTACTS}/{uuid4()}"
    assert send("GET", at).status_code == 404
    assert send("POST", f"{at}/answer").status_code == 404
    assert send("POST", f"{at}/notes", {"text": "x"}).status_code == 404
    assert send("GET", f"{CONTACTS}/not-an-id").status_code in (404, 422)


def test_scopes_are_kept(send: Send, contact: Contact) -> None:
    reads = f"Bearer {SystemToken.issue('Reader', ['contacts:read'])[1]}"
    writes = f"Bearer {SystemToken.issue('Writer', ['contacts:write'])[1]}"
    assert send("GET", CONTACTS, Authorization=reads).status_code == 200
    assert send("GET", CONTACTS, Authorization=writes).status_code == 403
    assert send("POST", CONTACTS, {"channel": "911"}, Authorization=reads).status_code == 403
    answered = send("POST", f"{CONTACTS}/{contact.pk}/answer", Authorization=reads)
    assert answered.status_code == 403


def test_guessing_tokens_is_slowed_and_locks_nobody_out(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Within one minute, whenever the test runs.
    monkeypatch.setattr("safecall.api.tokens.time", SimpleNamespace(monotonic=lambda: 90.0))
    wrong = "Bearer safecall_wrong"
    statuses = [send("GET", CONTACTS, Authorization=wrong).status_code for _ in range(40)]
    assert statuses[0] == 401
    assert statuses[-1] == 429
    assert send("GET", CONTACTS).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/api/v1/nothing", 404),
        ("DELETE", CONTACTS, 405),
        ("PUT", "/api/v1/languages", 405),
    ],
)
def test_every_error_is_a_problem_document(send: Send, method: str, path: str, status: int) -> None:
    answer = send(method, path)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    if status == 405:
        assert "GET" in answer["Allow"]


def test_a_fault_here_says_nothing_of_what_was_sent(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("secret words")

    monkeypatch.setattr("safecall.api.intake.open_contact", broken)
    answer = send("POST", CONTACTS, {"channel": "911"})
    assert answer.status_code == 500
    assert answer["Content-Type"] == "application/problem+json"
    assert b"secret" not in answer.content


def test_registries(send: Send) -> None:
    types = {one["code"] for one in body(send("GET", "/api/v1/incident-types"))}
    assert "DISORD" in types
    assert "ALIEN" not in types
    assert body(send("GET", "/api/v1/dispositions"))[0]["code"] == "01"
    assert {"tag", "english", "endonym", "direction"} == set(
        body(send("GET", "/api/v1/languages"))[0]
    )
