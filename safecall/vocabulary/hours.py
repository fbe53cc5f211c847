"""Weekly hours as people write them in a spreadsheet: `Mo-Fr 08:00-17:00; Sa 22:00-06:00`.

`always` is every hour. Times are the department's; a span whose end is not later than its start
runs into the next day. Pure.
"""

import re
from datetime import datetime
from typing import Final

DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
ALWAYS: Final = "always"
NEVER: Final = "never"
_DAY_MINUTES: Final = 24 * 60
_WEEK_MINUTES: Final = 7 * _DAY_MINUTES
_DAY: Final = "|".join(DAYS)
_SPAN: Final = re.compile(
    rf"(?P<from>{_DAY})(?:-(?P<to>{_DAY}))? (?P<start>[0-9]{{1,2}}:[0-9]{{2}})"
    r"-(?P<end>[0-9]{1,2}:[0-9]{2})",
    re.IGNORECASE,
)
# Minutes since Monday 00:00, begin and end; an end after the week's runs on into Monday.
Span = tuple[int, int]


class BadHours(ValueError):
    """These are no weekly hours; the message says how they are written."""

    def __init__(self) -> None:
        super().__init__(
            "Write hours as Mo-Fr 08:00-17:00; Sa 09:00-12:00 (days Mo Tu We Th Fr Sa Su), "
            "or always, or never."
        )


def canonical(text: str) -> str:
    """The hours in the one form in which they are kept. Raises `BadHours`."""
    plain = " ".join(text.split())
    if plain.lower() in (ALWAYS, NEVER):
        return plain.lower()
    return "; ".join(_canonical_part(part.strip()) for part in plain.split(";") if part.strip())


def covers(hours: str, local: datetime) -> bool:
    """Whether this moment, in the department's time, lies in the hours. Raises `BadHours`."""
    if hours in (ALWAYS, NEVER, ""):
        return hours == ALWAYS
    minute = local.weekday() * _DAY_MINUTES + local.hour * 60 + local.minute
    return any(
        begin <= at < end for begin, end in spans(hours) for at in (minute, minute + _WEEK_MINUTES)
    )


def spans(hours: str) -> list[Span]:
    """The weekly spans of these hours. Raises `BadHours`."""
    if hours == ALWAYS:
        return [(0, _WEEK_MINUTES)]
    found: list[Span] = []
    for part in ("" if hours == NEVER else hours).split(";"):
        if part.strip():
            found += _spans_of(part.strip())
    return found


def _spans_of(part: str) -> list[Span]:
    match = _SPAN.fullmatch(part)
    if match is None:
        raise BadHours
    first = _day(match["from"])
    last = _day(match["to"] or match["from"])
    start, end = _minutes(match["start"]), _minutes(match["end"])
    if end <= start:
        end += _DAY_MINUTES
    days = [(first + step) % 7 for step in range((last - first) % 7 + 1)]
    return [(day * _DAY_MINUTES + start, day * _DAY_MINUTES + end) for day in days]


def _canonical_part(part: str) -> str:
    _spans_of(part)
    days, times = part.split(" ")
    named = "-".join(DAYS[_day(day)] for day in days.split("-"))
    start, end = (
        f"{_minutes(text) // 60:02}:{_minutes(text) % 60:02}" for text in times.split("-")
    )
    return f"{named} {start}-{end}"


def _day(name: str) -> int:
    return DAYS.index(name.title())


def _minutes(text: str) -> int:
    hour, minute = map(int, text.split(":"))
    if not (hour < 24 and minute < 60) and (hour, minute) != (24, 0):
        raise BadHours
    return hour * 60 + minute
