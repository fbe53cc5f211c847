"""Tables about residents: small counts hidden, made once after their year (`disclosure`)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count
from django.utils import timezone

from safecall.accountability import tally
from safecall.accountability.disclosure import Cells, is_due, protect, span
from safecall.accountability.models import Tally, YearTable
from safecall.accountability.periods import Period
from safecall.interpreting import measures
from safecall.interpreting.models import InterpreterRequest
from safecall.interpreting.terms import Purpose
from safecall.ledger.models import LedgerRow

INTERPRETERS: Final = "interpreters"
GUARD: Final = "guard_removed"
REMOVED: Final = "removed"

More = dict[str, dict[str, float]]
#: Counts a year: its cells, and what else is told of those that are shown.
Counting = Callable[[int], tuple[Mapping[str, int], More]]


@dataclass(frozen=True, slots=True)
class Released:
    """The tables of the years of a period, and the years that have none yet."""

    years: dict[int, Cells]
    more: dict[int, More] = field(default_factory=dict)
    open_years: tuple[int, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """`{"by_year": [{"year", "counts", "total", "more"}], "together": {"counts", "total",
        "at_least"}, "open_years": [...]}`; a hidden count is null.
        """
        together = span(self.years.values())
        return {
            "by_year": [
                {
                    "year": year,
                    "counts": cells.counts,
                    "total": cells.total,
                    "more": self.more.get(year, {}),
                }
                for year, cells in self.years.items()
            ],
            "together": {
                "counts": together.counts,
                "total": together.total,
                "at_least": together.at_least,
            },
            "open_years": list(self.open_years),
        }


def table(name: str, period: Period, today: date, count: Counting) -> Released:
    """The table of each whole year of the period, as released; those that are due are made now.

    A year without anything to count is no release: it can still be made when something comes in.
    """
    known = {row.year: row for row in YearTable.objects.filter(table=name)}
    years: dict[int, Cells] = {}
    more: dict[int, More] = {}
    for year in period.whole_years():
        if year in known:
            cells = known[year].cells
            years[year] = Cells(cells["counts"], cells["total"])
            more[year] = cells["more"]
        elif is_due(year, today):
            years[year], more[year] = _make(name, year, count)
    open_years = [year for year in period.years() if year not in years and year <= today.year]
    return Released(years, more, tuple(open_years))


def interpreters(period: Period, today: date | None = None) -> Released:
    """Requests for an interpreter by language, with seconds to the first word where shown."""
    return table(INTERPRETERS, period, today or timezone.localdate(), _languages)


def guard_removed(period: Period, today: date | None = None) -> Released:
    """In how many acts the guard removed something before it was kept."""
    return table(GUARD, period, today or timezone.localdate(), _removed)


def waits(period: Period) -> dict[str, Any]:
    """Seconds to the answer and to the first word, all languages together, without counts.

    `{"answered": [p50, p90] or null, "first_word": ...}`; null where 10 or fewer were measured.
    """
    since, until = period.bounds()
    total = measures.report(since, until).total
    return {"answered": _pair(total.answered), "first_word": _pair(total.first_word)}


def _make(name: str, year: int, count: Counting) -> tuple[Cells, More]:
    counts, further = count(year)
    cells = protect(counts)
    shown = {one: further[one] for one in further if cells.counts.get(one)}
    if cells.counts:
        made = {"counts": cells.counts, "total": cells.total, "more": shown}
        kept, _ = YearTable.objects.get_or_create(table=name, year=year, defaults={"cells": made})
        # Another process may have been faster: what was released first stands.
        return Cells(kept.cells["counts"], kept.cells["total"]), kept.cells["more"]
    return cells, shown


def _languages(year: int) -> tuple[Mapping[str, int], More]:
    since, until = Period.of_year(year).bounds()
    rows = InterpreterRequest.objects.filter(
        needed_at__gte=since, needed_at__lt=until, purpose=Purpose.DISPATCH.value
    )
    counts = dict(rows.values_list("language").annotate(count=Count("pk")).order_by("-count"))
    if not counts:
        return {}, {}
    more: More = {}
    for row in measures.report(since, until).rows:
        if row.first_word:
            more[row.language] = {"p50": row.first_word.p50, "p90": row.first_word.p90}
    return counts, more


def _removed(year: int) -> tuple[Mapping[str, int], More]:
    months = tally.read(Tally.LEDGER, Period.of_year(year))
    kind = LedgerRow.Kind.GUARD_REMOVED.value
    count = sum(counts.get(kind, 0) for counts in months.values())
    return ({REMOVED: count} if count else {}), {}


def _pair(made: measures.Spread | None) -> list[float] | None:
    return [made.p50, made.p90] if made else None
