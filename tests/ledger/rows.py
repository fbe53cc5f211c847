"""Rows of the ledger for tests, and the tree over them by its definition."""

import base64
import json
from collections import Counter
from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

from django.db import transaction

from safecall.ledger import tree
from safecall.ledger.append import Entry, append
from safecall.ledger.models import LedgerRow, Log

Kind = LedgerRow.Kind
DAY = date(2026, 11, 2)


#: Kinds whose rows say in the open what they are about.
OPEN = {Kind.ENGAGEMENT, Kind.REQUEST_DECLINED}


def add(kind: Kind, count: int = 1, day: date = DAY, subjects: Iterable[UUID] = ()) -> None:
    """Rows as acts write them."""
    named = list(subjects) or [uuid4() for _ in range(count)]
    with transaction.atomic():
        append([Entry(kind, one, {"subject": str(one)}, kind in OPEN) for one in named], day)


def inside_by_definition() -> tuple[int, bytes]:
    """Size and root of the log inside, from the rows alone; places have to be gapless."""
    counts: Counter[str] = Counter()
    entries = []
    rows = LedgerRow.objects.filter(index__isnull=False).order_by("index")
    for place, row in enumerate(rows):
        assert row.index == place
        counts[row.kind] += 1
        entry = {
            "v": 1,
            "t": row.kind,
            "n": counts[row.kind],
            "d": row.day.isoformat(),
            "k": base64.b64encode(bytes(row.commitment)).decode(),
            "c": dict(counts),
        }
        entries.append(json.dumps(entry, sort_keys=True, separators=(",", ":")).encode())
    return len(entries), tree.root_of(entries)


def head(name: str = Log.INSIDE) -> tuple[int, bytes]:
    log = Log.objects.get(name=name)
    return log.size, bytes(log.root)
