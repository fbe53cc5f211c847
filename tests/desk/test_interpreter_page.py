"""An interpreter's own page: who may open it, and one tap for each answer."""

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from safecall.contacts.actions import Actor, ContactOpening, open_contact
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.desk import on_call
from safecall.interpreting.actions import (
    InterpreterData,
    SkillData,
    keep_interpreter,
    request_interpreter,
)
from safecall.interpreting.models import (
    Conflict,
    Interpreter,
    InterpreterRequest,
    Offer,
    PushSubscription,
)
from safecall.people.models import User
from tests.interpreting.push_browser import made
from tests.website.reading import text

SignedIn = Callable[[User], Client]
FETCH = {"Safecall-Fetch": "1"}


def _interpreter(code: str, user: User | None) -> Interpreter:
    name = f"{code.title()} Invented"
    skills = (SkillData("so"),)
    return keep_interpreter(InterpreterData(code, name, skills, user=user, hours="always"))


def _account(username: str) -> User:
    return User.objects.create_user(username, "invented-password-7", role="interpreter")


@pytest.fixture
def hodan(db: None) -> User:
    user = _account("hodan")
    _interpreter("hodan", user)
    return user


@pytest.fixture
def call(amina: User, answering_point: AnsweringPoint) -> Contact:
    opening = ContactOpening(
        "911", answering_point, language="so", answered=True, narrative="Glass is breaking."
    )
    return open_contact(Actor.staff(amina), opening).contact


@pytest.fixture
def rings(amina: User, call: Contact, hodan: User) -> InterpreterRequest:
    return request_interpreter(Actor.staff(amina), call)


def test_accept_with_one_tap(signed_in: SignedIn, hodan: User, rings: InterpreterRequest) -> None:
    client = signed_in(hodan)
    page = text(client.get("/interpreter/"))
    assert "Somali" in page
    assert "Accept" in page
    ring = Offer.objects.get()
    answer = client.post("/interpreter/answer", {"offer": ring.pk, "answer": "accept"})
    assert answer.status_code == 302
    assert "You have it: Somali" in text(client.get("/interpreter/"))
    rings.refresh_from_db()
    assert rings.answered_at
    client.post("/interpreter/answer", {"offer": ring.pk, "answer": "end"})
    assert "Nothing rings" in text(client.get("/interpreter/"))


def test_the_page_tells_nothing_about_the_caller(
    signed_in: SignedIn, hodan: User, rings: InterpreterRequest, call: Contact
) -> None:
    page = signed_in(hodan).get("/interpreter/").content.decode()
    assert "Glass is breaking" not in page
    assert str(call.pk) not in page
    assert not call.number or call.number not in page


def test_the_others_read_taken(
    signed_in: SignedIn, amina: User, call: Contact, hodan: User
) -> None:
    sahra = _account("sahra")
    _interpreter("sahra", sahra)
    call.priority = 1
    call.save()
    request = request_interpreter(Actor.staff(amina), call)
    for one in (hodan, sahra):
        Offer.objects.get_or_create(
            request=request,
            interpreter=one.interpreter,  # type: ignore[attr-defined]
            defaults={"kind": "roster", "at": timezone.now(), "tag": "so"},
        )
    mine = Offer.objects.get(interpreter__user=hodan)
    theirs = Offer.objects.get(interpreter__user=sahra)
    first, second = signed_in(hodan), signed_in(sahra)
    first.post("/interpreter/answer", {"offer": mine.pk, "answer": "accept"})
    late = second.post(
        "/interpreter/answer", {"offer": theirs.pk, "answer": "accept"}, headers=FETCH
    )
    assert "Taken by somebody else" in late.json()["told"]
    assert "taken by somebody else" in text(second.get("/interpreter/"))


def test_a_ring_is_answered_by_its_own_interpreter_alone(
    signed_in: SignedIn, hodan: User, rings: InterpreterRequest
) -> None:
    sahra = _account("sahra")
    _interpreter("sahra", sahra)
    ring = Offer.objects.get()
    client = signed_in(sahra)
    answer = client.post("/interpreter/answer", {"offer": ring.pk, "answer": "accept"})
    assert answer.status_code == 404
    ring.refresh_from_db()
    assert ring.outcome == ""


def test_a_conflict_is_kept_and_the_ring_ends(
    signed_in: SignedIn, hodan: User, rings: InterpreterRequest, call: Contact
) -> None:
    ring = Offer.objects.get()
    signed_in(hodan).post("/interpreter/answer", {"offer": ring.pk, "answer": "conflict"})
    assert Conflict.objects.get().contact == call


def test_only_what_is_new_is_sent(
    signed_in: SignedIn, hodan: User, rings: InterpreterRequest
) -> None:
    client = signed_in(hodan)
    page = client.get("/interpreter/").content.decode()
    mark = page.split('data-change="')[1].split('"')[0]
    assert client.get(f"/interpreter/now?after={mark}").status_code == 204
    Offer.objects.update(outcome="silent", outcome_at=timezone.now(), over_at=timezone.now())
    assert "no answer" in text(client.get(f"/interpreter/now?after={mark}"))


def test_away_and_here(signed_in: SignedIn, hodan: User) -> None:
    client = signed_in(hodan)
    assert "Away for an hour" in text(client.get("/interpreter/"))
    client.post("/interpreter/times", {"times": "away", "until": "1h"})
    assert "You are not on call now" in text(client.get("/interpreter/"))
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        assert "Nothing rings" in text(signed_in(hodan).get("/interpreter/"))


