"""The public pages in Chromium: with JavaScript switched off, and checked for accessibility."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Page, expect

from safecall.website.emergency import LISTS
from tests.support.browser import faults
from tests.support.service import Service

REPORTS = """
from safecall.contacts.models import Contact, Note
print([(c.channel, c.for_whom, c.place_words, c.language) for c in Contact.objects.all()])
print(list(Note.objects.order_by("id").values_list("text", flat=True)))
"""


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    """A telephone with JavaScript switched off."""
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, java_script_enabled=False, locale="en-US"
    )
    with context:
        yield context.new_page()


def test_a_report_without_javascript_and_without_cookies(department: Service, phone: Page) -> None:
    phone.goto(department.url)
    expect(phone.get_by_role("link", name="Call 911").first).to_have_attribute("href", "tel:911")
    phone.get_by_role("link", name="Report something that is not").click()
    phone.get_by_label("What is happening?").fill("She has no papers.\nShe does not open the door.")
    phone.get_by_label("I am worried about someone's safety").check()
    phone.get_by_role("main").get_by_role("button", name="Go on").click()
    phone.get_by_label("Who are you worried about?").fill("My neighbor")
    phone.get_by_label("Where did it happen?").fill("12 West First Street")
    phone.get_by_label("What language do you want to speak?").select_option("so")
    phone.get_by_label("How can we reach you?").press("Enter")
    expect(phone.get_by_role("heading", name="Thank you. We have your report.")).to_be_visible()
    expect(phone.get_by_text("Thank you for trusting us")).to_be_visible()
    code = phone.locator(".code").inner_text()

    phone.goto(f"{department.url}/receipt")
    phone.get_by_label("Your code").fill(code.lower())
    phone.get_by_label("Your code").press("Enter")
    expect(phone.get_by_text("Someone will look at it.")).to_be_visible()
    phone.get_by_label("Tell us more").fill("The light is on.")
    phone.get_by_role("button", name="Add this").click()
    expect(phone.get_by_text("Thank you. We added it.")).to_be_visible()

    assert phone.context.cookies() == []
    kept = department.python(REPORTS)
    assert "('web', 'other', '12 West First Street', 'so')" in kept
    assert "The light is on." in kept
    assert "She does not open the door." in kept
    assert "no papers" not in kept + department.log
    assert code not in department.log


def test_an_emergency_word_and_the_way_on(department: Service, phone: Page) -> None:
    phone.goto(f"{department.url}/report")
    phone.get_by_label("What is happening?").fill("There is a gun")
    phone.get_by_role("main").get_by_role("button", name="Go on").click()
    expect(phone.get_by_role("heading", name="Call 911 now")).to_be_visible()
    expect(phone.get_by_text("There is a gun")).to_be_visible()
    phone.get_by_role("button", name="It is not an emergency").click()
    expect(phone.get_by_role("heading", name="Some details")).to_be_visible()
    phone.get_by_role("button", name="Change what I wrote").click()
    expect(phone.get_by_label("What is happening?")).to_have_value("There is a gun")


def test_the_language_changes_and_what_was_typed_stays(department: Service, phone: Page) -> None:
    phone.goto(f"{department.url}/report")
    phone.get_by_label("What is happening?").fill("Rompieron mi ventana")
    phone.locator(".languages summary").click()
    phone.get_by_role("button", name="Español").click()
    expect(phone.get_by_label("¿Qué está pasando?")).to_have_value("Rompieron mi ventana")
    phone.get_by_role("main").get_by_role("button", name="Seguir").click()
    phone.get_by_label("¿Dónde pasó?").fill("Calle 4")
    phone.locator(".languages summary").click()
    phone.get_by_role("button", name="English").click()
    expect(phone.get_by_label("Where did it happen?")).to_have_value("Calle 4")
    expect(phone.get_by_text("Rompieron mi ventana")).to_be_visible()


def test_nothing_sticks_out_of_a_small_screen(department: Service, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 320, "height": 640}, locale="en-US") as context:
        page = context.new_page()
        for address in (
            "/",
            "/report",
            "/receipt",
            "/i-speak",
            "/feedback",
            "/complaint",
            "/es/",
            "/es/report",
        ):
            page.goto(department.url + address)
            width = page.evaluate("document.documentElement.scrollWidth")
            assert width <= 320, address


BUTTONS = (
    "Go on",
    "It is not an emergency: go on",
    "Send the report",
    "See how your report stands, or add to it",
    "Show my report",
    "Add this",
)


def _words(lang: str) -> list[str]:
    """The buttons of the way through a report, and a report that must lead to 911."""
    alarm = next(group.yes[0] for one in LISTS if one.lang == lang for group in one.groups)
    with override(lang):
        return [*map(gettext, BUTTONS), alarm]


# Each language, one written from right to left too, and each width; not each with each, which
# finds the same in twice the time.
@pytest.mark.parametrize(("lang", "width"), [("en", 390), ("ar", 390), ("es", 1280)])
def test_axe_finds_nothing(department: Service, browser: Browser, lang: str, width: int) -> None:
    go_on, not_emergency, send, look, show, add, gun = _words(lang)
    seen: dict[str, list[Any]] = {}
    with browser.new_context(viewport={"width": width, "height": 844}) as context:
        page = context.new_page()

        def check(name: str) -> None:
            if found := faults(page):
                seen[name] = found

        def press(name: str) -> None:
            page.get_by_role("main").get_by_role("button", name=name).click()

        page.goto(f"{department.url}/{lang}/")
        check("home")
        page.goto(f"{department.url}/{lang}/i-speak")
        check("language card")
        page.goto(f"{department.url}/{lang}/report")
        check("report")
        press(go_on)
        check("report with errors")
        page.locator("[name=story]").fill(gun)
        press(go_on)
        check("emergency")
        press(not_emergency)
        check("details")
        page.locator("[name=place]").fill("x" * 201)
        press(send)
        check("details with errors")
        page.locator("[name=place]").fill("Here. No papers.")
        press(send)
        check("done")
        code = page.locator(".code").inner_text()
        press(look)
        check("standing")
        press(add)
        check("standing with errors")
        page.goto(f"{department.url}/{lang}/receipt")
        check("receipt")
        page.locator("[name=code]").fill("12345")
        press(show)
        check("receipt with errors")
        page.locator("[name=code]").fill(code)
        press(show)
        page.locator("[name=note]").fill("I have no papers.")
        press(add)
        check("added")
    assert seen == {}
