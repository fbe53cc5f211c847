"""Offers beyond the interpreter's page: signed, without personal data, and never in the way."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest
from django.core import mail
from django.db import connection
from django.utils import timezone
from pytest_django import Settings

from safecall.contacts.actions import Actor
from safecall.contacts.models import Contact
from safecall.interpreting import actions, deliver
from safecall.interpreting.models import Delivery, Offer
from tests.interpreting.conftest import Make

SECRET = "invented-secret"


@contextmanager
def receiver(status: int = 204) -> Iterator[tuple[str, list[tuple[str, bytes]]]]:
    """A web server of this machine; its address and what it received."""
    received: list[tuple[str, bytes]] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            received.append((self.headers[deliver.SIGNATURE], body))
            self.send_response(status)
            self.send_header("Location", "http://127.0.0.1:1/elsewhere")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/offers", received
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture(autouse=True)
def _set_up(settings: Settings) -> None:
    settings.INTERPRETER_WEBHOOK_SECRET = SECRET
    settings.PUBLIC_URL = "https://calls.police.example"


def only() -> tuple[str, str]:
    delivery = Delivery.objects.get()
    return delivery.state, delivery.problem


def test_a_webhook_is_signed_and_names_nobody(
    desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    with receiver() as (address, received):
        interpreter("so-1", webhook=address)
        actions.request_interpreter(desk, somali_call)
        assert received == [], "an act sends nothing itself"
        assert deliver.send_waiting() == 1
        assert deliver.send_waiting() == 0
    assert only() == ("sent", "")
    [(header, body)] = received
    at, digest = (part.split("=")[1] for part in header.split(","))
    wanted = hmac.new(SECRET.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    assert digest == wanted
    message = json.loads(body)
    assert set(message) == {"event", "offer", "language", "priority", "at", "link"}
    assert message["language"] == "so"
    assert str(somali_call.pk) not in body.decode()
    assert message["offer"] == Offer.objects.get().pk


@pytest.mark.parametrize(
    ("status", "problem"), [(500, "status_500"), (302, "status_302"), (404, "status_404")]
)
def test_a_receiver_that_fails_is_recorded_and_the_ladder_goes_on(
    status: int, problem: str, desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    with receiver(status) as (address, received):
        interpreter("so-1", webhook=address)
        request = actions.request_interpreter(desk, somali_call)
        deliver.send_waiting()
    assert len(received) == 1, "a redirection is not followed"
    assert only() == ("failed", problem)
    assert actions.accept(desk, Offer.objects.get(request=request)).won


def test_nobody_there_is_recorded(desk: Actor, somali_call: Contact, interpreter: Make) -> None:
    interpreter("so-1", webhook="http://127.0.0.1:9/offers")
    actions.request_interpreter(desk, somali_call)
    deliver.send_waiting()
    assert only() == ("failed", "not_reached")


def test_an_offer_that_is_over_is_not_sent(
    desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    with receiver() as (address, received):
        interpreter("so-1", webhook=address)
        actions.cancel(desk, actions.request_interpreter(desk, somali_call))
        deliver.send_waiting()
    assert received == []
    assert only() == ("late", "")


def test_what_a_killed_process_was_sending_is_not_sent_again(
    desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    with receiver() as (address, received):
        interpreter("so-1", webhook=address)
        actions.request_interpreter(desk, somali_call)
        long_ago = timezone.now() - timedelta(minutes=5)
        Delivery.objects.update(state="sending", taken_at=long_ago)
        assert deliver.send_waiting() == 0
    assert received == []
    assert only() == ("failed", "interrupted")


@pytest.mark.django_db(transaction=True)
def test_two_senders_send_each_message_once(
    desk: Actor, somali_call: Contact, interpreter: Make
) -> None:
    with receiver() as (address, received):
        for number in range(4):
            interpreter(f"so-{number}", webhook=address)
        request = actions.request_interpreter(desk, somali_call)
        actions.decline(desk, Offer.objects.get(request=request))

        def send() -> None:
            try:
                deliver.send_waiting()
            finally:
                connection.close()

        threads = [threading.Thread(target=send) for _ in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    offers = [json.loads(body)["offer"] for _, body in received]
    # The first was declined before anything went out; its message came too late.
    assert len(set(offers)) == len(offers) == 3


def test_mail_goes_out_where_it_is_set_up(
    desk: Actor, somali_call: Contact, interpreter: Make, settings: Settings
) -> None:
    interpreter("so-1", email="one@example.org")
    actions.cancel(desk, actions.request_interpreter(desk, somali_call))
    assert not Delivery.objects.exists()
    settings.EMAIL_HOST = "mail.example"
    actions.request_interpreter(desk, somali_call)
    deliver.send_waiting()
    [message] = mail.outbox
    assert message.to == ["one@example.org"]
    assert message.subject == "Interpreter needed: Somali"
    assert "https://calls.police.example/interpreter/" in message.body
    assert only() == ("sent", "")


@pytest.mark.parametrize(
    ("address", "taken"),
    [
        ("https://hooks.example.org/x", True),
        ("http://127.0.0.1:8080/x", True),
        ("http://localhost/x", True),
        ("http://hooks.example.org/x", False),
        ("http://127.0.0.1.example.org/x", False),
        ("https://user:word@hooks.example.org/x", False),
        ("ftp://hooks.example.org", False),
        ("hooks", False),
    ],
)
def test_https_is_needed_outside_this_machine(address: str, taken: bool) -> None:
    assert deliver.allowed(address) is taken
