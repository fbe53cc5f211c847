"""Business days: Monday to Friday, without the federal holidays (5 U.S.C. 6103)."""

from datetime import date, timedelta
from functools import cache
from typing import Final

#: A record, and the settling of a mention, are due by the end of this business day after the event.
DUE_DAYS: Final = 5
_SATURDAY: Final = 5


@cache
def _holidays(year: int) -> frozenset[date]:
    # Imported late: it takes a third of a second, which most commands need not wait for.
    from holidays import country_holidays  # noqa: PLC0415

    # The year after: its first of January can be kept on the last day of this one.
    return frozenset(country_holidays("US", years=[year, year + 1]))


def is_business_day(day: date) -> bool:
    """Whether offices work on this day."""
    return day.weekday() < _SATURDAY and day not in _holidays(day.year)


def business_days_after(day: date, count: int) -> date:
    """The `count`-th business day after `day`."""
    while count:
        day += timedelta(days=1)
        count -= is_business_day(day)
    return day


def due_on(day: date) -> date:
    """The last day on which what happened on `day` is recorded in time."""
    return business_days_after(day, DUE_DAYS)


def in_time_since(today: date) -> date:
    """The earliest day of which what happened is still in time today; what is older is late."""
    day = today
    while due_on(day - timedelta(days=1)) >= today:
        day -= timedelta(days=1)
    return day
