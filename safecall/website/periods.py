"""Periods of statements, as part of an address."""

from safecall.accountability.periods import ALL, DECADE


class PeriodConverter:
    """Ten years, all, or a year; anything else is no such page."""

    regex = f"{DECADE}|{ALL}|[12][0-9]{{3}}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value
