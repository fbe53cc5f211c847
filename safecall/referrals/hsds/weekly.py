"""HSDS schedules as weekly hours (`vocabulary/hours.py`).

HSDS writes times with an offset from UTC, which is wrong for half of each year, or without one.
Only times without an offset, the wall clock's, are taken.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any, Final

from safecall.referrals.hsds.terms import CLOSED, DAYS
from safecall.vocabulary import hours

_TIME: Final = re.compile(r"([0-9]{1,2}:[0-9]{2})(?::00)?")
_OURS: Final = {theirs: ours for ours, theirs in DAYS.items()}
_MIDNIGHT: Final = "00:00"
_DATED: Final = ("valid_from", "valid_to", "until", "count", "bymonthday", "byyearday", "byweekno")


class NotWeekly(ValueError):
    """The schedules are no weekly hours on the wall clock; the message says why."""


def hours_of(schedules: Sequence[Mapping[str, Any]]) -> str:
    """The weekly hours of these schedules; empty where there are none. Raises `NotWeekly`."""
    if [one.get("description") for one in schedules] == [CLOSED]:
        return hours.NEVER
    parts = [part for one in schedules for part in _parts(one)]
    if parts == ["Mo-Su 00:00-24:00"]:
        return hours.ALWAYS
    try:
        return hours.canonical("; ".join(parts)) if parts else ""
    except hours.BadHours:
        raise NotWeekly("Times are written HH:MM.") from None


def _parts(one: Mapping[str, Any]) -> Iterator[str]:
    if str(one.get("freq") or "WEEKLY") != "WEEKLY" or any(one.get(name) for name in _DATED):
        raise NotWeekly("Only hours that are the same each week are taken.")
    if one.get("timezone") not in (None, ""):
        raise NotWeekly("A time zone that knows no daylight saving cannot be taken.")
    opens, closes = _time(one.get("opens_at")), _time(one.get("closes_at"))
    if opens == closes == _MIDNIGHT:
        closes = "24:00"
    for run in _runs(str(one.get("byday") or "")):
        named = run[0] if len(run) == 1 else f"{run[0]}-{run[-1]}"
        yield f"{named} {opens}-{closes}"


def _time(value: Any) -> str:
    found = _TIME.fullmatch(str(value or ""))
    if found is None:
        raise NotWeekly("Times are written HH:MM on the wall clock, without an offset.")
    return found[1].rjust(5, "0")


def _runs(byday: str) -> list[list[str]]:
    """Days that follow each other, in the order given: MO,TU,FR -> [Mo, Tu], [Fr]."""
    names = [day.strip() for day in byday.split(",") if day.strip()]
    if not names or any(day not in _OURS for day in names):
        raise NotWeekly("The days are written MO,TU,WE.")
    numbers = [list(_OURS).index(day) for day in names]
    ours = list(DAYS)
    # Within a run, the day minus its place stays the same.
    steps = [(number - place) % 7 for place, number in enumerate(numbers)]
    pairs = zip(steps, numbers, strict=True)
    return [[ours[number] for _, number in run] for _, run in groupby(pairs, lambda one: one[0])]
