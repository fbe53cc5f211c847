"""The accountability pages: the figures, every language, no cookie, and no fault by axe."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.conf import settings as live
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from playwright.sync_api import Browser, expect

from safecall.accountability import statement
from safecall.contacts.models import AnsweringPoint
from safecall.people.models import User
from tests.accountability.department import some_years
from tests.ledger.service import PAST
from tests.support.browser import faults
from tests.support.service import Service
from tests.website.reading import text

NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)


def test_before_the_first_night_it_says_so(visitor: Client) -> None:
    page = visitor.get("/accountability")
    assert page.status_code == 200
    assert "The numbers are not ready yet." in text(page)


def test_the_page_and_its_periods(
    visitor: Client, answering_point: AnsweringPoint, sofia: User
) -> None:
    some_years(answering_point, sofia)
    statement.prepare(NOW)
    words = text(visitor.get("/accountability"))
    assert "60 contacts with people" in words
    assert "Border Patrol 2 times about a suspect in a crime" in words
    assert "This is demo data." in words
    year = visitor.get("/accountability/2025")
    assert "20 contacts" in text(year)
    assert 'href="/es/accountability/2025"' in year.content.decode(), "the language keeps the year"
    assert visitor.get("/accountability/1999").status_code == 404
    assert visitor.get("/accountability/never").status_code == 404
    for answer in (year, visitor.get("/accountability/data")):
        assert not answer.cookies
        assert "<script" not in answer.content.decode()
        assert 'style="' not in answer.content.decode()
        assert "max-age" in answer.headers["Cache-Control"]


def test_in_every_language(visitor: Client, answering_point: AnsweringPoint, sofia: User) -> None:
    some_years(answering_point, sofia)
    statement.prepare(NOW)
    for code, _ in live.LANGUAGES:
        for name in ("accountability", "accountability/all", "accountability/data"):
            answer = visitor.get(f"/{code}/{name}")
            assert answer.status_code == 200, (code, name)
            assert answer.headers["Content-Language"] == code


def test_the_statement_as_files(
    visitor: Client, answering_point: AnsweringPoint, sofia: User
) -> None:
    some_years(answering_point, sofia)
    statement.prepare(NOW)
    for ending, kind in (("txt", "text/plain"), ("csv", "text/csv"), ("json", "application/json")):
        answer = visitor.get(f"/accountability/all/statement.{ending}")
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(kind)
    assert "Patrulla Fronteriza" in text(visitor.get("/es/accountability/all/statement.txt"))
    assert visitor.get("/accountability/all/statement.exe").status_code == 404


def test_a_page_needs_three_queries(
    visitor: Client, answering_point: AnsweringPoint, sofia: User
) -> None:
    some_years(answering_point, sofia)
    statement.prepare(NOW)
    with CaptureQueriesContext(connection) as queries:
        visitor.get("/accountability")
    assert len(queries) == 3, [one["sql"][:80] for one in queries]


@pytest.fixture
def department(new_service: Callable[..., Service]) -> Service:
    """A running service with some weeks behind it, published, its figures made."""
    service = new_service()
    service.migrate()
    service.python(PAST)
    said = service.command("ledger", "publish")
    assert "Released" in said
    return service.start()


def test_in_a_browser_without_javascript(department: Service, browser: Browser) -> None:
    errors: list[str] = []
    for lang, width in (("en", 1280), ("es", 360)):
        with browser.new_context(viewport={"width": width, "height": 844}) as context:
            page = context.new_page()
            page.on("console", lambda message: errors.append(message.text))
            for path in ("accountability", "accountability/all", "accountability/data"):
                page.goto(f"{department.url}/{lang}/{path}")
                assert page.evaluate("document.documentElement.scrollWidth") <= width
                assert faults(page) == []
            assert context.cookies() == []
    assert errors == []
    with browser.new_context(java_script_enabled=False, locale="en-US") as context:
        page = context.new_page()
        page.goto(f"{department.url}/accountability")
        page.get_by_role("link", name="All years").click()
        expect(page.get_by_role("link", name="All years")).to_have_attribute("aria-current", "page")
        expect(page.get_by_text("300 contacts with people")).to_be_visible()
        page.get_by_role("link", name="Open data: all tables").click()
        expect(page.get_by_role("heading", name="Open data")).to_be_visible()
