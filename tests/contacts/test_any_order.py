"""Whatever acts are tried in whatever order, the record stays whole."""

import contextlib
from itertools import count

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from safecall.contacts import actions
from safecall.contacts.actions import Actor, ActRefused, Changes, ContactOpening
from safecall.contacts.models import (
    Agency,
    AnsweringPoint,
    Assignment,
    Contact,
    HistoryEntry,
    Unit,
)
from safecall.contacts.workflow import Act, after
from safecall.ledger.models import LedgerRow
from safecall.vocabulary.unit_status import Primary

TRIES = st.sampled_from(
    ["answer", "note", "raise", "lower", "assign", "enroute", "clear", "move", "close", "reopen"]
)
_codes = count()


class AnyOrder(TestCase):
    """A department with one contact and one unit, on which everything is tried."""

    def setUp(self) -> None:
        code = f"any-{next(_codes)}"
        agency = Agency.objects.create(code=code, name="Test Police Department")
        self.here = AnsweringPoint.objects.create(code=code, name="Here", agency=agency)
        self.there = AnsweringPoint.objects.create(code=f"{code}-b", name="There", agency=agency)
        self.unit = Unit.objects.create(callsign=code, agency=agency)
        self.actor = Actor.system("CAD")
        self.contact = actions.open_contact(self.actor, ContactOpening("911", self.here)).contact

    def _try(self, what: str) -> None:
        actor, contact = self.actor, Contact.objects.get(pk=self.contact.pk)
        response = Assignment.objects.filter(ended_at__isnull=True).first()
        match what:
            case "answer":
                actions.answer(actor, contact)
            case "note":
                actions.add_note(actor, contact, "The door is open.")
            case "raise":
                actions.change(actor, contact, Changes(priority=1))
            case "lower":
                actions.change(actor, contact, Changes(priority=5))
            case "assign":
                actions.assign_unit(actor, contact, self.unit)
            case "enroute" if response:
                actions.set_unit_status(actor, response, "EnRoute")
            case "clear" if response:
                actions.set_unit_status(actor, response, "Cleared")
            case "move":
                actions.transfer(actor, contact, self.there)
            case "close":
                actions.close(actor, contact, "18")
            case "reopen":
                actions.reopen(actor, contact)

    @settings(max_examples=40, deadline=None)
    @given(st.lists(TRIES, max_size=12))
    def test_the_record_stays_whole(self, tries: list[str]) -> None:
        for what in tries:
            with contextlib.suppress(ActRefused):
                self._try(what)
        contact = Contact.objects.get(pk=self.contact.pk)
        history = list(contact.history.order_by("id"))
        assert [entry.version for entry in history] == list(range(1, contact.version + 1))
        assert LedgerRow.objects.filter(subject=contact.pk).count() == len(history)
        state = "received"
        for entry in history[1:]:
            allowed = after(state, Act(entry.act))
            assert allowed is not None
            state = allowed.value
        assert state == contact.state
        busy = Assignment.objects.filter(unit=self.unit, ended_at__isnull=True).exists()
        self.unit.refresh_from_db()
        assert busy == (self.unit.primary_status != Primary.AVAILABLE.value)
        if contact.state == "closed":
            assert contact.closed_at
            assert not busy


@pytest.mark.django_db
def test_history_has_an_entry_for_the_opening_alone(contact: Contact) -> None:
    assert HistoryEntry.objects.get().version == contact.version == 1
