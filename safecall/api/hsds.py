"""The directory in the form of the Open Referral HSDS 3.0 API: read by anybody, without a token.

It says what the public pages say: no number that nobody confirmed, and no person.
"""

from math import ceil
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from safecall.api.problems import Problem
from safecall.referrals import selectors
from safecall.referrals.hsds import out
from safecall.referrals.models import Service

PROFILE: Final = "https://docs.openreferral.org/en/v3.0.0/"
DEFAULT_SIZE: Final = 50
MOST: Final = 200
_PAGE: Final = 10**6


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """What this is: the version of HSDS and where the services are."""
    address = settings.PUBLIC_URL + reverse("hsds:services")
    return _json({"version": "3.0", "profile": PROFILE, "openapi_url": "", "services": address})


@require_safe
def services(request: HttpRequest) -> HttpResponse:
    """A page of services: `page` from 1, `per_page` at most 200. Active ones alone."""
    number = _number(request, "page", 1, _PAGE)
    size = _number(request, "per_page", DEFAULT_SIZE, MOST)
    if number is None or size is None:
        return Problem(422, f"page is from 1, per_page from 1 to {MOST}.").response()
    found = selectors.with_everything(Service.objects.filter(active=True))
    total = Service.objects.filter(active=True).count()
    begin = (number - 1) * size
    shown = [out.service(one) for one in found.order_by("rank", "id")[begin : begin + size]]
    pages = max(1, ceil(total / size))
    return _json(
        {
            "total_items": total,
            "total_pages": pages,
            "page_number": number,
            "size": len(shown),
            "first_page": number == 1,
            "last_page": number >= pages,
            "empty": not shown,
            "contents": shown,
        }
    )


@require_safe
def service(request: HttpRequest, service_id: UUID) -> HttpResponse:
    """One service."""
    found = selectors.service(service_id)
    return Problem(404).response() if found is None else _json(out.service(found))


def _json(value: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(value, json_dumps_params={"ensure_ascii": False})
    # Anybody's page may show it; there is nothing here that belongs to anyone.
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def _number(request: HttpRequest, name: str, default: int, most: int) -> int | None:
    typed = request.GET.get(name, str(default))
    good = typed.isascii() and typed.isdigit() and len(typed) < 8 and 1 <= int(typed) <= most
    return int(typed) if good else None
