"""Weekly hours in the words of the page's language: names of days and times from CLDR."""

from datetime import time
from typing import Final

from babel import Locale
from babel.core import UnknownLocaleError
from babel.dates import format_time, get_day_names
from django.utils.translation import get_language

from safecall.vocabulary import hours

_MINUTES: Final = 60


def lines(weekly: str) -> list[str]:
    """One line for each part: "Mon – Fri: 8:00 AM – 4:30 PM". None for `always` and unknown."""
    if weekly in ("", hours.ALWAYS, hours.NEVER):
        return []
    locale = _locale()
    names = get_day_names("abbreviated", context="stand-alone", locale=locale)
    found = []
    for part in weekly.split(";"):
        days, times = part.strip().split(" ")
        named = " – ".join(names[hours.DAYS.index(day)] for day in days.split("-"))
        found.append(f"{named}: {' – '.join(_time(one, locale) for one in times.split('-'))}")
    return found


def _locale() -> Locale:
    try:
        return Locale.parse(get_language() or "en", sep="-")
    except (UnknownLocaleError, ValueError):
        return Locale.parse("en")


def _time(text: str, locale: Locale) -> str:
    hour, minute = map(int, text.split(":"))
    # 24:00 is the end of the day, which CLDR writes as its beginning.
    return format_time(time(hour % 24, minute), "short", locale=locale)
