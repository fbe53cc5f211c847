"""The three answers: counted once, with no way back to whoever gave them."""

from datetime import date
from uuid import uuid4

import pytest
import time_machine

from safecall.contacts.actions import Actor, ActRefused, InvalidField
from safecall.contacts.models import Contact
from safecall.feedback import selectors
from safecall.feedback.actions import give_answers, mark_seen, once_of
from safecall.feedback.models import Answered, Answers
from safecall.feedback.selectors import Replies
from safecall.ledger.models import LedgerRow
from safecall.people.models import User

pytestmark = pytest.mark.django_db

GOOD = {"helped": "yes", "own_language": "yes", "asked": "no"}


def test_what_is_not_answered_is_unsaid() -> None:
    give_answers({"helped": "yes"})
    one = Answers.objects.get()
    assert (one.helped, one.own_language, one.asked) == ("yes", "unsaid", "unsaid")
    assert not one.coded


def test_only_the_month_is_kept() -> None:
    with time_machine.travel("2026-03-17T20:00:00Z"):
        give_answers(GOOD)
    assert Answers.objects.get().month == date(2026, 3, 1)


def test_a_page_sent_twice_counts_once() -> None:
    for _ in range(2):
        give_answers(GOOD, once=once_of("a" * 32))
    give_answers(GOOD, once=once_of("b" * 32))
    give_answers(GOOD, once=once_of(""))
    assert Answers.objects.count() == 3


def test_a_report_counts_once_and_nothing_leads_to_it(contact: Contact) -> None:
    assert not give_answers(GOOD, contact=contact).again
    assert give_answers(GOOD | {"asked": "yes"}, contact=contact).again
    one = Answers.objects.get()
    assert one.coded
    assert one.asked == "no"
    key = Answered.objects.get().key
    assert str(contact.pk) not in key
    assert one.pk.hex not in key


def test_words_are_screened_and_what_was_removed_is_counted() -> None:
    given = give_answers(GOOD, "They were kind. I have no papers.")
    assert given.removed
    one = Answers.objects.get()
    assert "They were kind" in str(one.words)
    assert "papers" not in str(one.words)
    row = LedgerRow.objects.get(kind=LedgerRow.Kind.GUARD_REMOVED)
    assert row.subject == one.pk
    assert row.record is None


def test_words_are_sealed_at_rest() -> None:
    from django.db import connection

    give_answers(GOOD, "The officer was patient with my mother.")
    with connection.cursor() as cursor:
        cursor.execute("SELECT words FROM feedback_answers")
        assert "patient" not in cursor.fetchone()[0]


def test_a_wrong_answer_is_refused() -> None:
    with pytest.raises(InvalidField):
        give_answers({"asked": "perhaps"})
    with pytest.raises(InvalidField):
        give_answers(GOOD, "x" * 10_001)
    assert not Answers.objects.exists()


def test_asked_yes_waits_for_a_supervisor(sofia: User, amina: User) -> None:
    give_answers(GOOD)
    give_answers(GOOD | {"asked": "yes"})
    [waits] = selectors.unseen_asked()
    assert selectors.waiting() == 1
    with pytest.raises(ActRefused):
        mark_seen(Actor.staff(amina), waits)
    assert selectors.waiting() == 1
    mark_seen(Actor.staff(sofia), waits)
    assert selectors.waiting() == 0


def test_counts_per_month() -> None:
    with time_machine.travel("2026-03-02T12:00:00Z"):
        give_answers(GOOD, once=uuid4())
        give_answers({"helped": "no"}, once=uuid4())
    with time_machine.travel("2026-05-30T12:00:00Z"):
        give_answers(GOOD | {"asked": "yes"}, once=uuid4())
    march, may = selectors.answers_by_month(date(2026, 3, 20), date(2026, 5, 1))
    assert (march.month, march.answers, march.coded) == (date(2026, 3, 1), 2, 0)
    assert march.helped == Replies(yes=1, no=1, unsaid=0)
    assert march.own_language == Replies(yes=1, no=0, unsaid=1)
    assert march.asked == Replies(yes=0, no=1, unsaid=1)
    assert (may.month, may.asked) == (date(2026, 5, 1), Replies(yes=1, no=0, unsaid=0))
