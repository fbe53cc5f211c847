"""Time spans of statements: whole months, in the department's zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final, Self
from zoneinfo import ZoneInfo

from django.utils import timezone

DECADE: Final = "decade"
ALL: Final = "all"
#: Years in a decade, the one that goes on included.
_TEN: Final = 10


class BadPeriod(ValueError):
    """A span that no statement can have; the message says what to write."""


@dataclass(frozen=True, slots=True)
class Period:
    """From the first day of a month to the last day of a month, both included."""

    first: date
    last: date

    def __post_init__(self) -> None:
        if self.first > self.last:
            raise BadPeriod("The first day must lie before the last.")
        if self.first.day != 1 or (self.last + timedelta(days=1)).day != 1:
            raise BadPeriod(
                "A statement has whole months: begin with the first day of a month, such as "
                "2017-01-01, and end with the last, such as 2026-12-31."
            )

    @classmethod
    def of_year(cls, year: int) -> Self:
        """A calendar year."""
        return cls(date(year, 1, 1), date(year, 12, 31))

    def within(self, first: date | None, today: date) -> "Period | None":
        """The part of it for which there can be records: not before the month of the first one,
        not after the month that goes on. None where there is no such part.
        """
        if first is None:
            return None
        begin = max(self.first, first.replace(day=1))
        end = min(self.last, following(today) - timedelta(days=1))
        return Period(begin, end) if begin <= end else None

    def months(self) -> Iterator[date]:
        """The first day of each month."""
        month = self.first
        while month <= self.last:
            yield month
            month = following(month)

    def years(self) -> range:
        """Every year that it touches."""
        return range(self.first.year, self.last.year + 1)

    def whole_years(self) -> list[int]:
        """The years that lie in it from January to December."""
        return [
            year
            for year in self.years()
            if self.first <= date(year, 1, 1) and date(year, 12, 31) <= self.last
        ]

    def bounds(self) -> tuple[datetime, datetime]:
        """Its first moment, and the first moment after it, in the department's zone."""
        zone = timezone.get_current_timezone()
        return start_of(self.first, zone), start_of(self.last + timedelta(days=1), zone)


def start_of(day: date, zone: "ZoneInfo | object") -> datetime:
    """The first moment of a day in this zone."""
    return datetime.combine(day, time.min, zone)  # type: ignore[arg-type]


def following(month: date) -> date:
    """The first day of the month after."""
    return (month.replace(day=1) + timedelta(days=32)).replace(day=1)


def on_pages(first: date | None, today: date) -> dict[str, Period]:
    """The periods that the public page offers, by their keys: all, the decade, each year.

    `first`: the day of the oldest record; None where there is none yet.
    """
    this = today.year
    oldest = min(first.year, this) if first else this
    found = {
        DECADE: Period(date(this - _TEN + 1, 1, 1), date(this, 12, 31)),
        ALL: Period(date(oldest, 1, 1), date(this, 12, 31)),
    }
    return found | {str(year): Period.of_year(year) for year in range(this, oldest - 1, -1)}
