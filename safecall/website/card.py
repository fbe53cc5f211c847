"""The language card: what a caller at the counter points at, as a page and as a PDF."""

import logging
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import Lock
from typing import Final

from django.contrib.staticfiles import finders

from safecall.vocabulary.languages import BY_TAG, LOCAL_TIER, Language

# It tells each step and each property of CSS that it leaves out.
logging.getLogger("weasyprint").setLevel(logging.ERROR)
logging.getLogger("fontTools").setLevel(logging.ERROR)

_MAKING: Final = Lock()
FONTS: Final = "website/fonts"
PRINT_STYLE: Final = "website/card-print.css"
PAPER_STYLE: Final = "website/paper.css"


class CardUnavailable(RuntimeError):
    """There can be no PDF here; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the card; `shown` is the endonym, or the English name where none is known."""

    language: Language
    shown: str
    unconfirmed: bool


def lines() -> tuple[list[Line], list[Line]]:
    """The languages of the place, then all others by their English names."""
    own = [_line(one) for one in BY_TAG.values() if one.tier <= LOCAL_TIER]
    others = [_line(one) for one in BY_TAG.values() if one.tier > LOCAL_TIER]
    return own, sorted(others, key=lambda line: line.language.english.casefold())


def _line(language: Language) -> Line:
    unconfirmed = bool(language.endonym and language.script) and not language.endonym_confirmed
    return Line(language, language.endonym or language.english, unconfirmed)


@cache
def has_fonts() -> bool:
    """Whether set-up could make the card's fonts."""
    return finders.find(f"{FONTS}/card.css") is not None


@cache
def has_page_font(script: str) -> bool:
    """Whether set-up made a font for pages in this script; most machines have one for others."""
    return finders.find(f"{FONTS}/page-{script}.css") is not None


def pdf(page: str) -> bytes:
    """The card's HTML as a tagged PDF in Letter format. Raises `CardUnavailable`."""
    with _MAKING:
        return _made(page, (f"{FONTS}/card-pdf.css", PRINT_STYLE))


def paper(page: str, script: str) -> bytes:
    """The HTML of a leaflet or a poster as a tagged PDF. Raises `CardUnavailable`."""
    latin, own = (f"{FONTS}/page-{one}-paper.css" for one in ("Latn", script))
    sheets = (latin, PAPER_STYLE) if finders.find(own) is None else (latin, own, PAPER_STYLE)
    with _MAKING:
        return _made(page, sheets)


# It takes seconds to make one, so each is made once; who asks meanwhile waits for it.
@lru_cache(maxsize=64)
def _made(page: str, styles: tuple[str, ...]) -> bytes:
    found = [path for style in styles if (path := finders.find(style)) is not None]
    if len(found) < len(styles):
        raise CardUnavailable("The fonts are not installed. Run: make setup")
    try:
        # Pango is a part of the system and may be missing there.
        from weasyprint import CSS, HTML  # noqa: PLC0415
        from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415
        from weasyprint.urls import URLFetcher  # noqa: PLC0415
    except OSError:
        raise CardUnavailable(
            "Pango is not installed. On Debian: apt-get install libpangoft2-1.0-0"
        ) from None
    # Files of this machine alone: nothing on the page can make it fetch from elsewhere.
    fetcher, fonts_known = URLFetcher(allowed_protocols=["file"]), FontConfiguration()
    sheets = [
        CSS(filename=str(path), url_fetcher=fetcher, font_config=fonts_known) for path in found
    ]
    made: bytes = HTML(string=page, url_fetcher=fetcher).write_pdf(
        stylesheets=sheets, font_config=fonts_known, pdf_variant="pdf/ua-1", pdf_tags=True
    )
    return made
