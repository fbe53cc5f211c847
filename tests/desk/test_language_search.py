"""The language field in Chromium: two keys, groups before varieties, misspellings by eye."""

import pytest
from playwright.sync_api import Page, expect

from tests.desk.conftest import open_new
from tests.support.service import Service


@pytest.fixture
def at_language(taker: Page, desk: Service) -> Page:
    """A new contact, at its language field."""
    open_new(taker)
    taker.keyboard.press("Alt+l")
    return taker


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("so", "Somali (Soomaali)"),
        ("ma", "Chinese (Mandarin) (普通话)"),
        ("sl", "American Sign Language (ASL)"),
    ],
)
def test_two_keys_and_enter(at_language: Page, typed: str, shown: str) -> None:
    at_language.keyboard.type(typed)
    marked = at_language.locator("#language-choices [aria-selected=true]")
    expect(marked).to_contain_text(shown)
    at_language.keyboard.press("Enter")
    expect(at_language.locator("#language")).to_have_value(shown)
    expect(at_language.locator("#fields-state")).to_have_text("All saved")


def test_hmong_is_not_guessed(at_language: Page) -> None:
    at_language.keyboard.type("hm")
    options = at_language.locator("#language-choices [role=option]")
    expect(options.nth(0)).to_contain_text("White or Green?")
    expect(options.nth(1)).to_contain_text("Hmong")
    at_language.keyboard.press("ArrowDown")
    at_language.keyboard.press("Enter")
    expect(at_language.locator("#language")).to_have_value("Hmong (White) (Hmoob Dawb)")


def test_what_is_misspelled_is_shown_but_not_taken(at_language: Page) -> None:
    at_language.keyboard.type("Vietmanese")
    options = at_language.locator("#language-choices [role=option]")
    expect(options.first).to_contain_text("Vietnamese")
    expect(at_language.locator("#language-choices [aria-selected=true]")).to_have_count(0)
    at_language.keyboard.press("Tab")
    expect(at_language.locator("#language")).to_have_value("Vietmanese")
    expect(at_language.locator("#language-error")).to_contain_text("Did you mean Vietnamese")
