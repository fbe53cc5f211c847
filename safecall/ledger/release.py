"""Releasing rows into the public ledger: whole days, shuffled, never fewer than 50 contacts.

Time is personal data: ten contacts an hour would date each call. So contacts are released by
days that are over, in random order, and days are merged until there are 50. What was done with an
immigration authority, and what the guard removed, is released by month. Notices about the ledger
itself (rules, keys, retention, nil returns) concern nobody and are released at once.
"""

import secrets
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Min, QuerySet

from safecall.ledger import store
from safecall.ledger.append import Entry, append
from safecall.ledger.models import Epoch, LedgerRow, Log
from safecall.ledger.sequencer import sequence_all
from safecall.ledger.telephone import said_by_telephone

FLOOR: Final = 50
#: Small counts about residents stay hidden (1 to 10): months are merged until there are more.
REMOVED_FLOOR: Final = 11
#: A month's engagements are released this many days after it ended: records are due by then.
GRACE_DAYS: Final = 10

#: So many contacts at least are released in one transaction, if they are due.
GROUP: Final = 20_000

_Kind = LedgerRow.Kind
NOTICES: Final = (
    _Kind.RULE_CHANGE, _Kind.RETENTION, _Kind.CORRECTION, _Kind.NIL_RETURN, _Kind.KEY_CHANGE,
    _Kind.SEAL,
)  # fmt: skip
MONTHLY: Final = (_Kind.ENGAGEMENT, _Kind.REQUEST_DECLINED)

#: What we counted from one day to another, and of these contacts of earlier days:
#: `{"numbers": [{"year", "first", "last", "count"}], "by_telephone": count}`; a year also says how
#: many are `historical`, where there are any. Given from outside: this room knows no contacts.
Counted = Callable[[date, date, Sequence[UUID]], dict[str, Any]]
_shuffle = secrets.SystemRandom().shuffle


@dataclass(frozen=True, slots=True)
class Released:
    """How many epochs of days and of months, and how many entries, notices included."""

    days: int
    months: int
    entries: int


def release(
    today: date,
    counted: Counted,
    *,
    floor: int = FLOOR,
    progress: Callable[[int], None] | None = None,
) -> Released:
    """Release all that is due, in transactions of whole epochs; running it again is harmless.

    `today` is the department's day, which is not over yet. `progress` gets entries so far.
    """
    sequence_all()
    before = _size()
    tell = progress or (lambda _: None)
    days = months = 0
    for epochs in _groups(_days_due(today, floor)):
        days += _release_days(epochs, counted)
        tell(_size() - before)
    for first, last in _months_due(today):
        months += _release_month(first, last)
        tell(_size() - before)
    release_notices()
    sequence_all()  # the seals themselves
    return Released(days, months, _size() - before)


def release_notices() -> int:
    """Release what concerns the ledger itself; returns how many."""
    with transaction.atomic():
        log = store.lock(Log.PUBLIC)
        rows = list(_waiting(*NOTICES).order_by("id").values_list("id", "kind", "day", _K))
        _put(log, [(pk, kind, day.isoformat(), k) for pk, kind, day, k in rows])
    return len(rows)


def waiting_contacts() -> int:
    """How many contacts are not yet in the public ledger."""
    return _waiting(_Kind.CONTACT).count()


class _Days(NamedTuple):
    """An epoch to be: its first and last day, and how many contacts."""

    first: date
    last: date
    contacts: int


_K = "commitment"
_Row = tuple[int, str, str, bytes]


def _days_due(today: date, floor: int) -> list[_Days]:
    """Epochs of days that are over, each with `floor` contacts or more; the rest waits."""
    per_day = list(
        _waiting(_Kind.CONTACT)
        .filter(day__lt=today)
        .values_list("day")
        .annotate(count=Count("id"))
        .order_by("day")
    )
    previous = Epoch.objects.filter(kind=Epoch.DAYS).order_by("-last").first()
    after = previous.last + timedelta(days=1) if previous else None
    epochs: list[_Days] = []
    held = 0
    if after is None and per_day:
        after = per_day[0][0]
    for day, count in per_day:
        held += count
        # A contact that came late, for a day already released, joins the next epoch.
        if after and held >= floor and day >= after:
            epochs.append(_Days(after, day, held))
            held, after = 0, day + timedelta(days=1)
    return epochs


