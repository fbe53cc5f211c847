"""Which language a public page is in: what its address says, or else what the browser asks for.

Nothing else is looked at and nothing is remembered: no cookie, no session.
"""

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import translation
from django.utils.cache import patch_vary_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from safecall.vocabulary import languages, written

OFFERED: Final = frozenset(code for code, _ in settings.LANGUAGES)
ENGLISH: Final = "en"
#: Pages for people at work, and answers to machines: in English.
_NOT_PUBLIC: Final = ("desk", "interpreter", "accounts", "api", "static")


class LanguageConverter:
    """One of the languages of the service, such as `es`; anything else is no such page."""

    regex = "|".join(sorted(OFFERED, key=len, reverse=True))

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


class SpokenConverter:
    """A spoken language without pages of its own, such as `ciw`."""

    regex = "[a-z]{2,3}"

    def to_python(self, value: str) -> languages.Language:
        if value not in languages.BY_TAG:
            raise ValueError
        return languages.BY_TAG[value]

    def to_url(self, value: languages.Language | str) -> str:
        return value if isinstance(value, str) else value.tag


@lru_cache(maxsize=500)
def _wished(header: str) -> str:
    for tag, _ in parse_accept_lang_header(header):
        if tag == "*":
            break
        if found := written.tag_for(tag, OFFERED):
            return found
    return ENGLISH


def wished(request: HttpRequest) -> str:
    """The first language of the browser's list that pages come in; otherwise English."""
    return _wished(request.headers.get("Accept-Language", "")[:500])


class LanguageMiddleware:
    """Puts each request into its language; error pages too are in that of their address.

    Another spelling of a tag (`/zh-Hans/`) leads to ours (`/zh-hans/`).
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        first, _, rest = request.path_info.removeprefix("/").partition("/")
        tag = first.lower().replace("_", "-")
        if tag in OFFERED and tag != first and request.method in ("GET", "HEAD"):
            query = request.META.get("QUERY_STRING", "")
            return HttpResponsePermanentRedirect(f"/{tag}/{rest}" + (f"?{query}" if query else ""))
        by_wish = False
        if first in OFFERED:
            chosen = first
        elif first in _NOT_PUBLIC:
            chosen = ENGLISH
        else:
            chosen, by_wish = wished(request), True
        with translation.override(chosen):
            response = self.get_response(request)
        if by_wish and response.headers.get("Content-Type", "").startswith("text/html"):
            patch_vary_headers(response, ("Accept-Language",))
        return response