def test_without_an_account_nothing_is_shown(
    client: Client, signed_in: SignedIn, amina: User, rings: InterpreterRequest
) -> None:
    for address in ("/interpreter/", "/interpreter/now"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert answer.headers["Location"].startswith("/accounts/login/")
        assert client.get(address, headers=FETCH).status_code == 401
    for address in ("/interpreter/answer", "/interpreter/times", "/interpreter/device"):
        assert client.post(address).status_code == 302
    assert "does not interpret" in text(signed_in(amina).get("/interpreter/"))


def test_an_interpreter_reaches_no_other_staff_page(signed_in: SignedIn, hodan: User) -> None:
    client = signed_in(hodan)
    assert client.get("/desk/").headers["Location"] == "/interpreter/"
    for address in (
        "/desk/wall",
        "/desk/units",
        "/desk/new",
        "/desk/records",
        "/desk/interpreting",
    ):
        assert client.get(address).status_code == 403


def _kept(client: Client) -> Client:
    """A device on call, whose sign-in has ended."""
    client.post("/interpreter/device", {"device": "keep"})
    device = Client()
    device.cookies[on_call.COOKIE] = client.cookies[on_call.COOKIE].value
    return device


def test_a_device_on_call_rings_after_the_sign_in_has_ended(
    signed_in: SignedIn, hodan: User, rings: InterpreterRequest
) -> None:
    client = signed_in(hodan)
    device = _kept(client)
    cookie = client.cookies[on_call.COOKIE]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert cookie["path"] == "/interpreter/"
    answer = device.get("/interpreter/")
    assert "Accept" in text(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    ring = Offer.objects.get()
    device.post("/interpreter/answer", {"offer": ring.pk, "answer": "accept"})
    ring.refresh_from_db()
    assert ring.outcome == "accepted"


def test_a_device_on_call_opens_nothing_else(signed_in: SignedIn, hodan: User) -> None:
    device = _kept(signed_in(hodan))
    for address in ("/desk/", "/accounts/2fa/", "/desk/signed-in"):
        assert device.get(address).status_code == 302
    longer = device.post("/interpreter/device", {"device": "keep"})
    assert longer.headers["Location"].startswith("/accounts/login/")
    assert on_call.COOKIE not in longer.cookies, "a device cannot lengthen its own time"


@pytest.mark.parametrize("how", ["time", "password", "closed", "altered"])
def test_how_a_device_on_call_ends(signed_in: SignedIn, hodan: User, how: str) -> None:
    device = _kept(signed_in(hodan))
    later = timezone.now()
    if how == "time":
        later += timedelta(hours=on_call.HOURS, minutes=1)
    elif how == "password":
        hodan.set_password("another-invented-password-8")
        hodan.save()
    elif how == "closed":
        hodan.is_active = False
        hodan.save()
    else:
        device.cookies[on_call.COOKIE] = device.cookies[on_call.COOKIE].value[:-2] + "xx"
    with time_machine.travel(later):
        assert device.get("/interpreter/").status_code == 302


def test_a_missing_second_factor_opens_nothing(
    signed_in: SignedIn, hodan: User, settings: pytest.FixtureRequest
) -> None:
    settings.REQUIRE_MFA = True  # type: ignore[attr-defined]
    client = signed_in(hodan)
    assert client.get("/interpreter/").headers["Location"] == "/accounts/2fa/"
    assert client.post("/interpreter/device", {"device": "keep"}).status_code == 302
    assert on_call.COOKIE not in client.cookies


@pytest.fixture
def push_on(settings: pytest.FixtureRequest) -> str:
    """The department has set up web push; its public key."""
    from safecall.interpreting.webpush import new_key, public_key

    key = new_key()
    settings.WEB_PUSH_KEY = key  # type: ignore[attr-defined]
    settings.WEB_PUSH_SERVICES = ["push.example.net"]  # type: ignore[attr-defined]
    return public_key(key)


def test_web_push_is_not_offered_where_it_is_not_set_up(signed_in: SignedIn, hodan: User) -> None:
    page = signed_in(hodan).get("/interpreter/").content.decode()
    assert 'id="push"' not in page


def test_a_browser_is_kept_and_dropped(signed_in: SignedIn, hodan: User, push_on: str) -> None:
    client = signed_in(hodan)
    assert f'data-key="{push_on}"' in client.get("/interpreter/").content.decode()
    browser, _ = made("https://push.example.net/abc")
    sent = {"endpoint": browser.endpoint, "p256dh": browser.p256dh, "auth": browser.auth}
    assert client.post("/interpreter/push", sent, headers=FETCH).status_code == 200
    assert PushSubscription.objects.get().interpreter.user == hodan
    assert client.post("/interpreter/push", sent | {"off": "1"}, headers=FETCH).status_code == 200
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(
    "wrong", [{"endpoint": "https://evil.example/x"}, {"p256dh": "x"}, {"auth": ""}]
)
def test_a_browser_that_cannot_be_kept_is_told_why(
    signed_in: SignedIn, hodan: User, push_on: str, wrong: dict[str, str]
) -> None:
    browser, _ = made("https://push.example.net/abc")
    sent = {"endpoint": browser.endpoint, "p256dh": browser.p256dh, "auth": browser.auth}
    answer = signed_in(hodan).post("/interpreter/push", sent | wrong, headers=FETCH)
    assert answer.status_code == 409
    assert answer.json()["message"].startswith(("This browser", "The browser"))
    assert not PushSubscription.objects.exists()


def test_only_interpreters_subscribe(signed_in: SignedIn, amina: User, push_on: str) -> None:
    assert signed_in(amina).post("/interpreter/push", {}).status_code == 403
    assert Client().post("/interpreter/push", {}).status_code == 302


def test_the_service_worker_is_script_that_is_asked_for_each_time() -> None:
    answer = Client().get("/interpreter/sw.js")
    assert answer.headers["Content-Type"] == "text/javascript"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "showNotification" in answer.content.decode()
