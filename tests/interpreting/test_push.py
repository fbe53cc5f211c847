"""Rings to closed pages: off unless set up, without personal data, and never in the way."""

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from pytest_django import Settings

from safecall.contacts.actions import Actor, ActRefused, InvalidField
from safecall.contacts.models import Contact
from safecall.interpreting import actions, deliver
from safecall.interpreting.models import Delivery, Interpreter, Offer, PushSubscription
from safecall.interpreting.pushing import allowed
from safecall.interpreting.webpush import new_key
from tests.interpreting.conftest import Make
from tests.interpreting.push_browser import Private, decrypt, made

Received = list[tuple[str, dict[str, str], bytes]]


@contextmanager
def push_service(status: int = 201, waits: float = 0) -> Iterator[tuple[str, Received]]:
    """A push service on this machine; its address, and what it received."""
    received: Received = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((self.path, dict(self.headers), body))
            time.sleep(waits)
            self.send_response(status)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/push/", received
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def _set_up(settings: Settings) -> None:
    settings.WEB_PUSH_KEY = new_key()
    settings.WEB_PUSH_SERVICES = ["127.0.0.1", "push.example.net", "*.notify.example.com"]
    settings.PUBLIC_URL = "https://calls.police.example"


def subscribe(one: Interpreter, endpoint: str) -> tuple[Private, str]:
    browser, private = made(endpoint)
    actions.keep_push(one, browser)
    return private, browser.auth


def only() -> tuple[str, str]:
    delivery = Delivery.objects.get()
    return delivery.state, delivery.problem


def test_a_ring_reaches_the_browser_and_says_the_language_alone(
    desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    with push_service() as (address, received):
        private, auth = subscribe(interpreter("so-1"), f"{address}abc")
        actions.request_interpreter(desk, somali_call)
        assert received == [], "an act sends nothing itself"
        assert deliver.send_waiting() == 1
    assert only() == ("sent", "")
    [(path, headers, body)] = received
    assert path == "/push/abc"
    assert headers["Content-Encoding"] == "aes128gcm"
    assert headers["TTL"] == "60"
    assert headers["Urgency"] == "high"
    assert headers["Authorization"].startswith("vapid t=")
    assert json.loads(decrypt(body, private, auth)) == {
        "language": "Somali",
        "ring": f"ring-{Offer.objects.get().pk}",
    }


@pytest.mark.parametrize("status", [404, 410])
def test_a_browser_that_is_gone_is_forgotten(
    status: int, desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    with push_service(status) as (address, _):
        subscribe(interpreter("so-1"), f"{address}abc")
        actions.request_interpreter(desk, somali_call)
        deliver.send_waiting()
    assert only() == ("failed", "browser_gone")
    assert not PushSubscription.objects.exists()


@pytest.mark.parametrize(("status", "problem"), [(429, "status_429"), (500, "status_500")])
def test_a_service_that_refuses_keeps_the_browser(
    status: int, problem: str, desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    with push_service(status) as (address, _):
        subscribe(interpreter("so-1"), f"{address}abc")
        actions.request_interpreter(desk, somali_call)
        deliver.send_waiting()
    assert only() == ("failed", problem)
    assert PushSubscription.objects.count() == 1


def test_a_service_that_does_not_answer_holds_no_ring_up(
    desk: Actor, somali_call: Contact, interpreter: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safecall.interpreting.deliver.TIMEOUT_SECONDS", 0.2)
    with push_service(waits=1) as (address, received):
        subscribe(interpreter("so-1"), f"{address}abc")
        request = actions.request_interpreter(desk, somali_call)
        assert received == []
        deliver.send_waiting()
        assert len(received) == 1
    assert only() == ("failed", "timeout")
    assert actions.accept(desk, Offer.objects.get(request=request)).won


def test_one_browser_of_two_is_enough(desk: Actor, somali_call: Contact, interpreter: Make) -> None:
    one = interpreter("so-1")
    with push_service() as (address, received):
        subscribe(one, f"{address}abc")
        subscribe(one, "http://127.0.0.1:9/gone")
        actions.request_interpreter(desk, somali_call)
        deliver.send_waiting()
    assert len(received) == 1
    assert only() == ("sent", "")


def test_off_unless_services_are_named(
    desk: Actor, somali_call: Contact, interpreter: Make, settings: Settings
) -> None:
    one = interpreter("so-1")
    subscribe(one, "https://push.example.net/abc")
    settings.WEB_PUSH_SERVICES = []
    actions.request_interpreter(desk, somali_call)
    assert not Delivery.objects.exists()
    with pytest.raises(ActRefused):
        actions.keep_push(one, made("https://push.example.net/x")[0])


def test_a_service_that_is_allowed_no_more_gets_nothing(
    desk: Actor, somali_call: Contact, interpreter: Make, settings: Settings
) -> None:
    subscribe(interpreter("so-1"), "https://push.example.net/abc")
    settings.WEB_PUSH_SERVICES = ["other.example.net"]
    actions.request_interpreter(desk, somali_call)
    deliver.send_waiting()
    assert only() == ("failed", "service_not_allowed")


def test_a_browser_is_kept_once_moves_and_goes(interpreter: Make) -> None:
    one, two = interpreter("so-1"), interpreter("so-2")
    browser, _ = made("https://push.example.net/abc")
    for who in (one, one, two):
        actions.keep_push(who, browser)
    assert PushSubscription.objects.get().interpreter == two
    actions.drop_push(one, browser.endpoint)
    assert PushSubscription.objects.count() == 1
    actions.drop_push(two, browser.endpoint)
    assert not PushSubscription.objects.exists()


def test_the_oldest_browser_makes_room(interpreter: Make) -> None:
    one = interpreter("so-1")
    for number in range(5):
        subscribe(one, f"https://push.example.net/{number}")
    kept = {str(found.endpoint)[-1] for found in PushSubscription.objects.all()}
    assert kept == {"2", "3", "4"}


def test_the_address_is_sealed_at_rest(interpreter: Make) -> None:
    from django.db import connection

    subscribe(interpreter("so-1"), "https://push.example.net/abc")
    with connection.cursor() as cursor:
        cursor.execute("SELECT endpoint FROM interpreting_pushsubscription")
        assert "push.example.net" not in cursor.fetchone()[0]


@pytest.mark.parametrize(
    ("endpoint", "taken"),
    [
        ("https://push.example.net/x", True),
        ("https://push.example.net:443/x", True),
        ("https://db5.notify.example.com/x", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://push.example.net/x", False),
        ("https://push.example.net:8443/x", False),
        ("https://push.example.net.evil.example/x", False),
        ("https://evilnotify.example.com/x", False),
        ("https://a@push.example.net/x", False),
        ("https://10.0.0.1/x", False),
        ("https://push.example.net:x/", False),
        ("file:///etc/passwd", False),
        ("", False),
    ],
)
def test_only_named_services_are_called(endpoint: str, taken: bool, interpreter: Make) -> None:
    assert allowed(endpoint) is taken
    if not taken:
        with pytest.raises(InvalidField):
            actions.keep_push(interpreter("so-1"), made(endpoint)[0])
