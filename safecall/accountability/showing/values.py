"""Numbers and times as people read them, in the language that is active."""

from datetime import date
from typing import Any

from django.utils import formats
from django.utils.translation import gettext as _

from safecall.accountability.showing.words import Words, hidden, say


def number(value: int) -> str:
    """A whole number with the separators of the language."""
    return str(formats.number_format(value, use_l10n=True, force_grouping=True))


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
    return formats.date_format(first, "YEAR_MONTH_FORMAT")


def rows(words: Words, counts: dict[str, Any]) -> tuple[tuple[str, ...], ...]:
    """A row for each code that occurred, the most frequent first."""
    there = sorted(((n, code) for code, n in counts.items() if n), key=lambda one: -one[0])
    return tuple((say(words, code), number(n)) for n, code in there)
