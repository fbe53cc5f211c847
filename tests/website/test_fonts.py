"""Each page has the signs that it shows, in a browser that lacks them and on paper."""

import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from fontTools.ttLib import TTFont

from safecall.vocabulary.written import BY_TAG
from safecall.website.card import FONTS
from safecall.website.catalogues import path
from tests.website.messages import read
from tests.website.pages import LANGUAGES, OTHERS

MOST_BYTES = 60_000
BLOCKS = {
    "Arab": range(0x0600, 0x0700),
    "Ethi": range(0x1200, 0x1380),
    "Laoo": range(0x0E80, 0x0F00),
    "Mymr": range(0x1000, 0x10A0),
}
OWN_FONT = [one for one in LANGUAGES if BY_TAG[one].script in BLOCKS]


def _folder() -> Path:
    found = finders.find(FONTS)
    assert found, "make setup makes the fonts"
    return Path(str(found))


def _signs(lang: str) -> set[int]:
    """The signs of the catalogue beyond ASCII that are drawn."""
    texts = [
        text
        for message in read(path(BY_TAG[lang]))
        if message.id
        for text in (message.string if isinstance(message.string, tuple) else [message.string])
    ]
    invisible = {0x00A0, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F, 0x202F, 0x2060}
    return {ord(sign) for text in texts for sign in text if ord(sign) > 0x7F} - invisible


def _has(file: Path) -> set[int]:
    return set(TTFont(file).getBestCmap())


@pytest.mark.parametrize("lang", OWN_FONT)
def test_a_page_brings_the_letters_that_machines_may_lack(lang: str) -> None:
    script = BY_TAG[lang].script
    file = _folder() / f"page-{script}.woff2"
    assert file.stat().st_size <= MOST_BYTES
    assert {code for code in _signs(lang) if code in BLOCKS[script]} <= _has(file)
    assert f"page-{script}.woff2" in (_folder() / f"page-{script}.css").read_text()


@pytest.mark.parametrize("lang", OTHERS)
def test_paper_has_every_sign(lang: str) -> None:
    script = "Latn" if BY_TAG[lang].script == "Cyrl" else BY_TAG[lang].script
    style = "".join(
        (_folder() / f"page-{one}-paper.css").read_text(encoding="utf-8")
        for one in {script, "Latn"}
    )
    files = set(re.findall(r'url\("([^"]+)"\)', style))
    has = {code for file in files for code in _has(_folder() / file)}
    assert {chr(code) for code in _signs(lang) - has} == set()


def test_the_names_of_languages_bring_their_letters() -> None:
    style = (_folder() / "names.css").read_text(encoding="utf-8")
    covered = {int(code, 16) for code in re.findall(r"U\+([0-9A-F]{4})", style)}
    for one in BY_TAG.values():
        if one.script in BLOCKS and one.script != "Arab":
            assert {ord(sign) for sign in one.endonym} <= covered, one.english
