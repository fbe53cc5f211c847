"""Giving rows their place in the log inside, apart from the acts that write them.

An act writes its row without a place, so that no act waits for a lock. One sequencer at a time,
in whichever process, takes rows without a place in batches; places, tiles and the new head are
one transaction. It asks for rows without a place and never remembers "the last id seen": on
PostgreSQL, id 2 can be committed before id 1.
"""

from django.db import transaction

from safecall.ledger import store
from safecall.ledger.models import LedgerRow, Log
from safecall.workers import Worker

BATCH = 5000
# Nobody waits for a place: publishing places what waits by itself. Rows that came in some seconds
# cost little more together than one alone.
IDLE_SECONDS = 5.0


def sequence(batch: int = BATCH) -> int:
    """Place up to `batch` rows, oldest first; returns how many.

    0 also where another sequencer is at work: it will take them.
    """
    waiting = LedgerRow.objects.filter(index__isnull=True).order_by("id")
    if not waiting.exists():
        return 0
    with transaction.atomic():
        log = store.lock_if_free(Log.INSIDE)
        if log is None:
            return 0
        # Read under the lock: another sequencer may have placed them since.
        rows = waiting.values_list("id", "kind", "day", "commitment")[:batch]
        items = [
            store.Item(pk, kind, day.isoformat(), bytes(commitment))
            for pk, kind, day, commitment in rows
        ]
        if items:
            store.extend(log, items, "index")
        return len(items)


def sequence_all(batch: int = BATCH) -> int:
    """Place all rows that wait; returns how many this process placed."""
    total = 0
    while done := sequence(batch):
        total += done
    return total


def _once() -> float:
    sequence_all()
    return IDLE_SECONDS


#: This process's sequencing thread.
worker = Worker("sequencer", _once)
