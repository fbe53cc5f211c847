"""Weekly hours as people write them."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecall.vocabulary import hours

MONDAY = datetime(2026, 3, 2)  # noqa: DTZ001  hours are the department's own


@pytest.mark.parametrize(
    ("written", "at", "there"),
    [
        ("Mo-Fr 08:00-17:00", timedelta(hours=8), True),
        ("Mo-Fr 08:00-17:00", timedelta(hours=17), False),
        ("Mo-Fr 08:00-17:00", timedelta(days=5, hours=9), False),
        ("Sa-Mo 10:00-11:00", timedelta(hours=10), True),
        ("Fr 22:00-06:00", timedelta(days=5, hours=5), True),
        ("Su 22:00-06:00", timedelta(hours=5), True),
        ("Tu 00:00-24:00", timedelta(days=1, hours=23, minutes=59), True),
        ("Tu 00:00-24:00", timedelta(days=2), False),
        ("always", timedelta(days=3), True),
        ("never", timedelta(days=3), False),
    ],
)
def test_a_moment_lies_in_the_hours_or_not(written: str, at: timedelta, there: bool) -> None:
    assert hours.covers(written, MONDAY + at) is there


@pytest.mark.parametrize("written", ["mornings", "Mo 25:00-26:00", "Mo-Fr", "Xx 08:00-09:00"])
def test_what_are_no_hours_is_refused(written: str) -> None:
    with pytest.raises(hours.BadHours, match="Mo-Fr 08:00-17:00"):
        hours.canonical(written)


DAY = st.sampled_from(hours.DAYS)
CLOCK = st.tuples(st.integers(0, 23), st.integers(0, 59)).map(lambda t: f"{t[0]}:{t[1]:02}")
PART = st.builds("{}-{} {}-{}".format, DAY, DAY, CLOCK, CLOCK)


@given(st.lists(PART, min_size=1, max_size=3).map("; ".join), st.integers(0, 10079))
def test_the_one_form_says_the_same(written: str, minute: int) -> None:
    one = hours.canonical(written.lower())
    assert hours.canonical(one) == one
    at = MONDAY + timedelta(minutes=minute)
    assert hours.covers(one, at) == hours.covers(written, at)
