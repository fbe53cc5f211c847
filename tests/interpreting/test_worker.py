"""The worker sees whom nobody asked for, and lets those go who are no longer needed."""

from datetime import timedelta

from django.utils import timezone

from safecall.contacts import actions as contacts
from safecall.contacts.actions import Actor, ContactOpening
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.interpreting import actions, worker
from safecall.interpreting.models import InterpreterRequest, Offer
from safecall.interpreting.terms import Stage
from safecall.people.models import User
from tests.interpreting.conftest import Make


def test_it_asks_for_whom_nobody_asked(interpreter: Make, somali_call: Contact) -> None:
    interpreter("so-1")
    assert worker.look()
    request = InterpreterRequest.objects.get()
    assert request.by_itself
    assert Offer.objects.get().interpreter is not None
    assert worker.look()
    assert InterpreterRequest.objects.count() == 1


def test_no_means_no(interpreter: Make, somali_call: Contact, desk: Actor) -> None:
    interpreter("so-1")
    worker.look()
    actions.cancel(desk, InterpreterRequest.objects.get())
    assert not worker.look()
    assert InterpreterRequest.objects.count() == 1


def test_a_variety_that_was_confirmed_stays(
    interpreter: Make, desk: Actor, answering_point: AnsweringPoint
) -> None:
    interpreter("mww-1", "mww")
    contacts.open_contact(desk, ContactOpening("911", answering_point, language="hmn"))
    worker.look()
    actions.change_language(desk, InterpreterRequest.objects.get(), "hnj", confirmed=True)
    worker.look()
    request = InterpreterRequest.objects.get()
    assert (request.language, request.contact.language) == ("hnj", "hnj")


def test_nobody_is_asked_for_calls_of_long_ago_or_without_a_roster(
    interpreter: Make, desk: Actor, answering_point: AnsweringPoint
) -> None:
    long_ago = timezone.now() - timedelta(hours=1)
    contacts.open_contact(
        desk, ContactOpening("911", answering_point, language="so", received_at=long_ago)
    )
    interpreter("so-1")
    worker.look()
    interpreter("so-1", active=False)
    contacts.open_contact(desk, ContactOpening("911", answering_point, language="so"))
    worker.look()
    assert not InterpreterRequest.objects.exists()


def test_a_call_taker_who_speaks_it_is_left_alone(
    interpreter: Make, amina: User, somali_call: Contact
) -> None:
    interpreter("amina", "so", user=amina)
    interpreter("so-1")
    worker.look()
    assert not InterpreterRequest.objects.exists()


def test_a_closed_contact_ends_its_request(
    interpreter: Make, somali_call: Contact, desk: Actor
) -> None:
    interpreter("so-1")
    request = actions.request_interpreter(desk, somali_call)
    contacts.close(desk, somali_call, "18")
    worker.look()
    request.refresh_from_db()
    assert (request.stage, request.ending) == (Stage.OVER, "without")
    assert Offer.objects.get().reason == "over"


def test_somebody_who_comes_on_shift_is_asked(
    interpreter: Make, somali_call: Contact, desk: Actor
) -> None:
    interpreter("so-1", hours="never")
    request = actions.request_interpreter(desk, somali_call)
    interpreter("so-1", hours="always")
    worker.look()
    assert Offer.objects.filter(request=request, interpreter__code="so-1").exists()
