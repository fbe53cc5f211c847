"""Tables about residents: small counts hidden, made once after their year (`disclosure`).

Interpreters by language, texts from which the guard removed something, what people answered, and
offices that they were referred to.
"""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Count
from django.utils import timezone

from safecall.accountability import tally
from safecall.accountability.disclosure import (
    Cells,
    is_due,
    protect,
    protect_together,
    span,
)
from safecall.accountability.models import Tally, YearTable
from safecall.accountability.periods import Period
from safecall.feedback import selectors as feedback
from safecall.interpreting import measures
from safecall.interpreting.models import InterpreterRequest
from safecall.interpreting.terms import Purpose
from safecall.ledger.models import LedgerRow
from safecall.referrals import selectors as referred

INTERPRETERS: Final = "interpreters"
GUARD: Final = "guard_removed"
REMOVED: Final = "removed"

ANSWERS: Final = "answers"
QUESTIONS: Final = ("helped", "own_language", "asked")
REPLIES: Final = ("yes", "no", "unsaid")

REFERRALS: Final = "referrals"

More = dict[str, dict[str, float]]
#: The cells of a year as they may be shown, and what else is told of them.
Making = Callable[[int], tuple[Cells, More]]


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


def table(name: str, period: Period, today: date, make: Making) -> Released:
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
            years[year], more[year] = _release(name, year, make)
    open_years = [year for year in period.years() if year not in years and year <= today.year]
    return Released(years, more, tuple(open_years))


def interpreters(period: Period, today: date | None = None) -> Released:
    """Requests for an interpreter by language, with seconds to the first word where shown."""
    return table(INTERPRETERS, period, today or timezone.localdate(), _languages)


def guard_removed(period: Period, today: date | None = None) -> Released:
    """In how many acts the guard removed something before it was kept."""
    return table(GUARD, period, today or timezone.localdate(), _removed)


def answers(period: Period, today: date | None = None) -> Released:
    """What people answered to the three questions; cells are named `helped.yes` and so on."""
    return table(ANSWERS, period, today or timezone.localdate(), _answers)


def referrals(period: Period, today: date | None = None) -> Released:
    """Offices that people were referred to: cells `kind.legal_aid`, `outcome.helped` and so on."""
    return table(REFERRALS, period, today or timezone.localdate(), _referrals)


def waits(period: Period) -> dict[str, Any]:
    """Seconds to the answer and to the first word, all languages together, without counts.

    `{"answered": [p50, p90] or null, "first_word": ...}`; null where 10 or fewer were measured.
    """
    since, until = period.bounds()
    total = measures.report(since, until).total
    return {"answered": _pair(total.answered), "first_word": _pair(total.first_word)}


def _release(name: str, year: int, make: Making) -> tuple[Cells, More]:
    cells, more = make(year)
    if not any(count != 0 for count in cells.counts.values()):
        return Cells({}, 0), {}
    made = {"counts": cells.counts, "total": cells.total, "more": more}
    kept, _ = YearTable.objects.get_or_create(table=name, year=year, defaults={"cells": made})
    # Another process may have been faster: what was released first stands.
    return Cells(kept.cells["counts"], kept.cells["total"]), kept.cells["more"]


def _languages(year: int) -> tuple[Cells, More]:
    since, until = Period.of_year(year).bounds()
    rows = InterpreterRequest.objects.filter(
        needed_at__gte=since, needed_at__lt=until, purpose=Purpose.DISPATCH.value
    )
    cells = protect(
        dict(rows.values_list("language").annotate(count=Count("pk")).order_by("-count"))
    )
    if not cells.counts:
        return cells, {}
    more = {
        row.language: {"p50": row.first_word.p50, "p90": row.first_word.p90}
        for row in measures.report(since, until).rows
        if row.first_word and cells.counts.get(row.language)
    }
    return cells, more


def _removed(year: int) -> tuple[Cells, More]:
    kind = LedgerRow.Kind.GUARD_REMOVED.value
    months = tally.read(Tally.LEDGER, Period.of_year(year))
    return protect({REMOVED: sum(counts.get(kind, 0) for counts in months.values())}), {}


def _answers(year: int) -> tuple[Cells, More]:
    counts: dict[str, Counter[str]] = {question: Counter() for question in QUESTIONS}
    for month in feedback.answers_by_month(date(year, 1, 1), date(year, 12, 31)):
        for question in QUESTIONS:
            replies = getattr(month, question)
            counts[question].update({reply: getattr(replies, reply) for reply in REPLIES})
    made, total = protect_together(
        {question: {r: counts[question][r] for r in REPLIES} for question in QUESTIONS}
    )
    cells = {
        f"{question}.{reply}": count
        for question, one in made.items()
        for reply, count in one.counts.items()
    }
    return Cells(cells, total), {}


def _referrals(year: int) -> tuple[Cells, More]:
    counted = referred.became(year)
    made, total = protect_together({"kind": counted.kinds, "outcome": counted.outcomes})
    cells = {
        f"{side}.{code}": count for side, one in made.items() for code, count in one.counts.items()
    }
    return Cells(cells, total), {}


def _pair(made: measures.Spread | None) -> list[float] | None:
    return [made.p50, made.p90] if made else None
