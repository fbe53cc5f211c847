"""Gapless numbers per year, given out apart from the opening so that no opening waits for a lock.

A database serial has gaps after a rollback, and a counter row locked in each opening's own
transaction would let only one contact open at a time. So contacts open without a number, and one
worker at a time takes those without one in batches: numbers and the series' new end are written
in one transaction.
"""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from safecall.contacts.models import Contact, NumberSeries
from safecall.workers import Worker

BATCH = 1000
# Whoever opens a contact wakes this process's worker; it looks by itself for those of a process
# that was killed.
IDLE_SECONDS = 1.0
APART_SECONDS = 0.1


def take(counts: Mapping[int, int]) -> dict[int, int]:
    """Take so many numbers of each year, inside the transaction that uses them; the first of each.

    Waits for whoever has a year's series, and holds it until the transaction ends.
    """
    first = {}
    for year, count in sorted(counts.items()):
        NumberSeries.objects.get_or_create(year=year)
        series = NumberSeries.objects.select_for_update().get(year=year)
        first[year] = series.last + 1
        series.last += count
        series.save(update_fields=["last"])
    return first


def number_pending(batch: int = BATCH) -> int:
    """Number up to `batch` contacts, oldest first; returns how many.

    0 also where another worker holds the series: it will take them.
    """
    return sum(_number(year, batch) for year in sorted({year for _, year in _waiting(batch)}))


def _waiting(batch: int) -> list[tuple[UUID, int]]:
    """Contacts without a number, oldest first, each with the year of its opening."""
    found = Contact.objects.filter(serial__isnull=True).order_by("opened_at", "id")
    return [
        (pk, timezone.localtime(at).year) for pk, at in found.values_list("id", "opened_at")[:batch]
    ]


def _lock(year: int) -> NumberSeries | None:
    """The year's series, locked; None where another worker has it."""
    free = NumberSeries.objects.select_for_update(skip_locked=True).filter(year=year)
    series = free.first()
    if series is None and not NumberSeries.objects.filter(year=year).exists():
        NumberSeries.objects.get_or_create(year=year)
        series = free.first()
    return series


def _number(year: int, batch: int) -> int:
    with transaction.atomic():
        series = _lock(year)
        if series is None:
            return 0
        # Read again under the lock: another worker may have numbered them since.
        fresh = [pk for pk, opened in _waiting(batch) if opened == year]
        if not fresh:
            return 0
        _write(year, series.last + 1, fresh)
        series.last += len(fresh)
        series.save(update_fields=["last"])
        return len(fresh)


def _write(year: int, first: int, contacts: Sequence[UUID]) -> None:
    table = Contact._meta.db_table
    prepare = Contact._meta.pk.get_db_prep_value
    numbered = [(prepare(pk, connection), n) for n, pk in enumerate(contacts, start=first)]
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {table} SET year = %s, serial = given.serial"  # noqa: S608  a constant
                " FROM unnest(%s::uuid[], %s::integer[]) AS given (id, serial)"
                f" WHERE {table}.id = given.id",
                [year, *map(list, zip(*numbered, strict=True))],
            )
        else:
            cursor.executemany(
                f"UPDATE {table} SET year = %s, serial = %s WHERE id = %s",  # noqa: S608
                [(year, number, pk) for pk, number in numbered],
            )


def _once() -> float:
    return 0.0 if number_pending() == BATCH else IDLE_SECONDS


#: This process's numbering thread. A contact after a pause is numbered at once; in a rush, those of
#: a moment together.
worker = Worker("numbering", _once, apart=APART_SECONDS)
