"""Gapless numbers per year, given out apart from the opening so that no opening waits for a lock.

A database serial has gaps after a rollback, and a counter row locked in each opening's own
transaction would let only one contact open at a time. So contacts open without a number, and one
worker at a time takes those without one in batches: numbers and the series' new end are written
in one transaction.
"""

import logging
import threading
import time
from uuid import UUID

from django.db import DatabaseError, close_old_connections, connection, transaction
from django.utils import timezone

from safecall.contacts.models import Contact, NumberSeries

BATCH = 1000
IDLE_SECONDS = 0.25
APART_SECONDS = 0.05

_log = logging.getLogger(__name__)
_wanted = threading.Event()
_start = threading.Lock()
_running = False


def wake() -> None:
    """Tell this process's worker that a contact waits for its number."""
    _wanted.set()


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
        prepare = Contact._meta.pk.get_db_prep_value
        with connection.cursor() as cursor:
            cursor.executemany(
                f"UPDATE {Contact._meta.db_table} SET year = %s, serial = %s WHERE id = %s",  # noqa: S608  a constant
                [
                    (year, number, prepare(pk, connection))
                    for number, pk in enumerate(fresh, start=series.last + 1)
                ],
            )
        series.last += len(fresh)
        series.save(update_fields=["last"])
        return len(fresh)


def start_worker() -> None:
    """Start this process's numbering thread, once."""
    global _running  # noqa: PLW0603  one thread a process
    with _start:
        if not _running:
            threading.Thread(target=_work, name="numbering", daemon=True).start()
            _running = True


def _work() -> None:
    ended = 0.0
    while True:
        if _wanted.wait(IDLE_SECONDS):
            # A contact after a pause is numbered at once; in a rush, those of a moment together.
            time.sleep(max(0.0, ended + APART_SECONDS - time.monotonic()))
        _wanted.clear()
        try:
            while number_pending() == BATCH:
                pass
            ended = time.monotonic()
        except DatabaseError:
            _log.exception("numbering will be tried again")
            close_old_connections()
            time.sleep(1)
