"""Words go when their time is over; answers, kinds, outcomes and counts stay."""

from datetime import date

import pytest
import time_machine

from safecall.contacts.actions import Actor, ActRefused
from safecall.feedback import retention, selectors
from safecall.feedback.actions import add_words, complain, give_answers, reopen, settle
from safecall.feedback.models import Answers
from safecall.ledger.models import LedgerRow
from safecall.people.models import User

pytestmark = pytest.mark.django_db

WORDS = "He was kind. I have no papers."


def test_words_of_answers_go_so_long_after_their_month() -> None:
    with time_machine.travel("2026-01-05T12:00:00Z"):
        give_answers({"helped": "yes"}, WORDS)
    assert retention.due(date(2026, 5, 1), days=90).count() == 1
    assert retention.destroy(date(2026, 4, 30), days=90) == 0
    assert retention.destroy(date(2026, 5, 1), days=90) == 1
    one = Answers.objects.get()
    assert str(one.words) == ""
    assert one.helped == "yes"
    assert LedgerRow.objects.get(kind=LedgerRow.Kind.GUARD_REMOVED).salt is None
    assert retention.destroy(date(2026, 6, 1), days=90) == 0


def test_words_of_a_complaint_go_so_long_after_it_was_settled(sofia: User) -> None:
    with time_machine.travel("2026-01-05T12:00:00Z"):
        settled = complain("asked", WORDS).complaint
        waits = complain("treated", "He shouted.").complaint
        settle(Actor.staff(sofia), settled, "broken")
    assert retention.destroy(date(2026, 4, 4), days=90) == 0
    assert retention.destroy(date(2026, 4, 5), days=90) == 1
    assert str(settled.words.get().text) == ""
    assert str(waits.words.get().text) == "He shouted."
    with pytest.raises(ActRefused):
        reopen(Actor.staff(sofia), settled)
    with pytest.raises(ActRefused):
        add_words(settled, "One thing more.")
    [month] = selectors.complaints_by_month(date(2026, 1, 1), date(2026, 12, 31))
    assert (month.received, month.settled, month.outcomes) == (2, 1, {"broken": 1})
    record = LedgerRow.objects.get(kind=LedgerRow.Kind.RETENTION).record
    assert record is not None
    assert (record["answers"], record["complaints"]) == (0, 1)
