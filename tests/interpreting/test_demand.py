"""Counting the records: local hours, whole days, spoken contacts."""

from datetime import UTC, datetime, timedelta

import pytest

from safecall.contacts.models import AnsweringPoint, Contact
from safecall.interpreting.demand import from_records

pytestmark = [pytest.mark.django_db, pytest.mark.both]
NOW = datetime(2026, 3, 10, 15, 0, tzinfo=UTC)


def received(point: AnsweringPoint, at: datetime, language: str, channel: str = "911") -> None:
    Contact.objects.create(
        channel=channel, agency=point.agency, answering_point=point, received_at=at,
        language=language,
    )  # fmt: skip


def test_hours_are_the_departments(answering_point: AnsweringPoint) -> None:
    """Daylight saving began on 2026-03-08 in Chicago."""
    received(answering_point, datetime(2026, 3, 7, 5, 30, tzinfo=UTC), "so")
    received(answering_point, datetime(2026, 3, 9, 4, 30, tzinfo=UTC), "so")
    found = from_records(NOW)
    assert {(str(day), hour): calls for (day, hour, _), calls in found.calls.items()} == {
        ("2026-03-06", 23): 1,
        ("2026-03-08", 23): 1,
    }


def test_only_what_was_spoken_on_whole_days_of_the_last_year(
    answering_point: AnsweringPoint,
) -> None:
    yesterday = NOW - timedelta(days=1)
    for channel in Contact.Channel.values:
        received(answering_point, yesterday, "es", channel)
    received(answering_point, yesterday, "")
    received(answering_point, NOW, "es")
    received(answering_point, NOW - timedelta(days=400), "es")
    found = from_records(NOW)
    assert (found.total, found.without_language) == (4, 1)


def test_nothing_recorded_is_nothing_counted(db: None) -> None:
    assert from_records(NOW).total == 0