def _groups(epochs: list[_Days]) -> list[list[_Days]]:
    """Epochs that are released in one transaction: one a night, many after an import."""
    groups: list[list[_Days]] = []
    held = GROUP
    for epoch in epochs:
        if held >= GROUP:
            groups.append([])
            held = 0
        groups[-1].append(epoch)
        held += epoch.contacts
    return groups


def _release_days(epochs: list[_Days], counted: Counted) -> int:
    """Release these epochs, in order; returns how many."""
    with transaction.atomic():
        log = store.lock(Log.PUBLIC)
        if Epoch.objects.filter(kind=Epoch.DAYS, last__gte=epochs[0].last).exists():
            return 0  # another publisher was faster
        rows: list[_Row] = []
        released: list[Epoch] = []
        before = date.min
        for first, last, _ in epochs:
            # The first of them also takes what came late, for days released before.
            here, late = _contacts(before, first, last)
            _shuffle(here)
            rows += [*here, _seal(first, last, len(here), counted(first, last, late))]
            size = log.size + len(rows)
            released.append(Epoch(kind=Epoch.DAYS, first=first, last=last, size=size))
            before = last
        _put(log, rows)
        Epoch.objects.bulk_create(released)
    return len(epochs)


def _contacts(after: date, first: date, last: date) -> tuple[list[_Row], list[UUID]]:
    """The rows that are due up to `last`, and whose they are where they are of days before
    `first`."""
    due = _waiting(_Kind.CONTACT).filter(day__gt=after, day__lte=last)
    shown = last.isoformat()
    rows, late = [], []
    for pk, kind, k, day, subject in due.values_list("id", "kind", _K, "day", "subject"):
        rows.append((pk, kind, shown, k))
        if day < first and subject:
            late.append(subject)
    return rows, late


def _seal(first: date, last: date, contacts: int, ours: dict[str, Any]) -> _Row:
    """The epoch's seal: our numbers beside the telephone system's, and the head inside."""
    inside = Log.objects.filter(name=Log.INSIDE).first()
    record = {
        "from": first.isoformat(),
        "to": last.isoformat(),
        "contacts": contacts,
        "numbers": ours["numbers"],
        "by_telephone": ours["by_telephone"],
        "telephone": said_by_telephone(first, last),
        "inside": {"size": inside.size, "root": bytes(inside.root).hex()} if inside else None,
    }
    append([Entry(_Kind.SEAL, None, record, published=True)], last)
    row = LedgerRow.objects.filter(kind=_Kind.SEAL).latest("id")
    return row.pk, row.kind, last.isoformat(), bytes(row.commitment)


def _months_due(today: date) -> list[tuple[date, date]]:
    """Months that ended `GRACE_DAYS` ago or earlier and were not released yet."""
    previous = Epoch.objects.filter(kind=Epoch.MONTH).order_by("-last").first()
    if previous:
        first = previous.last + timedelta(days=1)
    else:
        begun = LedgerRow.objects.filter(kind__in=[_Kind.CONTACT, *MONTHLY])
        day = begun.aggregate(first=Min("day"))["first"]
        if day is None:
            return []
        first = day.replace(day=1)
    months = []
    while (last := month_end(first)) + timedelta(days=GRACE_DAYS) < today:
        months.append((first, last))
        first = last + timedelta(days=1)
    return months


def _release_month(first: date, last: date) -> bool:
    with transaction.atomic():
        log = store.lock(Log.PUBLIC)
        if Epoch.objects.filter(kind=Epoch.MONTH, last__gte=last).exists():
            return False
        due = _waiting(*MONTHLY).filter(day__lte=last)
        rows = list(due.values_list("id", "kind", _K))
        removed = _waiting(_Kind.GUARD_REMOVED).filter(day__lte=last)
        if removed.count() >= REMOVED_FLOOR:
            rows += list(removed.values_list("id", "kind", _K))
        _shuffle(rows)
        _put(log, [(pk, kind, f"{last:%Y-%m}", k) for pk, kind, k in rows])
        Epoch.objects.create(kind=Epoch.MONTH, first=first, last=last, size=log.size)
    return True


def month_end(day: date) -> date:
    """The last day of this day's month."""
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _waiting(*kinds: str) -> QuerySet[LedgerRow]:
    return LedgerRow.objects.filter(released__isnull=True, kind__in=kinds)


def _put(log: Log, rows: Iterable[_Row]) -> None:
    items = [store.Item(pk, kind, day, bytes(k)) for pk, kind, day, k in rows]
    if items:
        store.extend(log, items, "released")


def _size() -> int:
    log = Log.objects.filter(name=Log.PUBLIC).first()
    return log.size if log else 0
