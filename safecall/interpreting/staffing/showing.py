"""The plan as rows for a table or a file, and as runs of hours with one answer."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Final

from safecall.interpreting.staffing.planning import DAYS, LanguageNeeds, Plan, Span
from safecall.interpreting.staffing.vendors import MOST, Vendors, heard_within, vendors_needed
from safecall.vocabulary import languages

COLUMNS: Final = (
    "language", "name", "day", "hour", "calls_counted", "calls_an_hour", "calls_an_hour_low",
    "calls_an_hour_high", "people", "people_low", "people_high", "share_in_time",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Run:
    """Hours in a row with the same answer: `first` up to and with `last`, as slots."""

    first: int
    last: int
    people: int
    low: int
    high: int

    @property
    def hours(self) -> str:
        """`00-07`: from the first hour to the end of the last."""
        return f"{self.first % 24:02}-{self.last % 24 + 1:02}"

    @property
    def answer(self) -> str:
        """`3`, or `3 (2-4)` where the ends of the interval need other numbers."""
        if self.low == self.people == self.high:
            return str(self.people)
        return f"{self.people} ({self.low}-{self.high})"


def runs(language: LanguageNeeds) -> list[list[Run]]:
    """The needs of a language day by day (a list of one for a plan by the hours of any day), and
    in each day neighbouring hours with one answer together.
    """
    days: list[list[Run]] = []
    for _, of_day in groupby(language.needs, lambda need: need.slot // 24):
        days.append([])
        for (people, low, high), group in groupby(
            of_day, lambda need: (need.people, need.low, need.high)
        ):
            slots = [need.slot for need in group]
            days[-1].append(Run(slots[0], slots[-1], people, low, high))
    return days


def rows(plan: Plan) -> Iterator[dict[str, Any]]:
    """One row per language and slot, with the names of `COLUMNS`."""
    for language in plan.languages:
        for need in language.needs:
            day, hour = divmod(need.slot, 24)
            yield {
                "language": language.tag,
                "name": languages.label(language.tag),
                "day": "" if plan.span is Span.DAY else DAYS[day],
                "hour": hour,
                "calls_counted": need.calls,
                "calls_an_hour": _rounded(need.rate.mean),
                "calls_an_hour_low": _rounded(need.rate.low),
                "calls_an_hour_high": _rounded(need.rate.high),
                "people": need.people,
                "people_low": need.low,
                "people_high": need.high,
                "share_in_time": _rounded(need.reached),
            }


def as_csv(plan: Plan) -> str:
    """The rows as CSV with a header."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows(plan))
    return out.getvalue()


def vendors_said(vendors: Vendors) -> str:
    """How many vendors a language needs that nobody on call speaks, in a sentence."""
    needed = vendors_needed(vendors)
    goal = f"{vendors.share:.0%} hear an interpreter within {vendors.within_s:g} s"
    taken = f"(assumed: {vendors.vendor_s:g} s a vendor on average; --vendor)"
    if needed is None:
        return (
            f"A language that nobody on call speaks: {MOST} vendors are not enough, so that "
            f"{goal} {taken}; it takes people on call, or quicker vendors"
        )
    fewer = ", ".join(
        f"{number}: {heard_within(vendors.within_s, number, vendors):.1%}"
        for number in range(1, needed)
    )
    fewer = f"; with fewer, {fewer}" if fewer else ""
    return (
        f"A language that nobody on call speaks: {needed} vendors with a contract, so that "
        f"{goal} {taken}{fewer}"
    )


def _rounded(value: float) -> float:
    return float(f"{value:.4g}")
