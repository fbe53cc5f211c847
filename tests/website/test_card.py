"""The language card: every language by its own name, readable, printable, and honest."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser, Page, expect

from safecall.vocabulary.languages import BY_TAG
from safecall.website import card
from safecall.website.card import FONTS, CardUnavailable
from tests.support.service import Service
from tests.website.reading import text, unpacked

SCRIPTS = sorted({one.script for one in BY_TAG.values() if one.script})


def test_every_language_is_on_the_card(visitor: Client) -> None:
    words = text(visitor.get("/i-speak"))
    for language in BY_TAG.values():
        assert language.english in words
        assert language.endonym in words


def test_what_no_speaker_confirmed_is_marked_and_the_rest_is_not(visitor: Client) -> None:
    page = visitor.get("/en/i-speak").content.decode()
    marked = set(re.findall(r">([^<]+)</strong><span class=\"card-mark\">", page))
    assert "Hmoob Dawb" in marked
    assert "Anishinaabemowin" in marked
    assert "Soomaali" not in marked
    assert "ASL" not in marked
    assert "has not confirmed yet" in text(visitor.get("/en/i-speak"))


def test_what_runs_from_right_to_left_says_so(visitor: Client) -> None:
    page = visitor.get("/i-speak").content.decode()
    assert re.search(r'<li dir="rtl"><strong class="in-Arab" lang="ps">پښتو<', page)
    assert page.count('<li dir="rtl">') == sum(one.direction == "rtl" for one in BY_TAG.values())


def _fonts() -> Path:
    folder = finders.find(FONTS)
    assert folder, "make setup makes the fonts"
    return Path(str(folder))


@pytest.mark.parametrize("script", SCRIPTS)
def test_the_fonts_have_every_sign(script: str) -> None:
    style = (_fonts() / "card-pdf.css").read_text(encoding="utf-8")
    rule = re.search(rf"\.in-{script} {{(.*?)}}", style)
    assert rule
    names = re.findall(r'"card ([^"]+)"', rule[1])
    signs = {chr(code) for name in names for code in TTFont(_fonts() / f"{name}.ttf").getBestCmap()}
    shown = {sign for one in BY_TAG.values() if one.script == script for sign in one.endonym}
    assert {sign for sign in shown if not sign.isspace()} <= signs


def test_shaping_tables_are_kept() -> None:
    for script in ("Arab", "Deva", "Khmr", "Mymr", "Sinh", "Tibt"):
        assert "GSUB" in TTFont(_fonts() / f"{script}-0.ttf"), script


@pytest.mark.parametrize(("lang", "title"), [("en", "I speak"), ("es", "Hablo")])
def test_the_pdf(visitor: Client, lang: str, title: str) -> None:
    response = visitor.get(f"/{lang}/i-speak.pdf")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    made = response.content
    assert made.startswith(b"%PDF-")
    told = unpacked(made)
    assert b"/StructTreeRoot" in told, "tagged, so that it can be read aloud"
    assert title.encode() in told or title.encode("utf-16-be") in told


def test_without_fonts_the_page_stands_and_says_what_to_do(
    visitor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def none(_page: str) -> bytes:
        raise CardUnavailable("The fonts of the card are not installed. Run: make setup")

    monkeypatch.setattr(card, "pdf", none)
    response = visitor.get("/i-speak.pdf")
    assert response.status_code == 503
    assert "Run: make setup" in text(response)
    assert "Soomaali" in text(response)


def test_it_loads_its_fonts_in_a_browser(department: Service, browser: Browser) -> None:
    with browser.new_context(viewport={"width": 390, "height": 844}) as context:
        page: Page = context.new_page()
        failed: list[str] = []
        page.on("response", lambda one: failed.append(one.url) if one.status >= 400 else None)
        page.goto(f"{department.url}/i-speak")
        expect(page.get_by_role("heading", name="I speak")).to_be_visible()
        page.evaluate("document.fonts.ready")
        loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length")
        assert loaded > len(SCRIPTS) // 2
        assert failed == []
