"""Mentions: settled with a reason or by a record, within five business days."""

from datetime import datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from safecall.contacts.actions import Actor, ActRefused, add_note
from safecall.contacts.models import Contact, Note
from safecall.engagements import mentioned
from safecall.engagements.actions import record, settle_as_nothing, settle_as_record
from safecall.engagements.models import MentionSettled
from safecall.people.models import User
from safecall.vocabulary.engagements.outcome import Settled
from tests.engagements.said import about_a_suspect


@pytest.fixture
def note(contact: Contact, amina: User) -> Note:
    return add_note(Actor.staff(amina), contact, "He threatens to call ICE on her.").note


def test_settled_as_nothing_with_a_reason(note: Note, sofia: User, contact: Contact) -> None:
    assert [one.note for one in mentioned.waiting()] == [note]
    settle_as_nothing(Actor.staff(sofia), note, Settled.THREAT_BY_OTHERS)
    assert mentioned.waiting() == []
    assert mentioned.counts() == mentioned.Counts(0, 0, 0, 1, 0)
    assert contact.history.filter(data__mention="threat_by_others").count() == 1


def test_settled_by_a_record(note: Note, sofia: User) -> None:
    row = record(Actor.staff(sofia), about_a_suspect())
    settle_as_record(Actor.staff(sofia), note, row)
    assert mentioned.counts() == mentioned.Counts(0, 0, 0, 0, 1)
    assert MentionSettled.objects.get().engagement == row


def test_only_a_supervisor_settles_and_only_once(note: Note, sofia: User, amina: User) -> None:
    with pytest.raises(ActRefused, match="Supervisors"):
        settle_as_nothing(Actor.staff(amina), note, Settled.PLACE_OR_NAME)
    with pytest.raises(ActRefused, match="no system"):
        settle_as_nothing(Actor.system("CAD"), note, Settled.PLACE_OR_NAME)
    settle_as_nothing(Actor.staff(sofia), note, Settled.PLACE_OR_NAME)
    with pytest.raises(ActRefused, match="meanwhile"):
        settle_as_nothing(Actor.staff(sofia), note, Settled.PROPERTY)
    assert MentionSettled.objects.get().reason == "place_or_name"


def test_what_takes_longer_than_five_business_days_is_counted(
    contact: Contact, amina: User, sofia: User
) -> None:
    zone = timezone.get_current_timezone()
    monday = datetime(2026, 10, 19, 10, tzinfo=zone)
    note = add_note(Actor.staff(amina), contact, "ICE came by.").note
    Note.objects.filter(pk=note.pk).update(at=monday)
    note.refresh_from_db()
    with time_machine.travel(monday + timedelta(days=7), tick=False):
        assert mentioned.counts().unsettled == 0
        assert not mentioned.waiting()[0].overdue
    with time_machine.travel(monday + timedelta(days=8), tick=False):
        assert mentioned.counts().unsettled == 1
        assert mentioned.waiting()[0].overdue
        settle_as_nothing(Actor.staff(sofia), note, Settled.OTHER_AGENCY_ONLY)
        counts = mentioned.counts()
    # Settled, and still told: it was late.
    assert (counts.unsettled, counts.late) == (0, 1)
