"""What the desk's pages do without any script: plain forms, plain answers."""

import json
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client

from safecall import guard
from safecall.contacts.actions import (
    Actor,
    Changes,
    ContactOpening,
    Place,
    add_note,
    assign_unit,
    change,
    close,
    load_draft,
    open_contact,
)
from safecall.contacts.models import AnsweringPoint, Contact, Note, Unit
from safecall.people.models import User

SignedIn = Callable[[User], Client]
SCRIPT = {"HTTP_SAFECALL_FETCH": "1"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(signed_in: SignedIn, amina: User, answering_point: AnsweringPoint) -> Client:
    return signed_in(amina)


@pytest.fixture
def no_guard(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise guard.GuardUnavailable("no rules")

    monkeypatch.setattr(guard, "screen", refuse)


def at(contact: Contact, act: str = "") -> str:
    return f"/desk/contact/{contact.pk}" + (f"/{act}" if act else "")


def form_of(contact: Contact, **changed: str) -> dict[str, str]:
    """What the fields' form sends when these inputs were changed."""
    from safecall.desk import fields

    shown = fields.values(contact)
    sent = {**shown, **{f"was-{name}": value for name, value in shown.items()}, **changed}
    return {"version": str(contact.version), **sent}


def test_the_most_urgent_contact_stands_first(
    desk: Client, answering_point: AnsweringPoint, amina: User
) -> None:
    for code in ("NOISE", "SHOOT", "LARCENY"):
        open_contact(Actor.staff(amina), ContactOpening("911", answering_point, incident_type=code))
    page = desk.get("/desk/").content.decode()
    assert page.index("Shooting") < page.index("Noise")
    assert page.index("Shooting") < page.index("Theft")


def test_an_empty_queue_says_so(desk: Client) -> None:
    assert "No open contacts" in desk.get("/desk/").content.decode()


def test_changes_answers_204_until_something_changes(desk: Client, contact: Contact) -> None:
    first = desk.get("/desk/changes", {"after": "-1"}).content.decode()
    Contact.objects.update(year=2026, serial=7)
    shown = desk.get("/desk/changes", {"after": "-1"}).content.decode()
    mark = shown.split('data-change="')[1].split('"')[0]
    assert 'data-change="-1"' in first, "a contact that waits for its number is asked for again"
    assert desk.get("/desk/changes", {"after": mark}).status_code == 204
    change(Actor.system("test"), contact, Changes(priority=1))
    assert desk.get("/desk/changes", {"after": mark}).status_code == 200


def test_an_empty_form_opens_a_contact_once(desk: Client) -> None:
    sent = {"id": str(uuid4()), "channel": "911"}
    first = desk.post("/desk/new", sent)
    again = desk.post("/desk/new", sent)
    assert first.status_code == 302
    assert first["Location"] == again["Location"] == f"/desk/contact/{sent['id']}"
    assert Contact.objects.get().state == "answered"


def test_a_wrong_type_keeps_everything_that_was_typed(desk: Client) -> None:
    sent = {"id": str(uuid4()), "channel": "911", "place_words": "12 Elm St"}
    answer = desk.post("/desk/new", sent | {"incident_type": "no such thing"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Choose a type from the list" in page
    assert 'value="12 Elm St"' in page
    assert 'value="no such thing"' in page


def test_only_what_was_changed_is_saved(desk: Client, contact: Contact) -> None:
    sent = form_of(contact, place_words="12 Elm St", incident_type="Assault")
    change(Actor.system("other"), contact, Changes(language="es"))
    assert desk.post(at(contact, "change"), sent).status_code == 302
    contact.refresh_from_db()
    assert (contact.place_words, contact.incident_type) == ("12 Elm St", "ASSAULT")
    assert contact.language == "es", "a field that the page did not change stays"


def test_two_people_who_change_the_same_field_are_told(desk: Client, contact: Contact) -> None:
    sent = form_of(contact, priority="1")
    change(Actor.system("Dan Olson"), contact, Changes(priority=5))
    answer = desk.post(at(contact, "change"), sent)
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Priority: changed by Dan Olson at " in page
    assert "Nothing was overwritten" in page
    contact.refresh_from_db()
    assert contact.priority == 5
    told = json.loads(desk.post(at(contact, "change"), sent, **SCRIPT).content)
    assert told["kind"] == "conflict"
    assert told["clashes"][0]["theirs"] == {"priority": "5"}


def test_typing_is_screened_and_saved_as_a_draft(
    desk: Client, amina: User, contact: Contact
) -> None:
    text = "Żółw 🐢: caller says he is undocumented"
    sent = {"text": text, "contact": str(contact.pk), "save": "1"}
    told = json.loads(desk.post("/desk/screen", sent, **SCRIPT).content)
    finding = told["findings"][0]
    assert text[finding["start"] : finding["end"]] == "undocumented"
    assert told["saved"] is True
    kept = load_draft(amina, f"note-{contact.pk}")
    assert "undocumented" not in kept
    assert "[removed]" in kept
    assert kept in desk.get(at(contact)).content.decode()


def test_a_note_sent_twice_is_kept_once(desk: Client, contact: Contact) -> None:
    sent = {"narrative": "Two men at the door, no papers for the car", "once": "abc"}
    for _ in range(2):
        assert desk.post(at(contact, "note"), sent, **SCRIPT).status_code == 200
    assert Note.objects.count() == 1


def test_a_dropped_draft_is_gone(desk: Client, amina: User, contact: Contact) -> None:
    sent = {"text": "door open", "contact": str(contact.pk), "save": "1"}
    desk.post("/desk/screen", sent)
    desk.post("/desk/draft", {"contact": str(contact.pk)})
    assert load_draft(amina, f"note-{contact.pk}") == ""


@pytest.mark.usefixtures("no_guard")
def test_without_the_guard_a_note_stays_on_the_screen(desk: Client, contact: Contact) -> None:
    answer = desk.post(at(contact, "note"), {"narrative": "He has a knife"})
    assert answer.status_code == 503
    page = answer.content.decode()
    assert "kept on this screen, not saved" in page
    assert "He has a knife</textarea>" in page
    assert Note.objects.count() == 0


@pytest.mark.usefixtures("no_guard")
def test_without_the_guard_help_is_sent(desk: Client, contact: Contact, unit_12: Unit) -> None:
    assert desk.post("/desk/new", {"id": str(uuid4()), "channel": "911"}).status_code == 302
    assert desk.post(at(contact, "assign"), {"unit": "12"}).status_code == 302
    sent = form_of(contact, priority="1", incident_type="Shooting", place_words="by the lake")
    assert desk.post(at(contact, "change"), sent).status_code == 503
    contact.refresh_from_db()
    assert (contact.priority, contact.incident_type) == (1, "SHOOT")
    assert contact.assignments.get().unit == unit_12


def test_a_call_from_ring_to_close(desk: Client, contact: Contact, unit_12: Unit) -> None:
    desk.post(at(contact, "answer"))
    desk.post(at(contact, "assign"), {"unit": "12"})
    assignment = contact.assignments.get()
    refused = desk.post(at(contact, "close"), {"disposition": "Report taken"})
    assert refused.status_code == 409
    assert "Clear these units first: 12." in refused.content.decode()
    for status in ("EnRoute", "OnScene", "Cleared"):
        desk.post(f"/desk/assignment/{assignment.pk}/status", {"status": status})
    desk.post(at(contact, "close"), {"disposition": "report taken"})
    contact.refresh_from_db()
    assert (contact.state, contact.disposition) == ("closed", "01")
    desk.post(at(contact, "reopen"))
    contact.refresh_from_db()
    assert contact.state == "answered"
    history = desk.get(at(contact)).content.decode()
    for line in ("assigned unit 12", "unit 12: on the scene", "closed: Report taken", "reopened"):
        assert line in history


def test_a_contact_is_handed_over(desk: Client, contact: Contact, neighbor: AnsweringPoint) -> None:
    desk.post(at(contact, "transfer"), {"answering_point": "next-911"})
    contact.refresh_from_db()
    assert contact.answering_point == neighbor


def test_a_mention_waits_for_the_supervisor(
    signed_in: SignedIn, desk: Client, amina: User, sofia: User, contact: Contact
) -> None:
    add_note(Actor.staff(amina), contact, "He threatens to call immigration on her")
    assert "for a supervisor" in desk.get(at(contact)).content.decode()
    assert desk.get("/desk/mentions").status_code == 403
    supervisor = signed_in(sofia)
    assert "call immigration on her" in supervisor.get("/desk/mentions").content.decode()
    settled = {"note": str(Note.objects.get().pk), "reason": "threat_by_others"}
    supervisor.post("/desk/mentions", settled)
    assert "Nothing waits for you" in supervisor.get("/desk/mentions").content.decode()
    assert "settled by a supervisor" in desk.get(at(contact)).content.decode()


def test_the_wall_is_empty_without_calls_and_shows_shares_with_them(
    desk: Client, amina: User, contact: Contact
) -> None:
    assert "No calls yet" in desk.get("/desk/wall").content.decode()
    desk.post(at(contact, "answer"))
    wall = desk.get("/desk/wall").content.decode()
    assert "No calls yet" not in wall
    assert "100<span" in wall


def test_the_wall_shows_nothing_of_any_contact(desk: Client, contact: Contact) -> None:
    place = Place("77 Canary Court")
    change(Actor.system("test"), contact, Changes(place=place, callback="218-555-0142"))
    wall = desk.get("/desk/wall").content.decode()
    assert "Canary" not in wall
    assert "5550142" not in wall
    assert str(contact.pk) not in wall


def test_a_records_clerk_finds_closed_contacts_only(
    signed_in: SignedIn, amina: User, ruth: User, contact: Contact
) -> None:
    Contact.objects.update(year=2026, serial=7)
    clerk = signed_in(ruth)
    page = clerk.post("/desk/records", {"number": "2026-000007"}).content.decode()
    assert "still open" in page
    assert clerk.get(at(contact)).status_code == 404
    close(Actor.staff(amina), contact, "01")
    found = clerk.post("/desk/records", {"number": "2026-000007"})
    assert found["Location"] == at(contact)
    assert clerk.get(at(contact)).status_code == 200
    assert clerk.post(at(contact, "note"), {"narrative": "x"}).status_code == 403
    assert "No contact has this number" in (
        clerk.post("/desk/records", {"number": "drop"}).content.decode()
    )


def test_a_script_is_told_when_the_sign_in_has_ended(contact: Contact) -> None:
    assert Client().post(at(contact, "note"), {"narrative": "x"}, **SCRIPT).status_code == 401


def test_queries_do_not_grow_with_the_queue(
    desk: Client, amina: User, answering_point: AnsweringPoint
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as queries:
            desk.get("/desk/")
        counts.append(len(queries))
        for _ in range(20):
            made = open_contact(Actor.staff(amina), ContactOpening("911", answering_point)).contact
            unit = Unit.objects.create(
                callsign=f"Q{Unit.objects.count()}", agency=answering_point.agency
            )
            assign_unit(Actor.staff(amina), made, unit)
    # With no contact at all the assignments are not asked for.
    assert counts[1] - counts[0] <= 1


def test_no_page_asks_what_is_never_asked(desk: Client, contact: Contact) -> None:
    from safecall.guard.lint import lint_text

    for address in ("/desk/", "/desk/new", at(contact), "/desk/units", "/desk/wall"):
        assert lint_text(desk.get(address).content.decode(), ".html") == [], address
