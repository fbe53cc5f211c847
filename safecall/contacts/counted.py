"""How many contacts opened on certain days, for the ledger's seals and for proofs."""

from datetime import date, datetime, time, timedelta
from typing import Any, Final

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


def counted(first: date, last: date) -> dict[str, Any]:
    """Numbers given out to contacts of these days, per year, and how many came by telephone."""
    zone = timezone.get_current_timezone()
    start = datetime.combine(first, time.min, zone)
    end = datetime.combine(last + timedelta(days=1), time.min, zone)
    years = (
        Contact.objects.filter(opened_at__gte=start, opened_at__lt=end, serial__isnull=False)
        .values("year")
        .annotate(
            first=Min("serial"),
            last=Max("serial"),
            count=Count("id"),
            called=Count("id", filter=Q(channel__in=BY_TELEPHONE)),
        )
        .order_by("year")
    )
    found = list(years)
    return {
        "numbers": [{key: one[key] for key in ("year", "first", "last", "count")} for one in found],
        "by_telephone": sum(one["called"] for one in found),
    }


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
