"""The public ledger on the website: its files, the page that checks it, the caller's proof."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import time_machine
from django.test import Client
from playwright.sync_api import Browser, Locator, Page, Route, expect

from safecall.contacts import counted, numbering, receipts, retention
from safecall.contacts.actions import Actor, ContactOpening, close, open_contact
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.ledger import proof, signing
from safecall.ledger.release import release
from safecall.ledger.verify import verify
from tests.ledger.publishing import KEY, configured, published, reading
from tests.ledger.service import PAST
from tests.support.browser import faults
from tests.support.service import Service
from tests.website.reading import text

START = datetime(2026, 9, 1, 15, tzinfo=UTC)


def _department(point: AnsweringPoint) -> Contact:
    """Sixty contacts on one day, published the day after; returns one of them."""
    with time_machine.travel(START, tick=False):
        made = [
            open_contact(Actor.system("CAD"), ContactOpening("911", point)).contact
            for _ in range(60)
        ]
    _publish(START + timedelta(days=1))
    return made[17]


def _publish(at: datetime) -> None:
    with configured, time_machine.travel(at, tick=False):
        numbering.number_pending()
        signing.begin()
        release(at.date(), counted.counted)
        signing.sign(at)


def test_real_contacts_are_published_and_checked(answering_point: AnsweringPoint) -> None:
    _department(answering_point)
    result = verify(reading(published()), [KEY.verifier])
    assert result.faults == []
    assert result.counts == {"contact": 60, "key_change": 1, "seal": 1}
    assert any("Contact numbers are gapless" in one for one in result.proved)


def test_files_are_given_as_any_web_server_would(
    visitor: Client, answering_point: AnsweringPoint
) -> None:
    assert visitor.get("/ledger/checkpoint").status_code == 404  # nothing is published yet
    assert "not published yet" in text(visitor.get("/ledger/check"))
    _department(answering_point)
    for name, data in published().items():
        answer = visitor.get(f"/ledger/{name}")
        assert answer.content == data
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert ("immutable" in answer.headers["Cache-Control"]) == name.startswith("tile/")
        assert not answer.cookies
    for name in ("", "tile/0/000", "tile/0/000.p/63", "tile/5/000", "../settings", "checkpoint/"):
        assert visitor.get(f"/ledger/{name}").status_code == 404, name
    assert visitor.post("/ledger/checkpoint").status_code == 403


def test_the_page_shows_the_figures_of_the_last_entry(
    visitor: Client, answering_point: AnsweringPoint
) -> None:
    _department(answering_point)
    page = text(visitor.get("/ledger/check"))
    assert "Contacts with people 60" in page
    assert str(KEY.verifier) in page
    assert "no-store" not in visitor.get("/ledger/check").headers.get("Cache-Control", "")


def _ask_for_proof(visitor: Client, contact: Contact) -> Any:
    code = receipts.issue(contact)
    return visitor.post("/receipt", {"code": code, "proof": "1"})


def test_a_caller_who_wants_it_gets_a_proof(
    visitor: Client, answering_point: AnsweringPoint
) -> None:
    contact = _department(answering_point)
    answer = _ask_for_proof(visitor, contact)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Cache-Control"] == "no-store"
    shown = proof.verify(answer.content.decode(), [KEY.verifier])
    assert shown.leaf.type == "contact"
    assert shown.record["contact"] == str(contact.pk)
    at = answer.content.index(b"index ")
    end = answer.content.index(b"\n", at)
    # Entries are shuffled, so that any of the first may be the right one.
    for wrong in {b"index 1", b"index 2", b"index 99999"} - {answer.content[at:end]}:
        other = answer.content[:at] + wrong + answer.content[end:]
        with pytest.raises(proof.ProofError):
            proof.verify(other.decode(), [KEY.verifier])


def test_before_the_day_is_published_there_is_no_proof(
    visitor: Client, answering_point: AnsweringPoint
) -> None:
    contact = open_contact(Actor.system("CAD"), ContactOpening("911", answering_point)).contact
    assert "There is no proof yet, or no longer." in text(_ask_for_proof(visitor, contact))


def test_after_retention_the_leaf_stays_and_nobody_can_open_it(
    visitor: Client, answering_point: AnsweringPoint
) -> None:
    contact = _department(answering_point)
    before = published()
    with time_machine.travel(START + timedelta(days=2), tick=False):
        close(Actor.system("CAD"), contact, "13")
    retention.destroy(now=START + timedelta(days=200))
    assert "There is no proof yet, or no longer." in text(_ask_for_proof(visitor, contact))
    _publish(datetime.now(UTC) + timedelta(days=2))
    after = published()
    result = verify(reading(after), [KEY.verifier])
    assert result.faults == []
    assert result.counts["contact"] == 60
    assert result.counts["retention"] == 1
    old = before["tile/entries/000.p/62"]
    assert after["tile/entries/000.p/63"].startswith(old)


@pytest.fixture
def past(new_service: Callable[..., Service]) -> tuple[Service, str]:
    """A running service with a published ledger, and the receipt code of a contact in it."""
    service = new_service()
    service.migrate()
    code = service.python(PAST).split()[-1]
    service.command("ledger", "publish")
    return service.start(), code


def _press(page: Page, box: str) -> None:
    page.locator(f"[data-check={box}]").get_by_role("button").click()


def _status(page: Page, box: str) -> Locator:
    return page.locator(f"[data-check={box}] [role=status]")


def test_the_visitors_browser_checks_the_ledger_and_a_proof(
    past: tuple[Service, str], browser: Browser
) -> None:
    service, code = past
    made = service.command("ledger", "prove", code)
    checkpoint = httpx.get(f"{service.url}/ledger/checkpoint").text
    errors: list[str] = []
    for lang, width, holds, counted_too in (
        ("en", 1280, "The ledger holds.", "Your report is counted."),
        ("es", 390, "El registro es correcto.", "Su reporte está contado."),
    ):
        with browser.new_context(viewport={"width": width, "height": 844}) as context:
            page = context.new_page()
            page.on("console", lambda message: errors.append(message.text))
            page.on("pageerror", lambda error: errors.append(str(error)))
            page.goto(f"{service.url}/{lang}/ledger/check")
            _press(page, "ledger")
            expect(_status(page, "ledger")).to_have_text(holds)
            page.locator("textarea").fill(made)
            _press(page, "pasted")
            expect(_status(page, "pasted")).to_have_text(counted_too)
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            assert faults(page) == []
            assert context.cookies() == []
    assert errors == []  # the Content-Security-Policy holds
    with browser.new_context(locale="en-US") as context:
        page = context.new_page()
        page.goto(f"{service.url}/ledger/check")
        for pasted, said in (
            (checkpoint, "Nothing was rewritten since then."),
            (made.replace("index 1", "index 2", 1), "This proof does not hold."),
            ("Hello", "This proof does not hold."),
        ):
            page.locator("textarea").fill(pasted)
            _press(page, "pasted")
            expect(_status(page, "pasted")).to_have_text(said)
        expect(page.locator("[data-check=pasted] .bad")).to_contain_text("not a proof from our")


def test_the_visitors_browser_finds_what_was_changed(
    past: tuple[Service, str], browser: Browser
) -> None:
    service, _ = past

    def changed(old: bytes, new: bytes) -> Callable[[Route], None]:
        def answer(route: Route) -> None:
            real = httpx.get(route.request.url).content
            assert old in real
            route.fulfill(body=real.replace(old, new, 1))

        return answer

    attacks = {
        "**/tile/entries/000": (changed(b'"n":100,', b'"n":101,'), "does not fit"),
        "**/tile/entries/001.p/*": (
            changed(b'"d":"2026-11', b'"d":"2026-12'),
            "not the ones that we signed",
        ),
        "**/ledger/openings": (changed(b'"by_telephone":', b'"by_telephony":'), "count for"),
        "**/ledger/checkpoint": (changed(b"\n28", b"\n27"), "not signed with our key"),
    }
    for address, (answer, said) in attacks.items():
        with browser.new_context(locale="en-US") as context:
            page = context.new_page()
            page.route(address, answer)
            page.goto(f"{service.url}/ledger/check")
            _press(page, "ledger")
            expect(page.locator("[data-check=ledger] .bad").first).to_contain_text(said)
            expect(_status(page, "ledger")).to_contain_text("does not hold")
