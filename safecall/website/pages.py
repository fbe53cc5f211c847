"""What all public pages share: language by address, no cookie, no caching of what was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from safecall.contacts.models import Agency

OTHER_SITE: Final = "cross-site"
#: Pages that say the same to everybody.
KEPT: Final = ("home", "check")


class Switch(NamedTuple):
    """The same page in another language."""

    lang: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Page:
    """Which page this is, in which language, and where the others are.

    `prefix` is the language that the address names; without one the browser's wish decides.
    """

    name: str
    lang: str
    prefix: str | None = None

    def url(self, name: str, lang: str | None = None) -> str:
        """The address of a page, in the same way of choosing the language as this one."""
        chosen = lang or self.prefix
        return reverse(f"website:{name}", kwargs={"lang": chosen} if chosen else None)

    @property
    def here(self) -> str:
        return self.url(self.name)

    @property
    def home(self) -> str:
        return self.url("home")

    @property
    def report(self) -> str:
        return self.url("report")

    @property
    def details(self) -> str:
        return self.url("details")

    @property
    def receipt(self) -> str:
        return self.url("receipt")

    @property
    def card(self) -> str:
        return self.url("i-speak")

    @property
    def card_pdf(self) -> str:
        return self.url("i-speak-pdf")

    @property
    def check(self) -> str:
        return self.url("check")

    @property
    def other_languages(self) -> list[Switch]:
        """This page in the languages that it is not in now."""
        return [
            Switch(code, str(name), self.url(self.name, code))
            for code, name in settings.LANGUAGES
            if code != self.lang
        ]


View = Callable[[HttpRequest, Page], HttpResponse]


def public(name: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Make a public page of a view.

    There is no session, no cookie and no user here, so a forged request can do nothing that its
    sender could not do themselves, and Django's token (which needs a cookie) would protect
    nothing. What remains, using a visitor's address to send in their place, is refused by the
    `Sec-Fetch-Site` header, which browsers set and pages cannot.
    """

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def shown(request: HttpRequest, lang: str | None = None) -> HttpResponse:
            chosen = lang or translation.get_language_from_request(request)
            with translation.override(chosen):
                if _from_another_site(request):
                    return HttpResponseForbidden()
                response = view(request, Page(name, chosen, lang))
            response.headers["Content-Language"] = chosen
            return response

        return shown

    return decorate


def _from_another_site(request: HttpRequest) -> bool:
    return request.method == "POST" and request.headers.get("Sec-Fetch-Site") == OTHER_SITE


def show(
    request: HttpRequest, page: Page, template: str, status: int = 200, **context: Any
) -> HttpResponse:
    """Render a page; none with a report is kept by a browser, a proxy or a search engine."""
    context |= {
        "page": page,
        "department": Agency.objects.order_by("pk").values_list("name", flat=True).first(),
        "non_emergency_number": settings.NON_EMERGENCY_NUMBER,
    }
    response = render(request, f"website/{template}.html", context, status=status)
    if page.name not in KEPT:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
    return response
