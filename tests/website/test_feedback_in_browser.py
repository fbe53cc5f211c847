"""Feedback and complaints in Chromium: by keyboard, on a narrow screen, without faults of axe."""

from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import faults
from tests.support.service import Service


@pytest.mark.parametrize(("lang", "width"), [("en", 320), ("es", 1280)])
def test_every_page_without_faults_and_no_wider_than_the_screen(
    department: Service, browser: Browser, lang: str, width: int
) -> None:
    found: dict[str, Any] = {}
    with browser.new_context(viewport={"width": width, "height": 740}) as context:
        page = context.new_page()

        def check(name: str) -> None:
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            found[name] = [*faults(page), *(["too wide"] if wide > 0 else [])]

        def press(last: int = -1) -> None:
            with page.expect_navigation():
                page.locator("main form#typed button[type=submit]").nth(last).click()

        page.goto(f"{department.url}/{lang}/feedback")
        check("feedback")
        press()
        check("feedback, nothing answered")
        page.locator("[name=asked][value=yes]").check()
        press()
        check("answered")
        page.goto(f"{department.url}/{lang}/complaint")
        check("complaint")
        press()
        check("complaint, nothing chosen")
        page.locator("[name=kind][value=held]").check()
        page.locator("[name=words]").fill("I have no papers.")
        press()
        check("complained")
        code = page.locator(".code").inner_text()
        page.goto(f"{department.url}/{lang}/complaint/standing")
        check("code")
        page.locator("[name=code]").fill("12345")
        press()
        check("wrong code")
        page.locator("[name=code]").fill(code)
        press()
        check("standing")
        press()
        check("nothing to add")
        page.locator("[name=words]").fill("Seven hours.")
        press()
        check("added")
        assert context.cookies() == []
    assert len(found) == 11
    assert {name: bad for name, bad in found.items() if bad} == {}


def test_three_answers_by_keyboard_alone(department: Service, browser: Browser) -> None:
    with browser.new_context(locale="en-US", java_script_enabled=False) as context:
        page = context.new_page()
        page.goto(f"{department.url}/feedback")
        page.locator("[name=helped]").first.focus()
        keys = page.keyboard
        for _ in range(3):
            keys.press("Space")
            keys.press("ArrowDown")
            keys.press("Tab")
        keys.type("They came at once.")
        keys.press("Tab")
        keys.press("Enter")
        expect(page.get_by_role("heading", name="Thank you. We have your answers.")).to_be_visible()
    counted = department.python(
        "from safecall.feedback.models import Answers\n"
        "print(Answers.objects.filter(helped='no', own_language='no', asked='no').count())"
    )
    assert counted.strip() == "1"
