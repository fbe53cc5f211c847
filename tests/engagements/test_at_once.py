"""Several people at the same moment: numbers without gaps, one answer, one finding."""

import threading
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection

from safecall.contacts.actions import Actor, ActRefused
from safecall.engagements import selectors
from safecall.engagements.actions import amend, approve, record
from safecall.engagements.models import Approval, Engagement, PolicyFinding, Series
from safecall.ledger.models import LedgerRow
from safecall.people.models import User
from safecall.vocabulary.engagements import outcome
from tests.engagements.said import about_a_suspect

pytestmark = pytest.mark.django_db(transaction=True)
PEOPLE = 6


def at_once(tasks: list[Callable[[], object]]) -> list[object]:
    """Run these at the same moment, each on its own connection; what they returned or refused."""
    gate, results = threading.Barrier(len(tasks)), []

    def go(task: Callable[[], object]) -> None:
        try:
            gate.wait()
            results.append(task())
        except ActRefused as refused:
            results.append(refused)
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == len(tasks), "one of them failed"
    return results


def test_numbers_are_gapless(amina: User) -> None:
    actor = Actor.staff(amina)
    facts = about_a_suspect(exigency=outcome.Exigency.LIFE)
    at_once([lambda: record(actor, facts)] * PEOPLE)
    serials = sorted(Engagement.objects.values_list("serial", flat=True))
    assert serials == list(range(1, PEOPLE + 1))


def test_the_same_call_at_the_same_moment_records_once(amina: User) -> None:
    actor, key = Actor.staff(amina), uuid4()
    facts = about_a_suspect()
    made = at_once([lambda: record(actor, facts, record_id=key)] * PEOPLE)
    assert {one.pk for one in made if isinstance(one, Engagement)} == {key}
    assert Engagement.objects.count() == 1
    assert Series.objects.get().last == 1
    assert LedgerRow.objects.filter(kind=LedgerRow.Kind.ENGAGEMENT).count() == 1


def test_amendments_follow_each_other(amina: User) -> None:
    actor = Actor.staff(amina)
    row = record(actor, about_a_suspect())
    facts = selectors.facts(selectors.latest(row))
    tasks: list[Callable[[], object]] = [
        lambda n=n: amend(actor, row, about_a_suspect(facts.happened_at, subject_count=n))  # type: ignore[misc]
        for n in range(2, 2 + PEOPLE)
    ]
    at_once(tasks)
    versions = sorted(Engagement.objects.values_list("version", flat=True))
    assert versions == list(range(1, PEOPLE + 2))
    # One finding stands once, however many judged at the same time.
    standing = PolicyFinding.objects.filter(settled_at__isnull=True)
    assert standing.values("code").distinct().count() == standing.count()


def test_a_supervisor_who_presses_twice_approves(amina: User, sofia: User) -> None:
    row = record(Actor.staff(amina), about_a_suspect(exigency=outcome.Exigency.LIFE))
    actor = Actor.staff(sofia)
    at_once([lambda: approve(actor, row, outcome.ApprovalState.APPROVED)] * 2)
    assert set(Approval.objects.values_list("state", flat=True)) == {"approved"}
    assert not PolicyFinding.objects.filter(settled_at__isnull=True).exists()
