"""Business days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from safecall.engagements.days import due_on, in_time_since, is_business_day

_days = st.dates(date(1990, 1, 1), date(2040, 1, 1))


def test_holidays_are_none() -> None:
    assert not is_business_day(date(2026, 11, 26))  # Thanksgiving
    assert not is_business_day(date(2021, 12, 31))  # New Year 2022, kept on the Friday before
    assert is_business_day(date(2026, 11, 27))
    assert is_business_day(date(2020, 6, 19))  # Juneteenth is one since 2021


@given(_days, st.integers(0, 30))
def test_late_is_what_is_past_its_fifth_business_day(today: date, ago: int) -> None:
    happened = today - timedelta(days=ago)
    assert (today > due_on(happened)) is (happened < in_time_since(today))


@given(_days)
def test_five_business_days_are_never_short_of_a_week(happened: date) -> None:
    due = due_on(happened)
    assert is_business_day(due)
    assert sum(is_business_day(happened + timedelta(n)) for n in range(1, 15)) >= 5
    assert timedelta(days=5) <= due - happened <= timedelta(days=14)
