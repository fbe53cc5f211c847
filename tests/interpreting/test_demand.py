"""Counting the records: local hours, whole days, spoken contacts."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from safecall.contacts.models import AnsweringPoint, Contact
from safecall.interpreting.demand import from_records, measured
from safecall.interpreting.models import Interpreter, InterpreterRequest, Offer
from safecall.interpreting.staffing.queues import Assumptions

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


def rung(
    contact: Contact, who: Interpreter, outcome: str, seconds: float, talk: float = 0, days: int = 1
) -> None:
    """A request of some days ago with one ring."""
    at = NOW - timedelta(days=days)
    ended = at + timedelta(seconds=seconds)
    request = InterpreterRequest.objects.create(
        contact=contact, language="so", priority=3, needed_at=at, requested_at=at,
        ended_at=ended, ending="interpreted",
    )  # fmt: skip
    Offer.objects.create(
        request=request, kind="roster", interpreter=who, at=at, outcome=outcome,
        outcome_at=ended, over_at=ended + timedelta(minutes=talk),
    )  # fmt: skip


def test_rings_and_talks_of_the_last_year_are_measured(
    somali_call: Contact, interpreter: Callable[..., Interpreter]
) -> None:
    who = interpreter("asha")
    for _ in range(60):
        rung(somali_call, who, "accepted", 4, talk=9)
    for outcome, seconds in (("declined", 3), ("silent", 60)):
        for _ in range(20):
            rung(somali_call, who, outcome, seconds)
    rung(somali_call, who, "accepted", 4, talk=500, days=400)
    found = measured(20, NOW)
    assert (found.rings, found.talks) == (100, 60)
    assert found.pick_up == pytest.approx(0.6)
    assert found.answers_in_s == pytest.approx(4)
    assert found.busy_minutes == pytest.approx(9)
    assert found.assumptions(busy_minutes=30).busy_minutes == 30
    assert found.assumptions().pick_up == pytest.approx(0.6)


def test_of_too_few_nothing_is_concluded(
    somali_call: Contact, interpreter: Callable[..., Interpreter]
) -> None:
    who = interpreter("asha")
    for _ in range(49):
        rung(somali_call, who, "accepted", 4, talk=9)
    found = measured(20, NOW)
    assert (found.rings, found.talks) == (49, 49)
    assert (found.pick_up, found.answers_in_s, found.busy_minutes) == (None, None, None)
    assert found.assumptions() == Assumptions()
