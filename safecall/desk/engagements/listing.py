"""The list of engagements, with its filters."""

from dataclasses import dataclass
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest

from safecall.engagements import selectors
from safecall.engagements.models import Engagement, PolicyFinding
from safecall.vocabulary.engagements import occasion, outcome

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """One engagement of the list."""

    root_id: Any
    number: str
    row: Engagement
    direction: str
    authority: str
    decision: str
    findings: list[str]


def filters(request: HttpRequest) -> dict[str, str]:
    """The filters that are set, as codes of closed lists; anything else is left out."""
    allowed: dict[str, Any] = {
        "direction": set(occasion.Direction),
        "authority": set(occasion.Authority),
        "findings": {"standing"},
    }
    said = {
        name: request.GET.get(name, "")
        for name, codes in allowed.items()
        if request.GET.get(name, "") in codes
    }
    year = request.GET.get("year", "")
    if year.isascii() and year.isdigit() and len(year) == 4:
        said["year"] = year
    return said


def chosen(said: dict[str, str]) -> QuerySet[Engagement]:
    """Standing records that these filters let through, the newest event first."""
    rows = selectors.standing()
    if "year" in said:
        rows = rows.filter(year=int(said["year"]))
    for name in ("direction", "authority"):
        if name in said:
            rows = rows.filter(**{name: said[name]})
    if "findings" in said:
        stand = PolicyFinding.objects.filter(
            engagement__year=OuterRef("year"),
            engagement__serial=OuterRef("serial"),
            settled_at__isnull=True,
        )
        rows = rows.filter(Exists(stand))
    return rows.order_by("-happened_at", "-id")


def page_of(rows: QuerySet[Engagement], number: str) -> tuple[Page[Engagement], list[Row]]:
    """One page of the list. Three queries, however many there are."""
    page = Paginator(rows, PAGE).get_page(number)
    found = selectors.standing_codes(page.object_list)
    return page, [
        Row(
            one.root_id,
            one.number,
            one,
            occasion.Direction(one.direction).label,
            occasion.Authority(one.authority).label,
            outcome.Decision(one.decision).label,
            [outcome.Finding(code).label for code in found.get(one.root_id, [])],
        )
        for one in page.object_list
    ]
