"""Numbers and times as people read them, in the language that is active."""

from datetime import date, datetime
from typing import Any, Final

from django.utils import formats, timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from safecall.accountability.showing.words import Words, hidden, say

#: From here on a number without separators is hard to read.
_LONG: Final = 10_000


def number(value: int) -> str:
    """A whole number with the separators of the language; with commas, where none are known."""
    made = str(formats.number_format(value, use_l10n=True, force_grouping=True))
    return f"{value:,}" if value >= _LONG and made == str(value) else made


def day(of: date) -> str:
    """A day; as 2026-11-28 in a language whose months Django has no names for."""
    return formats.date_format(of, "DATE_FORMAT") if _has_months() else of.isoformat()


def moment(at: datetime) -> str:
    """A moment in the department's zone."""
    local = timezone.localtime(at)
    if _has_months():
        return formats.date_format(local, "DATETIME_FORMAT")
    return f"{local:%Y-%m-%d %H:%M}"


def _has_months() -> bool:
    return any(formats.iter_format_modules(get_language() or "en"))


def count(value: int | None, at_least: int = 0) -> str:
    """A count; hidden, where it is small, with what is known of it from other years."""
    if value is not None:
        return number(value)
    if at_least:
        return _("%(count)s or more") % {"count": number(at_least)}
    return hidden()


def seconds(value: float | None) -> str:
    """Seconds, or a dash."""
    return _("%(count)s s") % {"count": number(round(value))} if value is not None else "–"


def month(text: str) -> str:
    """A month such as 2026-10 in words."""
    first = date.fromisoformat(f"{text}-01")
    if not _has_months():
        return text
    return formats.date_format(first, "YEAR_MONTH_FORMAT")


def rows(words: Words, counts: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    """A row for each code that occurred, the most frequent first."""
    there = sorted(((n, code) for code, n in counts.items() if n), key=lambda one: -one[0])
    return tuple((say(words, code), number(n)) for n, code in there)
