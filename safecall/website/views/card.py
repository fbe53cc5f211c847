"""The language card at which a caller at the counter points."""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from safecall.contacts.models import Agency
from safecall.vocabulary.languages import Language
from safecall.website import card
from safecall.website.card import CardUnavailable
from safecall.website.pages import Page, public, show


@cache
def _lines() -> dict[str, Any]:
    """The lists as HTML; they are the same in every language, so they are made once."""
    made = (
        "".join(render_to_string("website/_card_line.html", {"line": line}) for line in lines)
        for lines in card.lines()
    )
    own, others = map(SafeString, made)
    return {"own": own, "others": others}


@public("i-speak")
def i_speak(request: HttpRequest, page: Page) -> HttpResponse:
    """All languages by their own names, for pointing at; the browser prints it too."""
    return show(request, page, "i_speak", **_lines(), has_fonts=card.has_fonts())


@public("i-speak-pdf")
def i_speak_pdf(request: HttpRequest, page: Page) -> HttpResponse:
    """The card as a PDF; where it cannot be made, why not and what to do."""
    department = Agency.objects.order_by("pk").values_list("name", flat=True).first()
    context = {**_lines(), "page": page, "department": department}
    try:
        made = card.pdf(render_to_string("website/i_speak_pdf.html", context))
    except CardUnavailable as error:
        return show(request, page, "i_speak", 503, **_lines(), no_pdf=str(error))
    response = HttpResponse(made, content_type="application/pdf")
    response.headers["Content-Disposition"] = 'inline; filename="i-speak.pdf"'
    return response


@public("spoken")
def spoken(request: HttpRequest, page: Page, spoken: Language) -> HttpResponse:
    """How to get an interpreter of a language that no pages are written in."""
    return show(request, page, "spoken", spoken=spoken, signed=not spoken.ui)
