"""Every public page in every language in Chromium: accessible, on a small screen, by keyboard."""

from collections.abc import Container
from typing import Any

import pytest
from django.utils.translation import gettext, override
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import faults
from tests.support.service import Service
from tests.website.pages import LANGUAGES, addresses, direction

OPEN = "document.querySelectorAll('details').forEach(one => one.open = true)"
#: A window of 1280 points at 400 % is as wide as one of 320.
ZOOMED = {"width": 320, "height": 256}


#: Every page in these each time: the source, and right to left. In the others the layout is the
#: same, and their words are held without a browser; `make exhaustive` visits every page in all.
FULL = ("en", "ar")


def visited(full: Container[str]) -> list[str]:
    """Every page in the languages of `full`, and the first page in the others."""
    every = [f"{lang}/{address}" for lang in LANGUAGES if lang in full for address in addresses()]
    return [*every, *(f"{lang}/" for lang in LANGUAGES if lang not in full)]


in_each = pytest.mark.parametrize(
    "full",
    [
        pytest.param(FULL, marks=pytest.mark.slow, id="some"),
        pytest.param(tuple(LANGUAGES), marks=pytest.mark.exhaustive, id="all"),
    ],
)


@in_each
def test_axe_finds_nothing_on_any_page(
    department: Service, browser: Browser, full: tuple[str, ...]
) -> None:
    seen: dict[str, list[Any]] = {}
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        for address in visited(full):
            page.goto(f"{department.url}/{address}")
            page.evaluate(OPEN)
            if found := faults(page):
                seen[address] = found
    assert seen == {}


@in_each
def test_at_400_percent_nothing_sticks_out_or_hides(
    department: Service, browser: Browser, full: tuple[str, ...]
) -> None:
    wide: dict[str, int] = {}
    strangers: list[str] = []
    with browser.new_context(viewport=ZOOMED, java_script_enabled=True) as context:
        page = context.new_page()
        page.on(
            "request",
            lambda one: None if one.url.startswith(department.url) else strangers.append(one.url),
        )
        for address in visited(full):
            page.goto(f"{department.url}/{address}")
            page.locator(".languages > summary").click()
            width = page.evaluate("document.documentElement.scrollWidth")
            hidden = page.evaluate("document.documentElement.scrollLeft")
            if width > ZOOMED["width"] or hidden:
                wide[address] = width
        assert context.cookies() == []
    assert wide == {}
    assert strangers == []


def _reach(page: Page, selector: str, most: int = 60) -> None:
    """Press Tab until the focus is there, and see that it can be seen."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            outline = "getComputedStyle(document.activeElement).outlineStyle"
            assert page.evaluate(outline) != "none", selector
            return
    raise AssertionError(f"the keyboard does not reach {selector}")


@pytest.mark.parametrize("lang", [one for one in LANGUAGES if one in ("en", "es", "ar")])
def test_a_report_by_keyboard_alone(department: Service, browser: Browser, lang: str) -> None:
    with override(lang):
        thanks, other = gettext("Thank you. We have your report."), "es" if lang != "es" else "en"
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        page.goto(f"{department.url}/{other}/report")
        _reach(page, ".languages > summary")
        page.keyboard.press("Enter")
        _reach(page, f".languages button[lang={lang}]")
        page.keyboard.press("Enter")
        expect(page.locator("html")).to_have_attribute("lang", lang)
        expect(page.locator("html")).to_have_attribute("dir", direction(lang))
        _reach(page, "[name=story]")
        page.keyboard.type("Somebody painted on my wall.")
        _reach(page, "main form button[type=submit]")
        page.keyboard.press("Enter")
        expect(page.locator("[name=place]")).to_be_visible()
        _reach(page, "[name=place]")
        page.keyboard.type("12 West First Street")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name=thanks)).to_be_visible()
