"""The promise on paper: a leaflet (half a Letter page) and a poster (Letter), in each language."""

from typing import Final

import segno
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from safecall.contacts.models import Agency
from safecall.website import card
from safecall.website.card import CardUnavailable
from safecall.website.pages import Page, public, show

#: Made once in each process; printers and libraries fetch them again at most once an hour.
_KEPT: Final = "public, max-age=3600"


@public("leaflet-pdf")
def leaflet_pdf(request: HttpRequest, page: Page) -> HttpResponse:
    """Half a page, to hand out."""
    return _paper(request, page, "leaflet")


@public("poster-pdf")
def poster_pdf(request: HttpRequest, page: Page) -> HttpResponse:
    """A page for a wall: readable from some steps away."""
    return _paper(request, page, "poster")


def _paper(request: HttpRequest, page: Page, kind: str) -> HttpResponse:
    address = _address(request, page)
    context = {
        "page": page,
        "script": _paper_script(page.script),
        "kind": kind,
        "department": Agency.objects.order_by("pk").values_list("name", flat=True).first(),
        "non_emergency_number": settings.NON_EMERGENCY_NUMBER,
        "demonstration": settings.ENVIRONMENT == "demo",
        "address": address,
        "shown_address": address.partition("://")[2],
        "qr": _qr(address),
    }
    try:
        html = render_to_string(f"website/{kind}_pdf.html", context)
        made = card.paper(html, _paper_script(page.script))
    except CardUnavailable as error:
        return show(request, page, "no_paper", 503, no_pdf=str(error))
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{kind}-{page.lang}.pdf"'
    response.headers["Cache-Control"] = _KEPT
    return response


def _paper_script(script: str) -> str:
    """Latin and Cyrillic letters are in one set of fonts."""
    return "Latn" if script == "Cyrl" else script


def _address(request: HttpRequest, page: Page) -> str:
    """The promise in this language, as a telephone reads it from the paper."""
    path = page.url("home", page.lang)
    return (
        f"{settings.PUBLIC_URL}{path}" if settings.PUBLIC_URL else request.build_absolute_uri(path)
    )


def _qr(address: str) -> SafeString:
    """A QR code as SVG (ISO/IEC 18004, error correction M: 15 % of it may be dirty)."""
    code = segno.make(address, error="m", micro=False)
    return mark_safe(code.svg_inline(border=2, omitsize=True))  # noqa: S308  made by segno
