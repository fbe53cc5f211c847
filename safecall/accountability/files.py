"""The statement as a file: plain text, HTML that stands alone, JSON, CSV, PDF."""

import json
import logging
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string
from django.utils.translation import get_language

from safecall.accountability.lines import as_csv
from safecall.accountability.showing.shape import Shown
from safecall.accountability.showing.showing import show
from safecall.accountability.showing.text import as_text
from safecall.vocabulary.written import BY_TAG

Document = dict[str, Any]
#: Fonts for paper, made by set-up, by script.
FONTS: Final = "website/fonts/page-{}-paper.css"
#: Tokens and elements first, then what the statement adds.
STYLES: Final = ("ui/safecall.css", "accountability/statement.css")

# It tells each property of CSS that it leaves out.
logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)


class NoPdf(RuntimeError):
    """There can be no PDF on this machine; the message says what to install."""


class Format(StrEnum):
    """In which form a statement is given out."""

    TEXT = "text"
    HTML = "html"
    JSON = "json"
    CSV = "csv"
    PDF = "pdf"


def write(document: Document, form: Format) -> bytes:
    """The statement in this form, in the language that is active. Raises `NoPdf`."""
    if form is Format.JSON:
        return (json.dumps(document, indent=2, ensure_ascii=False) + "\n").encode()
    if form is Format.CSV:
        return as_csv(document).encode()
    shown = show(document)
    if form is Format.TEXT:
        return as_text(shown, document["department"]).encode()
    page = as_html(shown, document["department"])
    return page.encode() if form is Format.HTML else as_pdf(page)


def as_html(shown: Shown, department: str) -> str:
    """A page that needs nothing beside itself."""
    style = "\n".join(_read(name) for name in STYLES)
    context = {
        "shown": shown,
        "department": department,
        "style": style,
        "script": _script(),
    }
    return render_to_string("accountability/statement.html", context)


def as_pdf(page: str) -> bytes:
    """The page, made in the language that is active, as a tagged PDF. Raises `NoPdf`."""
    try:
        # Pango is a part of the system and may be missing there.
        from weasyprint import CSS, HTML  # noqa: PLC0415
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError:
        raise NoPdf(
            "Pango is not installed. On Debian: apt-get install libpangoft2-1.0-0"
        ) from None
    # Files of this machine alone: nothing on the page can make it fetch from elsewhere.
    fetcher, known = URLFetcher(allowed_protocols=["file"]), FontConfiguration()
    # Without the fonts of set-up, the machine's own are taken.
    fonts = [finders.find(FONTS.format(script)) for script in dict.fromkeys(("Latn", _script()))]
    sheets = [
        CSS(filename=found, url_fetcher=fetcher, font_config=known)
        for found in fonts
        if isinstance(found, str)
    ]
    made: bytes = HTML(string=page, url_fetcher=fetcher).write_pdf(
        stylesheets=sheets, font_config=known, pdf_variant="pdf/ua-1", pdf_tags=True
    )
    return made


def _script() -> str:
    """The script of the active language; Latin and Cyrillic letters are in one set of fonts."""
    known = BY_TAG.get(get_language() or "en")
    return "Latn" if known is None or known.script == "Cyrl" else known.script


def _read(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(f"the style {name} is missing; run: make setup")
    return Path(found).read_text(encoding="utf-8")
