"""How public pages go over the wire: once, small, and on a slow network in one round trip."""

import base64
import gzip
import hashlib
import re
from functools import cache, lru_cache
from http import HTTPStatus
from pathlib import Path
from typing import Final, NamedTuple

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.safestring import SafeString

#: For so long a browser or a proxy may show a page that is the same for all without asking.
KEPT_SECONDS: Final = 300
_STYLES: Final = ("ui/safecall.css", "website/website.css")
#: What the page of a template needs beside these.
_MORE: Final = {
    "i_speak": ("website/card.css",),
    "accountability": ("accountability/statement.css",),
    "open_data": ("accountability/statement.css",),
}


class Style(NamedTuple):
    """The style sheets as they stand within a page, and what its policy has to say of them."""

    css: SafeString
    source: str


@cache
def style(template: str) -> Style:
    """The page's style sheets without comments and spaces. They stand within each page that
    somebody opens: a slow network then needs one round trip before it shows it, and not two.

    The page's Content-Security-Policy takes them by their SHA-256, and no others.
    """
    found = [finders.find(name) for name in (*_STYLES, *_MORE.get(template, ()))]
    text = "".join(
        Path(path).read_text(encoding="utf-8") for path in found if isinstance(path, str)
    )
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"\s*([{};,])\s*", r"\1", re.sub(r"\s+", " ", text)).strip()
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return Style(SafeString(text), f"'sha256-{digest}'")


def allow_style(response: HttpResponse, template: str) -> None:
    """Let this answer carry the style sheets within; django-csp reads the attribute. An answer
    "not modified" needs it too, since a browser takes its headers for those of what it kept."""
    setattr(response, "_csp_update", {"style-src": [style(template).source]})  # noqa: B010


def keep(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """What says the same to everybody may be kept for some minutes, is not sent again to whoever
    has it (RFC 9110, section 13)."""
    if request.method not in ("GET", "HEAD") or response.status_code != HTTPStatus.OK:
        return response
    content = response.content
    # Weak: the same words, packed or not.
    tag = f'W/"{hashlib.sha256(content).hexdigest()[:32]}"'
    response.headers["ETag"] = tag
    response.headers["Cache-Control"] = f"public, max-age={KEPT_SECONDS}"
    known = get_conditional_response(request, etag=tag, response=response)
    if isinstance(known, HttpResponse) and known.status_code == HTTPStatus.NOT_MODIFIED:
        return known
    return pack(request, response)


def pack(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """Compress the answer to a GET. Answers to a POST hold what was typed beside a code, and
    their length must tell nobody whether the two have something in common (BREACH)."""
    patch_vary_headers(response, ("Accept-Encoding",))
    if request.method == "GET" and "gzip" in request.headers.get("Accept-Encoding", ""):
        response.content = _packed(response.content)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
    return response


@lru_cache(maxsize=200)
def _packed(content: bytes) -> bytes:
    return gzip.compress(content, 6, mtime=0)
