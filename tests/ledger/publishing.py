"""A ledger published for tests, and its files as a reader of them sees them."""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count
from django.test import override_settings

from safecall.ledger import files, signing
from safecall.ledger.models import Epoch, LedgerRow
from safecall.ledger.note import Signer
from safecall.ledger.release import Released, release
from tests.ledger.rows import Kind, add

ORIGIN = "test.police.example/ledger"
KEY = Signer.new(ORIGIN)
NOW = datetime(2026, 12, 15, 3, tzinfo=UTC)
configured = override_settings(LEDGER_KEY=KEY.secret())

Files = dict[str, bytes]


def counted(first: date, last: date, late: Sequence[UUID]) -> dict[str, Any]:
    """What the contacts' room would say, from the rows: numbers follow the days.

    Of contacts that came late only how many; their numbers follow those of the epoch.
    """
    rows = LedgerRow.objects.filter(kind=Kind.CONTACT)
    per_day = dict(rows.values_list("day").annotate(Count("id")))
    before: Counter[int] = Counter()
    here: Counter[int] = Counter()
    for day, count in per_day.items():
        if day < first:
            before[day.year] += count
        elif day <= last:
            here[day.year] += count
    numbers = [
        {"year": y, "first": before[y] + 1, "last": before[y] + n, "count": n}
        for y, n in sorted(here.items())
    ]
    if late:
        numbers[-1]["count"] += len(late)
        numbers[-1]["last"] += len(late)
    return {"numbers": numbers, "by_telephone": sum(here.values())}


def publish(today: date, signer: Signer = KEY, **options: Any) -> Released:
    """Release what is due on this day and sign it."""
    with override_settings(LEDGER_KEY=signer.secret()):
        signing.begin()
        done = release(today, counted, **options)
        signing.sign(NOW)
    return done


def published() -> Files:
    """All files of the published ledger."""
    head = signing.latest()
    assert head is not None
    names = ["checkpoint", "key", "openings", *(t.path for t in files.tiles_of(head.size))]
    return {name: files.file(name).data for name in names}


def reading(these: Files) -> Callable[[str], bytes]:
    return these.__getitem__


def two_months() -> date:
    """September and October with contacts, one engagement in October; nil for September.

    Returns a day on which all of it is due. There are 30 to 90 contacts a day.
    """
    day, end = date(2026, 9, 1), date(2026, 11, 25)
    number = 0
    while day < end:
        add(Kind.CONTACT, 30 + number * 7 % 61, day)
        number += 1
        day += timedelta(days=1)
    add(Kind.CONTACT_ACT, 40, date(2026, 9, 3))
    add(Kind.GUARD_REMOVED, 7, date(2026, 9, 5))
    add(Kind.GUARD_REMOVED, 6, date(2026, 10, 5))
    add(Kind.ENGAGEMENT, 1, date(2026, 10, 20))
    add(Kind.REQUEST_DECLINED, 2, date(2026, 10, 21))
    return end


def epochs(kind: str = Epoch.DAYS) -> list[tuple[date, date]]:
    return list(Epoch.objects.filter(kind=kind).order_by("last").values_list("first", "last"))
