"""Contacts by year and channel. Retention takes the personal details; the counts stay."""

from collections import Counter
from typing import Any

from safecall.accountability import tally
from safecall.accountability.models import Tally
from safecall.accountability.periods import Period
from safecall.contacts.models import Contact


def contacts(period: Period | None) -> dict[str, Any]:
    """`{"total", "channels": {code: count}, "by_year": [{"year", "total", "channels"}]}`.

    Every year of the period is there, also one without contacts. None: there are no records.
    One query.
    """
    years: dict[int, Counter[str]] = {}
    if period:
        years = {year: Counter() for year in period.years()}
        for month, counts in tally.read(Tally.CONTACTS, period).items():
            years[month.year].update(counts)
    together = sum(years.values(), Counter())
    return {
        "total": together.total(),
        "channels": _ordered(together),
        "by_year": [
            {"year": year, "total": counts.total(), "channels": _ordered(counts)}
            for year, counts in years.items()
        ],
    }


def _ordered(counts: Counter[str]) -> dict[str, int]:
    return {code: counts[code] for code in Contact.Channel.values}


def old_files(period: Period, identified: int) -> dict[str, int]:
    """What old files can say of engagements: three figures, since they do not say everything.

    `{"contacts", "identified": records entered from old files, "possible": contacts that say
    "another agency" and not which, "not_determinable": all other contacts from old files}`.
    """
    counts: Counter[str] = Counter()
    for month in tally.read(Tally.OLD, period).values():
        counts.update(month)
    return {
        "contacts": counts.total(),
        "identified": identified,
        "possible": counts[tally.POSSIBLE],
        "not_determinable": counts[tally.NOT_DETERMINABLE],
    }
