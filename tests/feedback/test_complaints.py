"""Complaints: unnamed, with a code to come back by, settled by a supervisor, counted."""

from datetime import date

import pytest
import time_machine

from safecall.contacts.actions import Actor, ActRefused, InvalidField
from safecall.feedback import selectors
from safecall.feedback.actions import add_words, complain, find, look_at, reopen, settle
from safecall.feedback.models import Complaint, ComplaintStep, ComplaintWords
from safecall.people.models import User

pytestmark = pytest.mark.django_db


@pytest.fixture
def supervisor(sofia: User) -> Actor:
    return Actor.staff(sofia)


def test_a_complaint_has_a_code_to_come_back_by() -> None:
    made = complain("asked", "It was at the traffic light.")
    assert find(made.code.lower().replace("-", " ")) == made.complaint
    assert find("00000-00000-00000-00000") is None
    assert find("short") is None
    assert made.code.replace("-", "") not in made.complaint.code_hash


def test_a_complaint_needs_no_words() -> None:
    complain("interpreter")
    assert not ComplaintWords.objects.exists()
    assert selectors.waiting() == 1


def test_a_receipt_code_opens_no_complaint(contact: object) -> None:
    from safecall.contacts import receipts
    from safecall.contacts.models import Contact

    assert isinstance(contact, Contact)
    assert find(receipts.issue(contact)) is None
    assert receipts.find(complain("other").code) is None


def test_its_words_are_screened() -> None:
    made = complain("asked", "The officer asked for my green card. I am undocumented.")
    assert made.removed
    kept = str(made.complaint.words.get().text)
    assert "undocumented" not in kept
    assert made.complaint.words.get().removed > 0


def test_more_can_be_said_and_the_same_is_not_said_twice() -> None:
    complaint = complain("treated", "He shouted.").complaint
    add_words(complaint, "There was a witness.")
    add_words(complaint, "There was a witness.")
    assert [str(one.text) for one in complaint.words.order_by("id")] == [
        "He shouted.",
        "There was a witness.",
    ]
    with pytest.raises(InvalidField):
        add_words(complaint, "  ")


def test_it_is_taken_up_settled_and_opened_again(supervisor: Actor) -> None:
    complaint = complain("held").complaint
    look_at(supervisor, complaint)
    look_at(supervisor, complaint)
    assert selectors.waiting() == 0
    assert selectors.open_complaints() == [complaint]
    with pytest.raises(InvalidField):
        settle(supervisor, complaint, "forgotten")
    settle(supervisor, complaint, "broken")
    with pytest.raises(ActRefused):
        settle(supervisor, complaint, "kept")
    assert selectors.open_complaints() == []
    reopen(supervisor, complaint)
    with pytest.raises(ActRefused):
        reopen(supervisor, complaint)
    complaint.refresh_from_db()
    assert (complaint.state, complaint.outcome, complaint.settled_on) == ("looked_at", "", None)
    acts = complaint.steps.order_by("id").values_list("act", "actor_label")
    assert list(acts) == [
        ("receive", "Resident"),
        ("look", "Sofia Reyes"),
        ("settle", "Sofia Reyes"),
        ("reopen", "Sofia Reyes"),
    ]


def test_what_is_added_to_a_settled_one_waits_again(supervisor: Actor) -> None:
    complaint = complain("held").complaint
    settle(supervisor, complaint, "unclear")
    add_words(complaint, "I found the letter.")
    assert selectors.waiting() == 1
    assert selectors.open_complaints() == [complaint]
    complaint.refresh_from_db()
    assert complaint.state == Complaint.State.SETTLED


def test_only_a_supervisor_acts_on_it(amina: User, ruth: User) -> None:
    complaint = complain("other").complaint
    for who in (Actor.staff(amina), Actor.staff(ruth), Actor.resident(), Actor.system("CAD")):
        with pytest.raises(ActRefused):
            look_at(who, complaint)
        with pytest.raises(ActRefused):
            settle(who, complaint, "kept")
    complaint.refresh_from_db()
    assert complaint.state == Complaint.State.RECEIVED
    assert ComplaintStep.objects.count() == 1


def test_counts_per_month(supervisor: Actor) -> None:
    with time_machine.travel("2026-03-31T12:00:00Z"):
        late = complain("asked").complaint
        complain("asked")
    with time_machine.travel("2026-04-02T12:00:00Z"):
        settle(supervisor, late, "broken")
        complain("other")
    march, april = selectors.complaints_by_month(date(2026, 1, 1), date(2026, 12, 31))
    assert (march.month, march.received, march.settled) == (date(2026, 3, 1), 2, 0)
    assert march.received_by_kind == {"asked": 2}
    assert (april.received, april.settled) == (1, 1)
    assert april.settled_by_kind == {"asked": 1}
    assert april.outcomes == {"broken": 1}
    assert selectors.open_complaints_on(date(2026, 4, 1)) == 2
    assert selectors.open_complaints_on(date(2026, 4, 2)) == 2
    assert selectors.complaints_by_month(date(2026, 4, 3), date(2026, 4, 30)) == []
