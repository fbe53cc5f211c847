"""Asking, answering, speaking and ending."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from pytest_django import Settings

from safecall.contacts import actions as contacts
from safecall.contacts.actions import Actor, ActRefused, ContactOpening
from safecall.contacts.models import AnsweringPoint, Contact, Unit
from safecall.interpreting import actions
from safecall.interpreting.actions import Need
from safecall.interpreting.advance import advance
from safecall.interpreting.models import Conflict, InterpreterRequest, Offer, Vendor
from safecall.ledger.models import LedgerRow
from safecall.people.models import User
from tests.interpreting.conftest import Make


def story(request: InterpreterRequest) -> list[tuple[str, str]]:
    """Who was asked, and what became of it."""
    offers = Offer.objects.filter(request=request).select_related("interpreter", "vendor")
    return sorted(
        (
            offer.interpreter.code
            if offer.interpreter
            else offer.vendor.code
            if offer.vendor
            else "supervisor",
            offer.outcome,
        )
        for offer in offers
    )


def after(request: InterpreterRequest, seconds: float) -> None:
    """The ladder, so many seconds after the request."""
    advance(request.pk, request.requested_at + timedelta(seconds=seconds))


def ring(request: InterpreterRequest, code: str) -> Offer:
    return Offer.objects.get(request=request, interpreter__code=code, outcome="")


def test_the_first_offer_is_there_with_the_request(
    desk: Actor, somali_call: Contact, interpreter: Make, line_1: Vendor
) -> None:
    interpreter("so-1")
    interpreter("so-2")
    interpreter("es-1", "es")
    request = actions.request_interpreter(desk, somali_call)
    assert story(request) == [("so-1", "")]
    assert request.offered_at is not None
    assert (request.offered_at - request.requested_at).total_seconds() < 1
    after(request, 6)
    assert story(request) == [("so-1", ""), ("so-2", "")]


def test_asking_twice_is_asking_once(desk: Actor, somali_call: Contact, interpreter: Make) -> None:
    interpreter("so-1")
    first = actions.request_interpreter(desk, somali_call)
    assert actions.request_interpreter(desk, somali_call).pk == first.pk
    assert story(first) == [("so-1", "")]


def test_the_first_to_accept_has_it_and_the_others_read_taken(
    desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    interpreter("so-1")
    interpreter("so-2")
    request = actions.request_interpreter(desk, somali_call)
    after(request, 6)
    mine, late = ring(request, "so-2"), ring(request, "so-1")
    won = actions.accept(desk, mine)
    too_late = actions.accept(desk, late)
    assert won.won
    assert not too_late.won
    assert "Taken by somebody else" in too_late.message
    assert actions.accept(desk, mine).won, "accepting twice is accepting once"
    request.refresh_from_db()
    assert (request.stage, request.served) == ("connected", "so")
    assert request.answered_at


def test_the_database_itself_knows_one_winner_and_one_thing_at_a_time(
    desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    one = interpreter("so-1")
    request = actions.request_interpreter(desk, somali_call)
    now = timezone.now()
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(request=request, kind="roster", interpreter=one, at=now)
    Offer.objects.filter(request=request).update(outcome="accepted")
    other = interpreter("so-2")
    with pytest.raises(IntegrityError), transaction.atomic():
        Offer.objects.create(
            request=request, kind="roster", interpreter=other, at=now, outcome="accepted"
        )


def test_help_is_sent_while_every_interpreter_is_silent(
    desk: Actor, somali_call: Contact, interpreter: Make, unit_12: Unit
) -> None:
    interpreter("so-1")
    request = actions.request_interpreter(desk, somali_call)
    assignment = contacts.assign_unit(desk, somali_call, unit_12)
    contacts.set_unit_status(desk, assignment, "EnRoute")
    after(request, 600)
    assignment = contacts.set_unit_status(desk, assignment, "OnScene")
    assert assignment.on_scene_at
    request.refresh_from_db()
    assert request.answered_at is None


def test_help_is_sent_while_somebody_holds_the_request(
    desk: Actor, somali_call: Contact, unit_12: Unit, interpreter: Make
) -> None:
    """No act on units reads or locks a request: the tables are not even named."""
    interpreter("so-1")
    actions.request_interpreter(desk, somali_call)
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        contacts.assign_unit(desk, somali_call, unit_12)
    assert not [query for query in queries if "interpreting_" in query["sql"]]


def test_a_refusal_brings_the_next_ones_at_once(
    desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    interpreter("so-1")
    interpreter("so-2")
    request = actions.request_interpreter(desk, somali_call)
    actions.decline(desk, ring(request, "so-1"))
    assert story(request) == [("so-1", "declined"), ("so-2", "")]


def test_a_conflict_of_interest_holds_for_the_contact(
    desk: Actor, somali_call: Contact, interpreter: Make, line_1: Vendor
) -> None:
    interpreter("so-1")
    request = actions.request_interpreter(desk, somali_call)
    actions.decline(desk, ring(request, "so-1"), conflict="interest")
    assert story(request) == [("line-1", ""), ("so-1", "declined")]
    actions.cancel(desk, request)
    again = actions.request_interpreter(desk, somali_call)
    assert story(again) == [("line-1", "")]
    assert Conflict.objects.get().why == "interest"


def test_whoever_accepted_and_then_knows_the_caller_is_replaced(
    desk: Actor, somali_call: Contact, interpreter: Make, line_1: Vendor
) -> None:
    interpreter("so-1")
    request = actions.request_interpreter(desk, somali_call)
    mine = ring(request, "so-1")
    actions.accept(desk, mine)
    actions.decline(desk, mine, conflict="interest")
    assert story(request) == [("line-1", ""), ("so-1", "failed")]


def test_a_vendor_from_dialling_to_the_first_word(
    desk: Actor, somali_call: Contact, line_1: Vendor, line_2: Vendor
) -> None:
    request = actions.request_interpreter(desk, somali_call)
    line = Offer.objects.get(request=request)
    assert actions.vendor_dialled(desk, request, line_1).pk == line.pk
    actions.vendor_failed(desk, line)
    assert story(request) == [("line-1", "failed"), ("line-2", "")]
    request = actions.first_word(desk, request)
    assert request.first_word_at
    assert story(request) == [("line-1", "failed"), ("line-2", "accepted")]
    ended = actions.end(desk, request)
    assert (ended.ending, ended.stage) == ("interpreted", "over")


def test_the_first_word_needs_somebody_who_speaks(
    desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    interpreter("so-1")
    request = actions.request_interpreter(desk, somali_call)
    with pytest.raises(ActRefused, match="Nobody has accepted yet"):
        actions.first_word(desk, request)


def test_the_first_word_counts_once(desk: Actor, somali_call: Contact, interpreter: Make) -> None:
    interpreter("so-1")
    request = actions.request_interpreter(desk, somali_call)
    actions.accept(desk, ring(request, "so-1"))
    first = actions.first_word(desk, request).first_word_at
    assert actions.first_word(desk, request).first_word_at == first


def test_an_interpreter_is_free_again_after_the_end(
    desk: Actor, somali_call: Contact, interpreter: Make, answering_point: AnsweringPoint
) -> None:
    interpreter("so-1")
    request = actions.request_interpreter(desk, somali_call)
    actions.accept(desk, ring(request, "so-1"))
    opening = ContactOpening("911", answering_point, language="so")
    other = contacts.open_contact(desk, opening).contact
    waiting = actions.request_interpreter(desk, other)
    assert story(waiting) == [("supervisor", "")]
    actions.end(desk, request)
    after(waiting, 1)
    assert story(waiting) == [("so-1", ""), ("supervisor", "")]


def test_a_more_urgent_call_takes_the_ring(
    desk: Actor, somali_call: Contact, interpreter: Make, answering_point: AnsweringPoint
) -> None:
    interpreter("so-1")
    calm = actions.request_interpreter(desk, somali_call)
    opening = ContactOpening("911", answering_point, language="so", priority=1)
    urgent = actions.request_interpreter(desk, contacts.open_contact(desk, opening).contact)
    assert story(calm) == [("so-1", "withdrawn")]
    assert Offer.objects.get(request=calm).reason == "more_urgent"
    assert story(urgent) == [("so-1", "")]


def test_the_supervisor_is_told_and_says_so_once(
    desk: Actor, somali_call: Contact, sofia: User
) -> None:
    request = actions.request_interpreter(desk, somali_call)
    assert story(request) == [("supervisor", "")]
    with pytest.raises(ActRefused):
        actions.supervisor_seen(desk, request)
    actions.supervisor_seen(Actor.staff(sofia), request)
    after(request, 500)
    assert story(request) == [("supervisor", "accepted")]


def test_another_language_lets_those_go_who_ring(
    desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    interpreter("so-1")
    interpreter("om-1", "om")
    request = actions.request_interpreter(desk, somali_call)
    actions.change_language(desk, request, "om", confirmed=True)
    assert story(request) == [("om-1", ""), ("so-1", "withdrawn")]


def test_an_interpreter_answers_only_for_themselves(
    desk: Actor, somali_call: Contact, interpreter: Make, ruth: User
) -> None:
    interpreter("so-1")
    interpreter("own", "om", user=ruth)
    request = actions.request_interpreter(desk, somali_call)
    with pytest.raises(ActRefused, match="another interpreter"):
        actions.accept(Actor.staff(ruth), ring(request, "so-1"))


def test_by_itself_where_the_call_taker_does_not_speak_it(
    desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    interpreter("so-1")
    request = actions.request_if_needed(desk, somali_call)
    assert request is not None
    assert request.by_itself
    actions.cancel(desk, request)
    assert actions.request_if_needed(desk, somali_call) is None, "no means no"


def test_not_where_the_call_taker_speaks_it_or_nobody_is_there(
    desk: Actor,
    amina: User,
    somali_call: Contact,
    interpreter: Make,
    answering_point: AnsweringPoint,
) -> None:
    web = ContactOpening("web", answering_point, language="so")
    english = ContactOpening("911", answering_point, language="en")
    for opening in (web, english):
        assert not actions.needs_interpreter(contacts.open_contact(desk, opening).contact, desk)
    # On the roster, so what she speaks counts for dispatch.
    interpreter("amina", "so", user=amina)
    assert not actions.needs_interpreter(somali_call, desk)


def test_each_step_is_in_the_history_and_the_ledger(
    desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    interpreter("so-1")
    request = actions.request_interpreter(desk, somali_call)
    actions.accept(desk, ring(request, "so-1"))
    actions.first_word(desk, request)
    actions.end(desk, request)
    steps = [entry.data["step"] for entry in somali_call.history.filter(act="interpret")]
    assert steps == ["requested", "answered", "first_word", "ended"]
    rows = LedgerRow.objects.filter(subject=somali_call.pk).count()
    assert rows == somali_call.history.count()


def test_a_closed_contact_asks_for_nobody(desk: Actor, somali_call: Contact) -> None:
    contacts.close(desk, somali_call, "18")
    with pytest.raises(ActRefused, match="closed"):
        actions.request_interpreter(desk, somali_call)
    assert actions.request_if_needed(desk, somali_call) is None


def test_without_a_language_the_question_is_asked_first(desk: Actor, contact: Contact) -> None:
    with pytest.raises(ActRefused, match="What language do you want to speak"):
        actions.request_interpreter(desk, contact)
    assert actions.request_interpreter(desk, contact, Need("so")).language == "so"


def test_the_account_code_comes_from_the_secret_of_its_name(settings: Settings) -> None:
    settings.VENDOR_ACCOUNTS = {"LINE_1_ACCOUNT": "4711"}
    assert Vendor(account_secret="LINE_1_ACCOUNT").account_code == "4711"
    assert Vendor(account_secret="LINE_2_ACCOUNT").account_code == ""
    assert Vendor().account_code == ""
