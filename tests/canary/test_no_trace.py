"""A canary hidden behind each of 200 status phrases, in every input, is found nowhere afterwards.

Each phrase is written in random capitals with random digits, so that its exact spelling is unique:
the guard sees through it, and a search for it finds only what was really kept.
"""

import logging

import pytest

from safecall.contacts import actions, receipts
from safecall.contacts.actions import Actor, Changes, Concern, ContactOpening, Place
from safecall.contacts.models import AnsweringPoint, Contact, Unit
from safecall.people.models import User
from tests.canary.hidden import (
    AROUND,
    CANARIES,
    PHRASES,
    TEXTS,
    everything_stored,
    traces,
)


def test_there_are_two_hundred() -> None:
    assert len(set(PHRASES)) >= 200


@pytest.mark.parametrize("field", ["narrative", "place", "caller_name", "callback", "concern"])
def test_no_trace_of_what_was_said_is_kept(
    field: str, amina: User, answering_point: AnsweringPoint, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    for text in TEXTS:
        typed = {field: text}
        actions.open_contact(
            Actor.staff(amina),
            ContactOpening(
                "911",
                answering_point,
                narrative=typed.get("narrative", ""),
                place=Place(typed.get("place", "")),
                caller_name=typed.get("caller_name", ""),
                callback=typed.get("callback", ""),
                concern=Concern("other", typed.get("concern", ""), typed.get("concern", "")),
            ),
        )
    assert traces(everything_stored()) == []
    assert traces(caplog.text) == []


def test_notes_drafts_and_changes_keep_no_trace(contact: Contact, amina: User) -> None:
    actor = Actor.staff(amina)
    for number, text in enumerate(TEXTS):
        actions.add_note(actor, contact, text)
        actions.save_draft(actor, contact, f"draft-{number}", text)
        actions.change(actor, contact, Changes(place=Place(text), caller_name=text))
    assert traces(everything_stored()) == []


def test_what_is_not_about_status_is_kept(contact: Contact, amina: User) -> None:
    for said in CANARIES:
        kept = actions.add_note(Actor.staff(amina), contact, AROUND.format(said)).note.text
        assert kept.startswith("Two men are at the back door.")
        assert kept.endswith("They have a crowbar.")


@pytest.mark.parametrize("said", ["", *CANARIES[:40]])
def test_the_service_is_the_same_with_and_without_it(
    said: str, amina: User, answering_point: AnsweringPoint, unit_12: Unit
) -> None:
    """The metamorphic test of St Paul 44.01: a phrase on status changes nothing that is done."""
    actor = Actor.staff(amina)
    contact = actions.open_contact(
        actor,
        ContactOpening(
            "911", answering_point, incident_type="BURGLARY", narrative=AROUND.format(said)
        ),
    ).contact
    assignment = actions.assign_unit(actor, contact, unit_12)
    assert (contact.incident_type, contact.priority, contact.agency.code) == (
        "BURGLARY",
        2,
        "test-pd",
    )
    assert assignment.status == "Assigned"
    assert receipts.find(receipts.issue(contact)) == contact
