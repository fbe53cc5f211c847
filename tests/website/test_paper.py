"""Leaflet and poster: one page in each language, with a QR code that leads to the promise."""

import re

import pytest
from django.conf import settings
from django.test import Client

from safecall.website import card
from safecall.website.card import CardUnavailable
from tests.website.reading import text, unpacked

OFFERED = [code for code, _ in settings.LANGUAGES]


@pytest.mark.parametrize("lang", OFFERED)
@pytest.mark.parametrize("kind", ["leaflet", "poster"])
def test_one_page_in_each_language(visitor: Client, lang: str, kind: str) -> None:
    response = visitor.get(f"/{lang}/{kind}.pdf")
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/pdf"
    assert "max-age" in response.headers["Cache-Control"]
    made = response.content
    assert made.startswith(b"%PDF-")
    assert re.findall(rb"/Count (\d+)", unpacked(made))[:1] == [b"1"]


def test_without_fonts_it_says_what_to_do(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(_page: str, _script: str) -> bytes:
        raise CardUnavailable("The fonts are not installed. Run: make setup")

    monkeypatch.setattr(card, "paper", none)
    response = visitor.get("/poster.pdf")
    assert response.status_code == 503
    assert "Run: make setup" in text(response)
