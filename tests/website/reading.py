"""Reading a page as its visitor does."""

import contextlib
import html
import re
import zlib
from html.parser import HTMLParser
from typing import Any, Final

import html5lib
from django.http import HttpResponse

_NO_WORDS: Final = {"script", "style", "svg", "title"}


def text(response: HttpResponse) -> str:
    """The words of the page, in one line."""
    body = re.sub(
        r"<(script|style|svg|title)\b.*?</\1>", " ", response.content.decode(), flags=re.DOTALL
    )
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def text_in(lang: str, response: HttpResponse) -> str:
    """The words of the page that it does not declare to be in another language."""
    words: list[str] = []

    def gather(one: Any) -> None:
        if one.tag not in _NO_WORDS and (one.get("lang") or lang) == lang:
            words.append(one.text or "")
            for child in one:
                gather(child)
        words.append(one.tail or "")

    gather(html5lib.parse(response.content.decode(), namespaceHTMLElements=False).find("body"))
    return " ".join(" ".join(words).split())


def code(response: HttpResponse) -> str:
    """The receipt code on the page."""
    found = re.search(r'class="code"[^>]*>([^<]+)<', response.content.decode())
    assert found, "the page shows no code"
    return found[1]


class _Values(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, str] = {}
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "textarea":
            self._area = given["name"]
            self.values[self._area] = ""
        elif (
            tag == "input"
            and given.get("name")
            and (given.get("type") != "radio" or "checked" in given)
        ):
            self.values[given["name"]] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._area = ""

    def handle_data(self, data: str) -> None:
        if self._area:
            self.values[self._area] += data


def form_values(response: HttpResponse) -> dict[str, str]:
    """What a press on a button of the page would send (without selects and the button)."""
    reader = _Values()
    reader.feed(response.content.decode())
    return {name: value.removeprefix("\n") for name, value in reader.values.items()}


def unpacked(made: bytes) -> bytes:
    """The PDF with its compressed streams opened."""
    parts = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", made, re.DOTALL)
    opened = [made]
    for part in parts:
        with contextlib.suppress(zlib.error):
            opened.append(zlib.decompress(part))
    return b"\n".join(opened)
