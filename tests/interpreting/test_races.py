"""Many people and workers at the same moment: one winner, no double ring."""

import threading
from collections import Counter
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Count

from safecall.contacts.actions import Actor, ContactOpening, open_contact
from safecall.contacts.models import AnsweringPoint
from safecall.interpreting import actions, worker
from safecall.interpreting.advance import advance
from safecall.interpreting.models import InterpreterRequest, Offer
from safecall.people.models import User
from tests.interpreting.conftest import Make

RACES = 30
RUNNERS = 4

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(tasks: list[Callable[[], object]]) -> list[object]:
    """Run these at the same moment, each on its own connection; what they returned."""
    gate, results = threading.Barrier(len(tasks)), []

    def go(task: Callable[[], object]) -> None:
        try:
            gate.wait()
            results.append(task())
        finally:
            connection.close()

    threads = [threading.Thread(target=go, args=[task]) for task in tasks]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == len(tasks), "one of them failed"
    return results


def ask(point: AnsweringPoint, desk: Actor) -> InterpreterRequest:
    contact = open_contact(desk, ContactOpening("911", point, language="so")).contact
    return actions.request_interpreter(desk, contact)


def test_every_race_has_one_winner(
    amina: User, answering_point: AnsweringPoint, interpreter: Make
) -> None:
    desk = Actor.staff(amina)
    for number in range(RUNNERS):
        interpreter(f"so-{number}")
    for _ in range(RACES):
        request = ask(answering_point, desk)
        advance(request.pk, request.requested_at + timedelta(seconds=7))
        offers = list(Offer.objects.filter(request=request, kind="roster"))
        assert len(offers) == RUNNERS
        answers = at_once([lambda offer=offer: actions.accept(desk, offer) for offer in offers])  # type: ignore[misc]
        assert sum(answer.won for answer in answers) == 1  # type: ignore[attr-defined]
        outcomes = Counter(Offer.objects.filter(request=request).values_list("outcome", flat=True))
        assert outcomes == {"accepted": 1, "withdrawn": RUNNERS - 1}
        actions.end(desk, request)


def test_two_who_accept_one_offer_accept_it_once(
    amina: User, answering_point: AnsweringPoint, interpreter: Make
) -> None:
    desk = Actor.staff(amina)
    interpreter("so-1")
    request = ask(answering_point, desk)
    offer = Offer.objects.get(request=request)
    at_once([lambda: actions.accept(desk, offer)] * 3)
    assert request.contact.history.filter(data__step="answered").count() == 1


def test_asking_at_the_same_moment_opens_one_request(
    amina: User, answering_point: AnsweringPoint, interpreter: Make
) -> None:
    desk = Actor.staff(amina)
    interpreter("so-1")
    opening = ContactOpening("911", answering_point, language="so")
    contact = open_contact(desk, opening).contact
    at_once([lambda: actions.request_interpreter(desk, contact)] * 4)
    assert InterpreterRequest.objects.count() == 1
    assert Offer.objects.count() == 1


def test_workers_at_once_ring_nobody_twice(
    amina: User, answering_point: AnsweringPoint, interpreter: Make
) -> None:
    desk = Actor.staff(amina)
    for number in range(4):
        interpreter(f"so-{number}")
    requests = [ask(answering_point, desk) for _ in range(3)]
    later = requests[-1].requested_at + timedelta(seconds=8)
    at_once([lambda: worker.look(later)] * 3)
    rings = Offer.objects.filter(interpreter__isnull=False)
    assert rings.filter(over_at__isnull=True).count() == 4
    twice = rings.values("interpreter").annotate(n=Count("id")).filter(n__gt=1)
    assert list(twice) == []


def test_interpreters_of_two_requests_are_shared_and_not_rung_twice(
    amina: User, answering_point: AnsweringPoint, interpreter: Make
) -> None:
    """Two requests carried on at the same moment want the same people."""
    desk = Actor.staff(amina)
    for number in range(6):
        interpreter(f"so-{number}", hours="never")
    requests = [ask(answering_point, desk) for _ in range(2)]
    for one in InterpreterRequest.objects.all():
        assert not Offer.objects.filter(request=one, interpreter__isnull=False).exists()
    from safecall.interpreting.models import Interpreter

    Interpreter.objects.update(hours="always")
    later = requests[-1].requested_at + timedelta(seconds=8)
    at_once([lambda pk=one.pk: advance(pk, later, wait=True) for one in requests])  # type: ignore[misc]
    open_rings = Offer.objects.filter(interpreter__isnull=False, over_at__isnull=True)
    assert open_rings.count() == 6
    assert open_rings.values("interpreter").distinct().count() == 6
