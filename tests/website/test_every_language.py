"""What holds for every public page in every language that pages come in."""

import base64
import gzip
import hashlib
import re
from itertools import pairwise, product

import html5lib
import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from safecall.referrals import needs
from safecall.vocabulary.written import BY_TAG
from safecall.website import emergency
from safecall.website.catalogues import confirmed_by, path
from tests.website.messages import read
from tests.website.pages import LANGUAGES, OTHERS, addresses, direction
from tests.website.reading import text_in

EVERY = list(product(LANGUAGES, addresses()))
FIRST_VISIT_BYTES = 60_000


@pytest.mark.parametrize(("lang", "address"), EVERY)
def test_a_page_in_its_language(visitor: Client, lang: str, address: str) -> None:
    response = visitor.get(f"/{lang}/{address}")
    assert response.status_code == 200
    page = response.content.decode()
    assert f'<html lang="{lang}" dir="{direction(lang)}">' in page
    assert response.headers["Content-Language"] == lang
    assert not response.cookies
    assert "tel:911" in page
    is_valid(page)


def is_valid(page: str) -> None:
    """The HTML has no parse error, no id twice, and nothing that points at no id."""
    parser = html5lib.HTMLParser(strict=False)
    document = parser.parse(page)
    assert parser.errors == []
    ids = [one.get("id") for one in document.iter() if one.get("id")]
    assert len(ids) == len(set(ids))
    for one in document.iter():
        for name in ("for", "aria-labelledby", "aria-describedby", "form"):
            for target in (one.get(name) or "").split():
                assert target in ids, f"{name}={target}"
    headings = [int(found) for found in re.findall(r"<h([1-6])", page)]
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))


@pytest.mark.parametrize("lang", OTHERS)
def test_no_english_is_left_over(visitor: Client, lang: str) -> None:
    """No text of the catalogue stands on a page in English."""
    english = [
        message.id
        for message in read(path(BY_TAG[lang]))
        if isinstance(message.id, str)
        and len(message.id.split()) > 3
        and message.string != message.id
    ]
    for address in addresses():
        shown = text_in(lang, visitor.get(f"/{lang}/{address}"))
        assert [one for one in english if one in shown] == [], address


@pytest.mark.parametrize("lang", OTHERS)
def test_what_nobody_confirmed_says_so_and_asks_for_help(visitor: Client, lang: str) -> None:
    page = visitor.get(f"/{lang}/").content.decode()
    assert ('class="unconfirmed"' in page) == (not confirmed_by(lang))
    assert f'href="/{lang}/help/translate"' in page


@pytest.mark.parametrize("lang", LANGUAGES)
def test_words_of_emergencies_and_needs_are_known_in_the_language(lang: str) -> None:
    assert lang in {one.lang for one in emergency.LISTS}
    assert lang in {one.lang for one in needs.LISTS}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("address", ["", "report"])
def test_a_first_visit_is_small(visitor: Client, lang: str, address: str) -> None:
    """Page, style sheets and pictures as they go over the wire; fonts of scripts aside."""
    page = visitor.get(f"/{lang}/{address}").content
    total = len(gzip.compress(page))
    for name in set(re.findall(r'(?:href|src)="/static/([^"]+)"', page.decode())):
        found = finders.find(name)
        assert isinstance(found, str), name
        with open(found, "rb") as file:  # noqa: PTH123
            total += len(gzip.compress(file.read()))
    assert total <= FIRST_VISIT_BYTES


@pytest.mark.parametrize("address", ["", "policy", "i-speak", "ledger/check", "i-speak/ciw"])
def test_a_page_that_is_the_same_for_all_may_be_kept(visitor: Client, address: str) -> None:
    first = visitor.get(f"/es/{address}")
    assert "public" in first.headers["Cache-Control"]
    again = visitor.get(f"/es/{address}", headers={"if-none-match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert "Accept-Language" in visitor.get(f"/{address}").headers["Vary"]
    other = visitor.get(f"/en/{address}", headers={"if-none-match": first.headers["ETag"]})
    assert other.status_code == 200


@pytest.mark.parametrize("address", ["", "report", "i-speak", "accountability"])
def test_an_opened_page_carries_its_style_and_no_other_may(visitor: Client, address: str) -> None:
    """One round trip on a slow network; the policy names exactly what is on the page."""
    page = visitor.get(f"/en/{address}")
    styles = re.findall(r"<style>(.*?)</style>", page.content.decode(), re.DOTALL)
    assert len(styles) == 1
    digest = base64.b64encode(hashlib.sha256(styles[0].encode()).digest()).decode()
    policy = page.headers["Content-Security-Policy"]
    assert policy.count("'sha256-") == 1
    assert f"'sha256-{digest}'" in policy
    assert "unsafe-inline" not in policy


def test_not_modified_keeps_the_policy_of_the_page(visitor: Client) -> None:
    page = visitor.get("/en/")
    again = visitor.get("/en/", headers={"if-none-match": page.headers["ETag"]})
    assert again.status_code == 304
    assert again.headers["Content-Security-Policy"] == page.headers["Content-Security-Policy"]


def test_opened_pages_are_packed_and_answers_with_what_was_typed_are_not(visitor: Client) -> None:
    takes_gzip = {"accept-encoding": "gzip"}
    for address in ("/en/", "/en/receipt"):
        plain = visitor.get(address)
        packed = visitor.get(address, headers=takes_gzip)
        assert gzip.decompress(packed.content) == plain.content
        assert "Accept-Encoding" in packed.headers["Vary"]
    answer = visitor.post("/en/receipt", {"code": "ABCDE"}, headers=takes_gzip)
    assert "Content-Encoding" not in answer.headers
    assert "<style" not in answer.content.decode()
    assert "sha256-" not in answer.headers["Content-Security-Policy"]
