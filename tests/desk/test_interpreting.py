"""Arranging an interpreter at the desk, without a browser: what each page shows and does."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse

from safecall.contacts.actions import Actor, Changes, assign_unit, change, open_contact
from safecall.contacts.actions import ContactOpening as Opening
from safecall.contacts.models import AnsweringPoint, Contact, Unit
from safecall.interpreting.actions import (
    InterpreterData,
    SkillData,
    VendorData,
    accept,
    decline,
    keep_interpreter,
    keep_vendor,
)
from safecall.interpreting.models import Interpreter, InterpreterRequest, Offer, Vendor
from safecall.people.models import User
from tests.website.reading import text

SignedIn = Callable[[User], Client]


@pytest.fixture
def call(amina: User, answering_point: AnsweringPoint) -> Contact:
    """A 911 call in Somali, answered by somebody who does not speak it."""
    opening = Opening("911", answering_point, language="so", answered=True)
    return open_contact(Actor.staff(amina), opening).contact


@pytest.fixture
def hodan(db: None) -> Interpreter:
    skills = (SkillData("so"),)
    return keep_interpreter(
        InterpreterData("hodan", "Hodan Invented", skills, telephone="2185550101", hours="always")
    )


@pytest.fixture
def line(db: None) -> Vendor:
    return keep_vendor(VendorData("line-1", "Invented Line", "+18005550101,,1"))


def act(client: Client, call: Contact, name: str, **post: object) -> None:
    answer = client.post(reverse(f"desk:interpreter-{name}", args=[call.pk]), post)
    assert answer.status_code == 302, answer.content.decode()[:2000]


def shown(client: Client, call: Contact) -> str:
    return text(client.get(reverse("desk:contact", args=[call.pk])))


def test_one_press_asks_and_each_step_is_shown(
    signed_in: SignedIn, amina: User, call: Contact, hodan: Interpreter, line: Vendor
) -> None:
    client = signed_in(amina)
    assert "Get an interpreter: Somali" in shown(client, call)
    act(client, call, "ask")
    page = shown(client, call)
    assert "The first interpreter is being called" in page
    assert "Hodan Invented" in page
    assert "ringing" in page
    assert "+18005550101,,1" not in page, "the line is not shown before its moment"
    ring = Offer.objects.get()
    act(client, call, "offer", offer=ring.pk, answer="accepted")
    assert "accepted" in shown(client, call)
    act(client, call, "step", step="first_word")
    assert "Interpreting" in shown(client, call)
    act(client, call, "step", step="end")
    request = InterpreterRequest.objects.get()
    assert (request.ending, bool(request.first_word_at)) == ("interpreted", True)


def test_the_dial_string_is_there_at_once_on_priority_1(
    signed_in: SignedIn, amina: User, call: Contact, hodan: Interpreter, line: Vendor
) -> None:
    client = signed_in(amina)
    change(Actor.staff(amina), call, Changes(priority=1))
    act(client, call, "ask")
    assert "+18005550101,,1" in shown(client, call)
    ring = Offer.objects.get(vendor=line)
    act(client, call, "offer", offer=ring.pk, answer="dialled")
    assert "dialled" in shown(client, call)
    act(client, call, "step", step="first_word")
    assert Offer.objects.get(interpreter=hodan).reason == "taken"


def test_changing_the_language_asks_by_itself(
    signed_in: SignedIn, amina: User, answering_point: AnsweringPoint, hodan: Interpreter
) -> None:
    call = open_contact(Actor.staff(amina), Opening("911", answering_point, answered=True)).contact
    client = signed_in(amina)
    client.post(reverse("desk:change", args=[call.pk]), {"language": "Somali", "was-language": ""})
    assert InterpreterRequest.objects.get(contact=call).by_itself
    assert "Hodan Invented" in shown(client, call)


def test_a_variety_is_asked_and_confirmed(
    signed_in: SignedIn, amina: User, answering_point: AnsweringPoint
) -> None:
    keep_interpreter(InterpreterData("pa", "Pa Invented", (SkillData("hnj"),), hours="always"))
    opening = Opening("911", answering_point, language="hmn", answered=True)
    call = open_contact(Actor.staff(amina), opening).contact
    client = signed_in(amina)
    act(client, call, "ask")
    page = shown(client, call)
    assert "White or Green?" in page
    assert "Hmong (Green)" in page
    act(client, call, "step", step="variety", variety="mww")
    page = shown(client, call)
    assert "Will Hmong (Green) do?" in page, "another variety serves only if the caller agrees"
    assert not Offer.objects.filter(outcome="", interpreter__isnull=False).exists()
    act(client, call, "step", step="consent")
    assert Offer.objects.filter(outcome="", interpreter__code="pa").exists()


def test_an_interview_a_wish_and_a_second_language(
    signed_in: SignedIn, amina: User, call: Contact, hodan: Interpreter
) -> None:
    juan = keep_interpreter(
        InterpreterData("juan", "Juan Invented", (SkillData("es"),), hours="always")
    )
    client = signed_in(amina)
    act(client, call, "ask", purpose="interview", wish="woman", second="Spanish")
    request = InterpreterRequest.objects.get()
    assert (request.purpose, request.wish, request.second_languages) == ("interview", "woman", "es")
    assert not Offer.objects.filter(interpreter__in=[hodan, juan]).exists(), "nobody is certified"
    address = reverse("desk:interpreter-ask", args=[call.pk])
    wrong = client.post(address, {"second": "Klingonese"})
    assert "Choose a language from the list" in text(wrong)


def test_help_does_not_wait_for_the_interpreter(
    signed_in: SignedIn, amina: User, call: Contact, hodan: Interpreter, unit_12: Unit
) -> None:
    client = signed_in(amina)
    act(client, call, "ask")
    assign_unit(Actor.staff(amina), call, unit_12)
    page = shown(client, call)
    assert "ringing" in page
    assert "Assigned" in page or "assigned unit 12" in page


def test_a_silent_ring_is_news_for_the_page(
    signed_in: SignedIn, amina: User, call: Contact, hodan: Interpreter
) -> None:
    client = signed_in(amina)
    act(client, call, "ask")
    call.refresh_from_db()
    ask_again = client.get(reverse("desk:contact", args=[call.pk])).content.decode()
    seen = ask_again.split('data-interpreter="')[1].split('"')[0]
    query = {"contact": call.pk, "version": call.version, "number": call.number or ""}
    fetch = {"Safecall-Fetch": "1"}
    changes = reverse("desk:changes")
    assert client.get(changes, {**query, "interpreter": seen}, headers=fetch).status_code == 204
    decline(Actor.staff(amina), Offer.objects.get())
    answer = client.get(changes, {**query, "interpreter": seen}, headers=fetch)
    assert answer.status_code == 200
    assert "declined" in answer.json()["html"]["interpreter"]
    assert answer.json()["interpreter"] != seen


def test_what_cannot_be_done_is_said(
    signed_in: SignedIn, amina: User, call: Contact, hodan: Interpreter
) -> None:
    client = signed_in(amina)
    step = reverse("desk:interpreter-step", args=[call.pk])
    answer = client.post(step, {"step": "first_word"})
    assert answer.status_code == 409
    assert "Ask for one first" in text(answer)
    act(client, call, "ask")
    answer = client.post(step, {"step": "first_word"})
    assert "Nobody has accepted yet" in text(answer)


def test_a_ring_of_another_contact_cannot_be_answered_here(
    signed_in: SignedIn,
    amina: User,
    call: Contact,
    contact: Contact,
    hodan: Interpreter,
) -> None:
    client = signed_in(amina)
    act(client, call, "ask")
    address = reverse("desk:interpreter-offer", args=[contact.pk])
    ring = Offer.objects.get()
    assert client.post(address, {"offer": ring.pk, "answer": "accepted"}).status_code == 404
    assert client.post(address, {"offer": "9" * 30, "answer": "accepted"}).status_code == 404


def test_the_board_of_the_supervisor(
    signed_in: SignedIn, amina: User, sofia: User, call: Contact, hodan: Interpreter
) -> None:
    assert "Nobody waits for an interpreter" in text(signed_in(sofia).get("/desk/interpreting"))
    act(signed_in(amina), call, "ask")
    client = signed_in(sofia)
    page = text(client.get("/desk/interpreting"))
    assert "Somali" in page
    assert "Hodan Invented ringing" in page
    request = InterpreterRequest.objects.get()
    Offer.objects.create(request=request, kind="supervisor", at=request.requested_at)
    assert "Seen: I take care" in text(client.get("/desk/interpreting"))
    client.post("/desk/interpreting", {"request": str(request.pk)})
    assert "Seen: I take care" not in text(client.get("/desk/interpreting"))
    assert signed_in(amina).get("/desk/interpreting").status_code == 403


def test_the_board_says_only_what_is_new(
    signed_in: SignedIn, amina: User, sofia: User, call: Contact, hodan: Interpreter
) -> None:
    act(signed_in(amina), call, "ask")
    client = signed_in(sofia)
    page = client.get("/desk/interpreting").content.decode()
    mark = page.split('data-change="')[1].split('"')[0]
    address = "/desk/changes?view=interpreting&after="
    assert client.get(address + mark).status_code == 204
    accept(Actor.staff(amina), Offer.objects.get())
    assert "accepted" in text(client.get(address + mark))
