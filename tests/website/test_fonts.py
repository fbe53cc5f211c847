"""Each page has the signs that it shows, in a browser that lacks them and on paper."""

import re
from html import unescape
from pathlib import Path
from typing import NamedTuple

import pytest
from django.contrib.staticfiles import finders
from django.test import Client
from django.utils.translation import override
from fontTools.ttLib import TTFont
from playwright.sync_api import Browser

from safecall.vocabulary import languages
from safecall.vocabulary.written import BY_TAG
from safecall.website import opening_hours
from safecall.website.card import FONTS
from safecall.website.catalogues import path
from tests.support.service import Service
from tests.website.messages import read
from tests.website.pages import LANGUAGES, OTHERS

MOST_BYTES = 60_000
#: Of a name's font: it is a part of every page.
FEW_BYTES = 3_000
BLOCKS = {
    "Arab": range(0x0600, 0x0700),
    "Ethi": range(0x1200, 0x1380),
    "Laoo": range(0x0E80, 0x0F00),
    "Mymr": range(0x1000, 0x10A0),
}
OWN_FONT = [one for one in LANGUAGES if BY_TAG[one].script in BLOCKS]
LARGE = [one for one in LANGUAGES if BY_TAG[one].script in {"Hans", "Hant", "Kore"}]
#: Chinese and Korean signs, and their own full stops and commas.
LARGE_BLOCKS = re.compile("[\u3000-\u9fff\uac00-\ud7a3\uff00-\uffef]")


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


class Face(NamedTuple):
    """One font of a style sheet: its family, where it is used, and its file."""

    family: str
    shown: frozenset[int]
    file: Path


def _faces(style: str) -> list[Face]:
    """The fonts of a style sheet; each says first which of the machine's own would do."""
    text = (_folder() / style).read_text(encoding="utf-8")
    found = []
    for rule in re.findall(r"@font-face {(.*?)}", text):
        family, file = re.search(r'family: "(.*?)"', rule), re.search(r'url\("(.*?)"\)', rule)
        assert family
        assert file
        assert re.search(r'src: local\("', rule), rule
        signs = {
            code
            for first, last in re.findall(r"U\+([0-9A-F]+)(?:-([0-9A-F]+))?", rule)
            for code in range(int(first, 16), int(last or first, 16) + 1)
        }
        found.append(Face(family[1], frozenset(signs), _folder() / file[1]))
    return found


@pytest.mark.parametrize("lang", LARGE)
def test_chinese_and_korean_pages_bring_their_signs(lang: str) -> None:
    """All signs of the catalogue, each in one file, which says exactly what it has."""
    faces = _faces(f"page-{BY_TAG[lang].script}.css")
    for face in faces:
        assert face.file.stat().st_size <= MOST_BYTES, face.file.name
        assert face.shown == _has(face.file), face.file.name
    shown = [code for face in faces for code in face.shown]
    assert len(shown) == len(set(shown))
    with override(lang):
        hours = "".join(
            opening_hours.lines("Mo-Tu 08:00-16:30; We-Th 12:00-23:00; Fr-Su 00:00-06:00")
        )
    written = _signs(lang) | set(map(ord, hours))
    assert {code for code in written if LARGE_BLOCKS.match(chr(code))} <= set(shown)


@pytest.mark.parametrize("lang", LARGE)
def test_the_first_page_fetches_one_file(visitor: Client, lang: str) -> None:
    page = unescape(visitor.get(f"/{lang}/").content.decode())
    # The names of languages have fonts of their own.
    names = r'<details class="languages".*?</details>|<p class="endonyms".*?</p>'
    page = re.sub(names, "", page, flags=re.DOTALL)
    written = {ord(sign) for sign in LARGE_BLOCKS.findall(page)}
    used = [one for one in _faces(f"page-{BY_TAG[lang].script}.css") if one.shown & written]
    assert len(used) == 1
    assert written <= used[0].shown


def test_the_names_of_languages_bring_their_letters() -> None:
    """Those of every page's list: of all scripts that a machine may lack."""
    faces = _faces("names.css")
    own = {"Hans": "names Hans", "Hant": "names Hant"}
    for face in faces:
        assert face.file.stat().st_size <= FEW_BYTES, face.file.name
        assert face.shown <= _has(face.file), face.file.name
    place = [one for one in languages.BY_TAG.values() if one.tier <= languages.LOCAL_TIER]
    for one in [*BY_TAG.values(), *place]:
        if one.script not in {"", "Latn", "Cyrl", "Arab"}:
            family = own.get(one.script, "names")
            covered = {code for face in faces if face.family == family for code in face.shown}
            assert set(map(ord, one.endonym)) <= covered, one.english


def test_every_name_on_a_page_asks_for_them(department: Service, browser: Browser) -> None:
    families = """names => names.map(one => [one.lang, getComputedStyle(one).fontFamily])"""
    with browser.new_context() as context:
        page = context.new_page()
        for lang in ("en", *LARGE):
            page.goto(f"{department.url}/{lang}/")
            names = page.locator(".languages li > a, .endonyms a[lang]").evaluate_all(families)
            assert len(names) > 2 * len(LANGUAGES)
            for of, family in names:
                assert '"names"' in family or "names," in family, (lang, of)
                if of in ("zh-hans", "zh-hant"):
                    assert family.startswith(f'"names {BY_TAG[of].script}"'), lang
