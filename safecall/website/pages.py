"""What all public pages share: language by address, no cookie, no caching of what was typed."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache, wraps
from typing import Any, Final, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseForbidden
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from safecall.contacts.models import Agency
from safecall.vocabulary import languages, written
from safecall.website import card, catalogues
from safecall.website.languages import OFFERED, wished
from safecall.website.sending import allow_style, keep, pack, style

ENGLISH: Final = "en"
OTHER_SITE: Final = "cross-site"
#: Pages that say the same to everybody.
KEPT: Final = (
    "home", "check", "spoken", "i-speak", "policy", "accountability", "accountability-period",
    "open-data",
)  # fmt: skip


_MORE: Final = (
    ("home", _("Our promise")),
    ("policy", _("Our policy")),
    ("help", _("Find more help")),
    ("report", _("Report something")),
    ("receipt", _("Check on a report")),
    ("feedback", _("Tell us how it went")),
    ("complaint", _("Make a complaint")),
    ("accountability", _("What we did, in numbers")),
    ("check", _("How to check us")),
    ("i-speak", _("I speak")),
    ("translate", _("Help us say it better")),
)


class Link(NamedTuple):
    """A page and what it is called."""

    url: str
    label: Promise


class Switch(NamedTuple):
    """The same page in another language."""

    lang: str
    name: str
    url: str
    direction: str = "ltr"


@lru_cache(maxsize=10_000)
def _address(name: str, lang: str | None, at: tuple[tuple[str, Any], ...]) -> str:
    return reverse(name, kwargs=({"lang": lang} if lang else {}) | dict(at))


@dataclass(frozen=True, slots=True)
class Page:
    """Which page this is, in which language, and where the others are.

    `prefix` is the language that the address names; without one the browser's wish decides. `at` is
    what else the address holds.
    """

    name: str
    lang: str
    prefix: str | None = None
    at: Mapping[str, Any] = field(default_factory=dict)

    def url(self, name: str, lang: str | None = None, **at: Any) -> str:
        """The address of a page, in the same way of choosing the language as this one.

        A page of another room is named in full: `referrals:help`.
        """
        chosen = lang or self.prefix
        full = name if ":" in name else f"website:{name}"
        return _address(full, chosen, tuple(at.items()))

    def url_if_any(self, name: str) -> str:
        """The address of a page that may not be there; "" where it is not."""
        try:
            return self.url(name)
        except NoReverseMatch:
            return ""

    @property
    def here(self) -> str:
        return self.url(self.name, **self.at)

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
    def feedback(self) -> str:
        return self.url("feedback")

    @property
    def complaint(self) -> str:
        return self.url("complaint")

    @property
    def complaint_standing(self) -> str:
        return self.url("complaint-standing")

    @property
    def card(self) -> str:
        return self.url("i-speak")

    @property
    def card_pdf(self) -> str:
        return self.url("i-speak-pdf")

    @property
    def help(self) -> str:
        return self.url("help")

    @property
    def referral(self) -> str:
        return self.url("referral")

    @property
    def check(self) -> str:
        return self.url("check")

    @property
    def accountability(self) -> str:
        return self.url("accountability")

    @property
    def translate_url(self) -> str:
        return self.url("translate")

    @property
    def leaflet_pdf(self) -> str:
        return self.url("leaflet-pdf")

    @property
    def poster_pdf(self) -> str:
        return self.url("poster-pdf")

    @property
    def more(self) -> list[Link]:
        """The other public pages that are there."""
        return [
            Link(url, label)
            for name, label in _MORE
            if name != self.name
            if (url := self.url_if_any(name))
        ]

    @property
    def other_languages(self) -> list[Switch]:
        """This page in the languages that it is not in now."""
        return [
            Switch(
                code,
                str(name),
                self.url(self.name, code, **self.at),
                written.BY_TAG[code].direction,
            )
            for code, name in settings.LANGUAGES
            if code != self.lang
        ]

    @property
    def spoken_languages(self) -> list[Switch]:
        """Languages of the place without pages: each leads to how to get an interpreter."""
        return [
            Switch(one.ui or ENGLISH, one.endonym, self._spoken(one.tag), one.direction)
            for one in _WITHOUT_PAGES
        ]

    def _spoken(self, tag: str) -> str:
        return self.url("spoken", spoken=tag)

    @property
    def endonym(self) -> str:
        """The name of the page's language in that language."""
        return written.BY_TAG[self.lang].endonym

    @property
    def script(self) -> str:
        """The script that the page is written in, such as `Ethi`."""
        return written.BY_TAG[self.lang].script

    @property
    def font(self) -> str:
        """The style sheet of this script's own font; "" where machines have one."""
        has = card.has_page_font(self.script)
        return f"{card.FONTS}/page-{self.script}.css" if has else ""

    @property
    def names(self) -> str:
        """The style sheet of tiny fonts for the list of languages; "" without set-up's fonts."""
        return f"{card.FONTS}/names.css" if card.has_fonts() else ""

    @property
    def card_names(self) -> str:
        """The style sheet of the language card's fonts, for names of any language."""
        return f"{card.FONTS}/card.css" if card.has_fonts() else ""

    @property
    def confirmed(self) -> bool:
        """Whether a speaker has confirmed the translation; English needs none."""
        return self.lang == ENGLISH or bool(catalogues.confirmed_by(self.lang))


def _without_pages() -> list[languages.Language]:
    has = {tag for page in OFFERED for tag in written.BY_TAG[page].spoken}
    return [
        one
        for one in languages.BY_TAG.values()
        if one.tier <= languages.LOCAL_TIER and one.tag not in has
    ]


_WITHOUT_PAGES: Final = _without_pages()


View = Callable[..., HttpResponse]


def public(name: str) -> Callable[[View], Callable[..., HttpResponse]]:
    """Make a public page of a view: it is called with the request, the `Page`, and what else the
    address holds.

    There is no session, no cookie and no user here, so a forged request can do nothing that its
    sender could not do themselves, and Django's token (which needs a cookie) would protect
    nothing. What remains, using a visitor's address to send in their place, is refused by the
    `Sec-Fetch-Site` header, which browsers set and pages cannot.
    """

    def decorate(view: View) -> Callable[..., HttpResponse]:
        @csrf_exempt
        @require_http_methods(["GET", "HEAD", "POST"])
        @wraps(view)
        def shown(request: HttpRequest, lang: str | None = None, **at: Any) -> HttpResponse:
            chosen = lang or wished(request)
            with translation.override(chosen):
                if _from_another_site(request):
                    return HttpResponseForbidden()
                response = view(request, Page(name, chosen, lang, at), **at)
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
    opened = request.method in ("GET", "HEAD")
    context |= {
        "page": page,
        "department": Agency.objects.order_by("pk").values_list("name", flat=True).first(),
        "non_emergency_number": settings.NON_EMERGENCY_NUMBER,
        "style": style(template).css if opened else "",
    }
    response = render(request, f"website/{template}.html", context, status=status)
    if page.name in KEPT:
        response = keep(request, response)
    else:
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex"
        response = pack(request, response)
    if opened:
        allow_style(response, template)
    return response
