"""The public ledger: its files, and the page that says how to check them."""

from typing import Final

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from safecall.ledger import files, signing
from safecall.ledger.leaf import Leaf
from safecall.ledger.note import Checkpoint, Note
from safecall.ledger.tiles import ENTRIES, WIDTH, Tile, unbundle
from safecall.website.pages import Page, public, show

#: Files that never change, and those that each publishing renews (seconds).
_LASTING: Final = "public, max-age=31536000, immutable"
_RENEWED: Final = "public, max-age=60"
_TEXTS: Final = (files.CHECKPOINT, files.KEY, files.OPENINGS)


@require_safe
def ledger_file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of the published ledger, as any web server would give it; anybody may read it."""
    kind = "text/plain; charset=utf-8" if name in _TEXTS else "application/octet-stream"
    packed = _packed(request, name)
    if packed is not None:
        response = HttpResponse(packed, content_type=kind)
        response.headers["Content-Encoding"] = "gzip"
        lasting = True
    else:
        try:
            found = files.file(name)
        except files.NoSuchFile:
            raise Http404 from None
        response, lasting = HttpResponse(found.data, content_type=kind), found.lasting
    response.headers["Cache-Control"] = _LASTING if lasting else _RENEWED
    response.headers["Access-Control-Allow-Origin"] = "*"
    if name.startswith("tile/entries/"):
        response.headers["Vary"] = "Accept-Encoding"
    return response


def _packed(request: HttpRequest, name: str) -> bytes | None:
    """A bundle as it is stored, for whoever takes gzip."""
    if "gzip" not in request.headers.get("Accept-Encoding", ""):
        return None
    return files.gzipped(name)


@public("check")
def check(request: HttpRequest, page: Page) -> HttpResponse:
    """How to check us: in plain words, and in the visitor's own browser."""
    head = signing.latest()
    point = Checkpoint.parse(Note.parse(head.note).text) if head else None
    return show(
        request,
        page,
        "check",
        ledger=reverse("website:ledger_file", args=["x"])[:-1],
        point=point,
        counts=_counts(point.size) if point else {},
        signed_at=head.signed_at if head else None,
        keys=signing.known_keys(),
        address=request.build_absolute_uri("/ledger"),
    )


def _counts(size: int) -> dict[str, int]:
    """The running totals in the last entry."""
    if not size:
        return {}
    n, offset = divmod(size - 1, WIDTH)
    entries = unbundle(files.file(Tile(ENTRIES, n, offset + 1).path).data)
    return Leaf.parse(entries[offset]).counts()
