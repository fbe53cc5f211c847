"""What the department did, in numbers: the statement, made ready beforehand, and its files."""

from functools import lru_cache
from threading import Lock
from typing import Any, Final, NamedTuple

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from safecall.accountability import files, statement
from safecall.accountability.files import Format
from safecall.accountability.open_data import folder
from safecall.accountability.open_data.resources import RESOURCES
from safecall.accountability.open_data.tables import DICTIONARY
from safecall.accountability.periods import ALL, DECADE
from safecall.accountability.showing.showing import show as in_words
from safecall.website.pages import Page, public, show

#: The figures change once a night.
_KEPT: Final = "public, max-age=300"
_TYPES: Final = {
    Format.TEXT: "text/plain; charset=utf-8",
    Format.JSON: "application/json",
    Format.CSV: "text/csv; charset=utf-8",
    Format.PDF: "application/pdf",
}
_ENDINGS: Final = {"txt": Format.TEXT, "json": Format.JSON, "csv": Format.CSV, "pdf": Format.PDF}
_MAKING: Final = Lock()


class Link(NamedTuple):
    """A period or a file to choose."""

    name: str
    url: str
    current: bool = False


@public("accountability")
def accountability(request: HttpRequest, page: Page) -> HttpResponse:
    """The statement of the last ten years."""
    return _page(request, page, DECADE)


@public("accountability-period")
def accountability_period(request: HttpRequest, page: Page, period: str) -> HttpResponse:
    """The statement of a year, of ten, or of all."""
    return _page(request, page, period)


@public("accountability-file")
def accountability_file(
    _request: HttpRequest, _page: Page, period: str, ending: str
) -> HttpResponse:
    """The statement as a file: `txt`, `json`, `csv` or `pdf`."""
    document, _keys = statement.prepared(period)
    form = _ENDINGS.get(ending)
    if document is None or form is None:
        raise Http404
    try:
        data = (
            _pdf(files.as_html(in_words(document), document["department"]))
            if (form is Format.PDF)
            else files.write(document, form)
        )
    except files.NoPdf as error:
        return HttpResponse(str(error), status=503, content_type=_TYPES[Format.TEXT])
    response = HttpResponse(data, content_type=_TYPES[form])
    name = f"statement-{document['from']}-{document['to']}.{ending}"
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    response.headers["Cache-Control"] = _KEPT
    return response


@public("open-data")
def open_data(request: HttpRequest, page: Page) -> HttpResponse:
    """The tables to download, and what each column means."""
    tables = [
        {"resource": one, "url": reverse("website:open-data-file", args=[f"{one.name}.csv"])}
        for one in RESOURCES
    ]
    others = [
        Link(name, reverse("website:open-data-file", args=[name]))
        for name in (f"{DICTIONARY}.csv", folder.PACKAGE, folder.CATALOGUE)
    ]
    return show(request, page, "open_data", tables=tables, others=others)


@require_safe
def open_data_file(request: HttpRequest, name: str) -> HttpResponse:
    """A file of the open data; anybody may read it, also from another site's page."""
    base = request.build_absolute_uri(reverse("website:open-data-file", args=["x"])[:-1])
    try:
        data = folder.file(name, base)
    except KeyError:
        raise Http404 from None
    except folder.NotReady:
        return HttpResponse(
            "The figures are made each night; there are none yet.\n",
            status=503,
            content_type=_TYPES[Format.TEXT],
        )
    kind = _TYPES[Format.CSV if name.endswith(".csv") else Format.JSON]
    response = HttpResponse(data, content_type=kind)
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = _KEPT
    return response


def _page(request: HttpRequest, page: Page, period: str) -> HttpResponse:
    document, keys = statement.prepared(period)
    if document is None and keys:
        raise Http404
    context: dict[str, Any] = {"shown": None}
    if document is not None:
        context = {
            "shown": in_words(document),
            "periods": _periods(page, keys, period),
            "data_url": page.url("open-data"),
            "files": [
                Link(ending.upper(), page.url("accountability-file", period=period, ending=ending))
                for ending in _ENDINGS
            ],
        }
    return show(request, page, "accountability", **context)


def _periods(page: Page, keys: list[str], current: str) -> list[Link]:
    """Ten years, all, then each year, the newest first."""
    names = {DECADE: _("Ten years"), ALL: _("All years")}
    ordered = [*names, *sorted(set(keys) - set(names), reverse=True)]
    return [
        Link(names.get(key, key), page.url("accountability-period", period=key), key == current)
        for key in ordered
    ]


def _pdf(page: str) -> bytes:
    """It takes seconds to make, so each is made once; who asks meanwhile waits for it."""
    with _MAKING:
        return _made(page)


@lru_cache(maxsize=8)
def _made(page: str) -> bytes:
    return files.as_pdf(page)
