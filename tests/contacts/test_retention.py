"""Personal details go when their time is over; the counts stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from safecall.contacts import receipts
from safecall.contacts.actions import (
    Actor,
    ActRefused,
    Concern,
    ContactOpening,
    Place,
    close,
    open_contact,
    reopen,
)
from safecall.contacts.models import AnsweringPoint, Contact, HistoryEntry, Note, Receipt
from safecall.contacts.retention import destroy, due
from safecall.ledger.models import LedgerRow
from safecall.people.models import User


@pytest.fixture
def old(amina: User, answering_point: AnsweringPoint) -> Contact:
    """A contact with every personal detail, closed 100 days ago."""
    actor = Actor.staff(amina)
    opened = open_contact(
        actor,
        ContactOpening(
            "911",
            answering_point,
            received_at=timezone.now() - timedelta(days=101),
            place=Place("12 Lake Ave", 46.7, -92.1),
            callback="218 555 0134",
            caller_name="Maryan",
            concern=Concern("other", "her aunt", "upstairs"),
            incident_type="WELFARE",
            narrative="Nobody answers the door.",
        ),
    ).contact
    receipts.issue(opened)
    return close(actor, opened, "18", at=timezone.now() - timedelta(days=100))


def test_everything_personal_is_destroyed_and_what_counts_stays(old: Contact) -> None:
    assert destroy(days=90) == 1
    left = Contact.objects.get(pk=old.pk)
    personal = (left.callback, left.caller_name, left.concern_who, left.concern_where)
    assert personal == ("", "", "", "")
    assert (left.place_words, left.latitude, left.longitude) == ("", None, None)
    assert Note.objects.get(contact=left).text == ""
    assert not Receipt.objects.exists()
    assert (left.incident_type, left.disposition) == ("WELFARE", "18")
    assert HistoryEntry.objects.latest("id").act == "destroy"


def test_the_ledger_keeps_its_rows_and_loses_their_keys(old: Contact) -> None:
    rows = LedgerRow.objects.filter(subject=old.pk)
    before = rows.count()
    destroy(days=90)
    assert rows.count() == before
    assert set(rows.values_list("salt", flat=True)) == {None}
    assert LedgerRow.objects.filter(kind="retention").count() == 1


def test_only_what_is_due_is_destroyed_and_only_once(old: Contact, contact: Contact) -> None:
    assert list(due(days=101)) == []
    assert destroy(days=90) == 1
    assert destroy(days=90) == 0


def test_a_destroyed_contact_is_not_reopened(old: Contact, amina: User) -> None:
    destroy(days=90)
    with pytest.raises(ActRefused, match="destroyed"):
        reopen(Actor.staff(amina), old)
