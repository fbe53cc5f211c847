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
