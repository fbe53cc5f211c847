"""A history as rows of text in, counts per slot out; what is wrong is named, not quoted."""

from zoneinfo import ZoneInfo

import pytest

from safecall.interpreting.staffing import history
from safecall.interpreting.staffing.history import HistoryUnusable
from safecall.interpreting.staffing.planning import Span

WEEK = [(f"2026-03-{day:02} 07:40", "es") for day in range(2, 9)]  # Monday to Sunday


def read(*rows: tuple[str, str], zone: str = "") -> history.History:
    numbered = ((n, {"time": at, "language": of}) for n, (at, of) in enumerate(rows, 1))
    return history.read(numbered, ZoneInfo(zone) if zone else None)


def test_rows_are_counted_by_hour_over_every_day_between() -> None:
    found = read(("2026-03-01 07:40", "es"), ("2026-03-04 07:05:09", "Spanish"),
                 ("2026-03-04T23:59", "so"), ("2026-03-02 01:00", ""))  # fmt: skip
    demand = found.demand(Span.DAY)
    assert (found.total, found.without_language) == (3, 1)
    assert demand.hours == [4.0] * 24
    assert demand.counts["es"][7] == 2
    assert demand.counts["so"][23] == 1
    assert sum(map(sum, demand.counts.values())) == 3


def test_days_without_rows_can_be_left_out_and_languages_added() -> None:
    demand = read(("2026-03-01 07:40", "es"), ("2026-03-04 07:40", "es")).demand(
        Span.DAY, only_days_with_rows=True, also=["lo"]
    )
    assert demand.hours == [2.0] * 24
    assert demand.counts["lo"] == [0] * 24


def test_by_week_each_day_has_hours_of_its_own() -> None:
    demand = read(*WEEK, ("2026-03-09 07:00", "es")).demand(Span.WEEK)
    assert demand.hours == [2.0] * 24 + [1.0] * 144
    assert [demand.counts["es"][day * 24 + 7] for day in range(7)] == [2, 1, 1, 1, 1, 1, 1]


def test_a_plan_by_week_needs_each_day() -> None:
    with pytest.raises(HistoryUnusable, match="--by day"):
        read(*WEEK[:6]).demand(Span.WEEK)


def test_times_with_an_offset_go_into_the_zone_of_the_plan() -> None:
    found = read(("2026-03-02T03:20:00Z", "es"), zone="America/Chicago")
    assert [(str(day), hour) for day, hour, _ in found.calls] == [("2026-03-01", 21)]


@pytest.mark.parametrize(
    ("at", "of", "reason"),
    [
        ("yesterday", "es", "row 2: the time is not written as 2026-03-01 07:40"),
        ("2026-03-01 07:40+01:00", "es", "row 2: .*--zone"),
        ("2026-03-01 07:40", "somebody's words", "row 2: the language is neither a tag"),
    ],
)
def test_a_wrong_row_is_named_and_never_quoted(at: str, of: str, reason: str) -> None:
    with pytest.raises(HistoryUnusable, match=reason) as refused:
        read(("2026-03-01 07:40", "es"), (at, of))
    assert at not in str(refused.value).replace("2026-03-01 07:40", "")
    assert "somebody" not in str(refused.value)


def test_of_many_wrong_rows_the_first_are_named() -> None:
    with pytest.raises(HistoryUnusable, match=r"row 5: .*\nand 15 more"):
        read(*[("no", "es")] * 20)


def test_nothing_to_count_is_said() -> None:
    with pytest.raises(HistoryUnusable, match="no rows with a time and a language"):
        read(("2026-03-01 07:40", "")).demand(Span.DAY)
    with pytest.raises(HistoryUnusable, match=r"no column language.*template"):
        history.check_columns(["time", "lang"])


def test_the_template_can_be_read() -> None:
    header, *rows = [line.split(",") for line in history.TEMPLATE.splitlines()]
    history.check_columns(header)
    assert read(*[(at, of) for at, of in rows]).total == 4
