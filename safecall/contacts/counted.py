"""How many contacts opened on certain days, for the ledger's seals and for proofs."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Max, Min, Q
from django.utils import timezone

from safecall.contacts.models import Contact
from safecall.contacts.workflow import Act
from safecall.ledger import prove
from safecall.ledger.models import LedgerRow

BY_TELEPHONE: Final = (
    Contact.Channel.EMERGENCY.value,
    Contact.Channel.NON_EMERGENCY.value,
    Contact.Channel.TEXT.value,
)

_MOST_LATE: Final = 900  # SQLite takes 999 parameters


def counted(first: date, last: date, late: Sequence[UUID] = ()) -> dict[str, Any]:
    """Numbers given out to contacts of these days, per year, and how many came by telephone.

    `late` are contacts of earlier days that are counted with these. Years of which contacts were
    taken over from an export say how many: those were not counted on the day itself.
    """
    zone = timezone.get_current_timezone()
    start = datetime.combine(first, time.min, zone)
    end = datetime.combine(last + timedelta(days=1), time.min, zone)
    found = list(_per_year(Q(opened_at__gte=start, opened_at__lt=end)))
    for at in range(0, len(late), _MOST_LATE):
        found += _per_year(Q(pk__in=late[at : at + _MOST_LATE]))
    years: dict[int, dict[str, Any]] = {}
    for one in found:
        known = years.setdefault(one["year"], one)
        if known is not one:
            known["first"] = min(known["first"], one["first"])
            known["last"] = max(known["last"], one["last"])
            for name in ("count", "called", "historical"):
                known[name] += one[name]
    shown = ("year", "first", "last", "count")
    return {
        "numbers": [
            {
                **{name: one[name] for name in shown},
                **({"historical": one["historical"]} if one["historical"] else {}),
            }
            for _, one in sorted(years.items())
        ],
        "by_telephone": sum(one["called"] for one in years.values()),
    }


def _per_year(which: Q) -> Iterable[dict[str, Any]]:
    rows: Iterable[Any] = (
        Contact.objects.filter(which, serial__isnull=False)
        .values("year")
        .annotate(
            first=Min("serial"),
            last=Max("serial"),
            count=Count("id"),
            called=Count("id", filter=Q(channel__in=BY_TELEPHONE)),
            historical=Count("id", filter=Q(source=Contact.Source.HISTORICAL.value)),
        )
    )
    return rows


def opening_record(contact: Contact) -> dict[str, Any]:
    """What the ledger's entry of a contact committed to when it opened."""
    return {
        "act": Act.OPEN.value,
        "at": contact.opened_at.isoformat(),
        "contact": str(contact.pk),
        "version": 1,
    }


def proof(contact: Contact) -> str:
    """The proof that this contact is counted in the public ledger. Raises `prove.NoProof`."""
    return prove.prove(LedgerRow.Kind.CONTACT, contact.pk, opening_record(contact))
