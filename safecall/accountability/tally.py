"""Counting records into months, as far as anything came in since the last time.

Contacts: a month is counted anew when the number of its contacts changed, which an index alone
tells; no contact is ever deleted and none changes its channel. The ledger's rows are counted in one
pass. What somebody changed behind the software's back is for `check` to find, which counts all.
"""

from collections import Counter
from collections.abc import Callable
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from safecall.accountability.models import Tally
from safecall.accountability.periods import Period, following, start_of
from safecall.contacts.models import Contact
from safecall.ledger.models import LedgerRow

Months = dict[date, dict[str, int]]
Progress = Callable[[int, int], None]
#: The incident type "assist another agency". Which one, old call logs do not say.
ANOTHER_AGENCY: Final = "ASSIST"
POSSIBLE: Final = "possible"
NOT_DETERMINABLE: Final = "not_determinable"
_BATCH: Final = 1000


def refresh(*, everything: bool = False, progress: Progress | None = None) -> int:
    """Bring the tallies up to date; returns how many months of contacts were counted anew.

    `everything`: count every month. `progress` gets months done and months in all.
    """
    known = read(Tally.CONTACTS)
    months = _months_with_contacts()
    changed = 0
    for done, month in enumerate(months, start=1):
        there = sum(known.get(month, {}).values())
        if everything or _how_many(month) != there:
            _replace(Tally.CONTACTS, {month: _by_channel(month)})
            _replace(Tally.OLD, {month: _old(month)})
            changed += 1
        if progress:
            progress(done, len(months))
    gone = [month for month in known if month not in set(months)]
    for kind in (Tally.CONTACTS, Tally.OLD):
        _replace(kind, {month: {} for month in gone})
    _count_ledger()
    return changed


def read(kind: str, period: Period | None = None) -> Months:
    """The tallies of a kind, by month and code. One query."""
    rows = Tally.objects.filter(kind=kind)
    if period:
        rows = rows.filter(month__range=(period.first, period.last))
    found: Months = {}
    for month, code, count in rows.order_by("month", "code").values_list("month", "code", "count"):
        found.setdefault(month, {})[code] = count
    return found


def count_contacts() -> Months:
    """All contacts by month and channel, counted now from the records themselves."""
    return {month: _by_channel(month) for month in _months_with_contacts()}


def count_ledger() -> Months:
    """All rows of the ledger by month and type, counted now. One query."""
    found: dict[date, Counter[str]] = {}
    rows = LedgerRow.objects.values_list("day", "kind").annotate(count=Count("id"))
    for day, kind, count in rows.order_by():
        found.setdefault(day.replace(day=1), Counter())[kind] += count
    return {month: dict(counts) for month, counts in found.items()}


def _count_ledger() -> None:
    now, known = count_ledger(), read(Tally.LEDGER)
    wrong = {month for month in now.keys() | known.keys() if now.get(month) != known.get(month)}
    _replace(Tally.LEDGER, {month: now.get(month, {}) for month in wrong})


def _months_with_contacts() -> list[date]:
    """Every month from the first contact to the last."""
    ends = Contact.objects.aggregate(first=Min("opened_at"), last=Max("opened_at"))
    if ends["first"] is None:
        return []
    month, last = (timezone.localdate(ends[name]).replace(day=1) for name in ("first", "last"))
    found = []
    while month <= last:
        found.append(month)
        month = following(month)
    return found


def _span(month: date) -> tuple[datetime, datetime]:
    zone = timezone.get_current_timezone()
    return start_of(month, zone), start_of(following(month), zone)


def _how_many(month: date) -> int:
    since, until = _span(month)
    return Contact.objects.filter(opened_at__gte=since, opened_at__lt=until).count()


def _by_channel(month: date) -> dict[str, int]:
    since, until = _span(month)
    rows = Contact.objects.filter(opened_at__gte=since, opened_at__lt=until).values_list("channel")
    return dict(rows.annotate(count=Count("pk")).order_by())


def _old(month: date) -> dict[str, int]:
    """Contacts from old files: those that say "another agency" without which, and all others."""
    since, until = _span(month)
    old = Contact.objects.filter(
        opened_at__gte=since, opened_at__lt=until, source=Contact.Source.HISTORICAL
    )
    counts = old.aggregate(
        all=Count("pk"), another=Count("pk", filter=Q(incident_type=ANOTHER_AGENCY))
    )
    return {
        code: n
        for code, n in (
            (POSSIBLE, counts["another"]),
            (NOT_DETERMINABLE, counts["all"] - counts["another"]),
        )
        if n
    }


def _replace(kind: str, months: Months) -> None:
    """Write these months in place of what is there; two processes may do so at once."""
    if not months:
        return
    made = [
        Tally(kind=kind, month=month, code=code, count=count)
        for month, counts in months.items()
        for code, count in counts.items()
    ]
    there = Tally.objects.filter(kind=kind, month__in=list(months))
    gone = [
        pk
        for pk, month, code in there.values_list("pk", "month", "code")
        if code not in months[month]
    ]
    with transaction.atomic():
        Tally.objects.filter(pk__in=gone).delete()
        Tally.objects.bulk_create(
            made,
            batch_size=_BATCH,
            update_conflicts=True,
            unique_fields=["kind", "month", "code"],
            update_fields=["count"],
        )
