"""Signed-in browsers, real and of Django's kind, for the desk's tests."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import BrowserContext, Page, expect

from safecall.people.models import User
from tests.support.service import Service

# A busy machine is no fault of the desk.
expect.set_options(timeout=25_000)

PASSWORD = "invented-password-7-for-tests"

DEPARTMENT = f"""
from safecall.contacts.models import Agency, AnsweringPoint, Unit
from safecall.people.models import User
agency = Agency.objects.create(code="test-pd", name="Test Police Department")
AnsweringPoint.objects.create(code="test-911", name="Test County 911", agency=agency)
AnsweringPoint.objects.create(code="next-911", name="Next County 911", agency=agency)
for callsign in ("T11", "T12", "T1280", "T800"):
    Unit.objects.create(callsign=callsign, agency=agency)
for name, role in (("amina", "call_taker"), ("dan", "dispatcher"), ("sofia", "supervisor"),
                   ("ruth", "records")):
    User.objects.create_user(name, "{PASSWORD}", role=role, display_name=name.title())
"""

RINGS = """
from datetime import timedelta
from django.utils import timezone
from safecall.contacts.actions import Actor, ContactOpening, Place, open_contact
from safecall.contacts.models import AnsweringPoint
point = AnsweringPoint.objects.get(code="test-911")
now = timezone.now()
print(open_contact(Actor.system("telephone"), ContactOpening(
    "911", point, received_at=now - timedelta(seconds=3), priority=1)).contact.pk)
"""


@pytest.fixture
def signed_in() -> Callable[[User], Client]:
    """A client that is signed in as this person."""

    def make(user: User) -> Client:
        client = Client()
        client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
        return client

    return make


@contextmanager
def running_desk(folder: Path) -> Iterator[Service]:
    """A running service with two answering points, four units and one person of each role."""
    running = Service(folder)
    try:
        running.start()
        running.python(DEPARTMENT)
        yield running
    finally:
        running.kill()


@pytest.fixture(scope="session")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A desk for all tests: each opens contacts of its own, and nobody is on call."""
    with running_desk(tmp_path_factory.mktemp("desk")) as running:
        yield running


def sign_in(page: Page, desk: Service, username: str = "amina", to: str = "/desk/") -> None:
    """Sign in by the form, and come to a page."""
    page.goto(f"{desk.url}/accounts/login/?next={to}")
    page.locator("input[name=login]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(desk.url + to)
    expect(page.locator("html.scripted")).to_be_attached()


def at_contact(page: Page) -> None:
    """Wait until the page of a contact has started."""
    page.wait_for_url("**/desk/contact/**")
    expect(page.locator("html.scripted")).to_be_attached()


def open_new(page: Page) -> None:
    """Open a new contact by keyboard."""
    page.keyboard.press("n")
    page.wait_for_url("**/desk/new")
    expect(page.locator("html.scripted")).to_be_attached()
    page.keyboard.press("Enter")
    at_contact(page)


@pytest.fixture
def taker(context: BrowserContext, desk: Service) -> Page:
    """A call taker's browser, at the queue."""
    page = context.new_page()
    sign_in(page, desk)
    return page
