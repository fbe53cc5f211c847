"""Rows made ready are those that Django itself would write."""

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any
from uuid import UUID

import pytest
from django.db import connection, models
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from safecall.contacts.models import Contact, HistoryEntry
from safecall.ledger.models import LedgerRow
from safecall.privacy.fields import UnscreenedText
from safecall.privacy.rows import Row, prepared

MODELS = (Contact, HistoryEntry, LedgerRow)
ZONES = some.integers(-14 * 60, 14 * 60).map(lambda one: timezone(timedelta(minutes=one)))
#: Values as acts give them, also such as are no field's usual ones.
OF: dict[type[models.Field[Any, Any]], some.SearchStrategy[Any]] = {
    models.UUIDField: some.uuids(),
    models.DateField: some.dates(),
    models.DateTimeField: some.datetimes(
        min_value=datetime(2, 1, 1),  # noqa: DTZ001  the zone is drawn
        max_value=datetime(9998, 1, 1),  # noqa: DTZ001
        timezones=ZONES,
    ),
    models.BinaryField: some.binary(max_size=40),
    models.JSONField: some.dictionaries(some.text(max_size=5), some.integers(), max_size=3),
    models.BooleanField: some.booleans(),
    models.CharField: some.text("abcé", max_size=3),
    models.BigIntegerField: some.integers(0, 2**40) | some.just("7"),
    models.PositiveIntegerField: some.integers(0, 9),
    models.PositiveSmallIntegerField: some.integers(0, 9),
    models.FloatField: some.floats(-90, 90) | some.integers(0, 9),
}


@some.composite
def rows(draw: some.DrawFn) -> tuple[type[models.Model], Row]:
    model = draw(some.sampled_from(MODELS))
    row = {}
    for field in model._meta.concrete_fields:
        strategy = OF.get(type(field))
        if strategy is not None and draw(some.booleans()):
            row[field.attname] = draw(some.none() | strategy if field.null else strategy)
    return model, row


@pytest.mark.django_db
@settings(max_examples=300, suppress_health_check=list(HealthCheck), deadline=None)
@given(rows())
def test_every_value_is_what_its_field_makes_of_it(
    given_row: tuple[type[models.Model], Row],
) -> None:
    model, row = given_row
    fields = [one for one in model._meta.concrete_fields if not isinstance(one, models.AutoField)]
    made = prepared(model, row)
    assert len(made) == len(fields)
    for field, value in zip(fields, made, strict=True):
        if field.attname in row:
            wanted = _plain(field.get_db_prep_save(row[field.attname], connection))
            assert _plain(value) == wanted, field.attname


def _plain(value: Any) -> Any:
    """What psycopg wraps, for which it knows no equality."""
    return bytes(value) if isinstance(value, memoryview) else getattr(value, "obj", value)


@pytest.mark.django_db
def test_text_that_nobody_screened_is_refused_here_too() -> None:
    with pytest.raises(UnscreenedText):
        prepared(Contact, {"place_words": "typed"})


@pytest.mark.django_db
def test_a_day_and_an_id_are_what_they_were() -> None:
    row = {"day": date(2026, 2, 1), "subject": UUID(int=7), "commitment": b"c" * 32, "kind": "seal"}
    made = dict(zip([f.attname for f in LedgerRow._meta.concrete_fields[1:]],
                    prepared(LedgerRow, row), strict=True))  # fmt: skip
    assert str(made["day"]) == "2026-02-01"
    assert UUID(str(made["subject"])) == UUID(int=7)
    assert made["commitment"] == b"c" * 32


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL refuses it by itself")
def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        prepared(Contact, {"received_at": datetime(2026, 1, 1)})  # noqa: DTZ001  what is tested
    assert prepared(Contact, {"received_at": datetime(2026, 1, 1, tzinfo=UTC)})
