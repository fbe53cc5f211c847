"""The statement as a file: plain text, HTML that stands alone, JSON, CSV, PDF."""

import csv
import io
import json
import logging
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, Final

from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from safecall.accountability.showing.shape import Shown
from safecall.accountability.showing.showing import show
from safecall.accountability.showing.text import as_text

Document = dict[str, Any]
#: Tokens and elements first, then what the statement adds.
STYLES: Final = ("ui/safecall.css", "accountability/statement.css")
CSV_COLUMNS: Final = ("figure", "year", "code", "value")

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
    context = {"shown": shown, "department": department, "style": style}
    return render_to_string("accountability/statement.html", context)


def as_pdf(page: str) -> bytes:
    """The page as a tagged PDF. Raises `NoPdf`."""
    try:
        # Pango is a part of the system and may be missing there.
        from weasyprint import HTML  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError:
        raise NoPdf(
            "Pango is not installed. On Debian: apt-get install libpangoft2-1.0-0"
        ) from None
    # Nothing on the page can make it fetch from elsewhere.
    fetcher = URLFetcher(allowed_protocols=["data"])
    made: bytes = HTML(string=page, url_fetcher=fetcher).write_pdf(
        pdf_variant="pdf/ua-1", pdf_tags=True
    )
    return made


def as_csv(document: Document) -> str:
    """Every figure as a line: which, of which year, of which code, and its value.

    A hidden count is empty.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    writer.writerows(_lines(document))
    return out.getvalue()


Line = tuple[str, Any, str, Any]


def _lines(document: Document) -> Iterator[Line]:
    for name in ("from", "to", "as_of", "department"):
        yield name, "", "", document[name]
    yield "demonstration", "", "", str(document["demonstration"]).lower()
    contacts = document["contacts"]
    for one in contacts["by_year"]:
        yield from (("contacts", one["year"], code, n) for code, n in one["channels"].items())
    yield "contacts", "", "all", contacts["total"]
    yield from _engagements(document["engagements"])
    for table in ("interpreters", "guard_removed"):
        for one in document[table]["by_year"]:
            yield from ((table, one["year"], code, n) for code, n in one["counts"].items())
            yield table, one["year"], "all", one["total"]
    yield from (("retention", "", name, n) for name, n in document["retention"].items())
    for name in ("with_engagement", "owed", "not_yet"):
        yield from (("nil_returns", "", name, month) for month in document["nil_returns"][name])
    for one in document["nil_returns"]["certified"]:
        yield "nil_returns", "", f"certified by {one['role']}", one["month"]


def _engagements(counts: dict[str, Any]) -> Iterator[Line]:
    for one in counts["by_year"]:
        yield from (
            (f"engagements_{name}", one["year"], "", n) for name, n in one.items() if name != "year"
        )
    for name in ("records", "engaged", "border_patrol_suspect", "asked", "declined", "historical"):
        yield f"engagements_{name}", "", "all", counts[name]
    for name in ("directions", "purposes", "decisions", "bases", "asked_for", "actions", "custody"):
        yield from ((f"engagements_{name}", "", code, n) for code, n in counts[name].items())
    for code, one in counts["by_authority"].items():
        yield from ((f"authority_{name}", "", code, n) for name, n in one.items())
    for code, one in counts["findings"].items():
        yield from ((f"findings_{name}", "", code, n) for name, n in one.items())
    yield from (("resources", "", name, n) for name, n in counts["spent"].items())


def _read(name: str) -> str:
    found = finders.find(name)
    if not isinstance(found, str):
        raise FileNotFoundError(f"the style {name} is missing; run: make setup")
    return Path(found).read_text(encoding="utf-8")
