"""Destroying personal details some days after a contact was closed. The counts stay.

Destroyed: callback, names, the place, what was said (notes and drafts), receipts, and the salts
that would open the contact's ledger rows. Kept: number, channel, type, priority, language, times,
units, disposition and the history's codes.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from safecall.contacts.actions.base import Actor
from safecall.contacts.models import Contact, Draft, HistoryEntry, Note, Receipt
from safecall.contacts.workflow import Act, State
from safecall.ledger.append import Entry, append, forget
from safecall.ledger.models import LedgerRow

BATCH = 500


def due(now: datetime | None = None, days: int | None = None) -> QuerySet[Contact]:
    """Contacts whose personal details are to be destroyed now."""
    keep = settings.RETENTION_DAYS if days is None else days
    return Contact.objects.filter(
        state=State.CLOSED.value,
        closed_at__lte=(now or timezone.now()) - timedelta(days=keep),
        personal_destroyed_at__isnull=True,
    )


def destroy(
    now: datetime | None = None,
    days: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> int:
    """Destroy what is due, in batches that each are one transaction; returns how many contacts.

    An interrupted run has destroyed whole batches and can simply be started again.
    """
    total = 0
    while True:
        with transaction.atomic():
            batch = list(due(now, days).order_by("closed_at").values_list("pk", flat=True)[:BATCH])
            if not batch:
                return total
            _destroy(batch)
        total += len(batch)
        if progress:
            progress(total)


def _destroy(batch: list[UUID]) -> None:
    at = timezone.now()
    Contact.objects.filter(pk__in=batch).update(
        callback="",
        caller_name="",
        concern_who="",
        concern_where="",
        place_words="",
        latitude=None,
        longitude=None,
        personal_destroyed_at=at,
    )
    Note.objects.filter(contact__in=batch).update(text="")
    Draft.objects.filter(contact__in=batch).delete()
    Receipt.objects.filter(contact__in=batch).delete()
    service = Actor.service()
    HistoryEntry.objects.bulk_create(
        HistoryEntry(
            contact_id=pk,
            act=Act.DESTROY.value,
            at=at,
            actor_label=service.label,
            version=version,
        )
        for pk, version in Contact.objects.filter(pk__in=batch).values_list("pk", "version")
    )
    forget(batch)
    record = {"at": at.isoformat(), "contacts": len(batch)}
    append([Entry(LedgerRow.Kind.RETENTION, None, record, published=True)])
