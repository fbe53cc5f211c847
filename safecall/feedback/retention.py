"""Destroying words some days after they are needed. Answers, kinds, outcomes and counts stay.

Words beside answers go `RETENTION_DAYS` after their month; those of a complaint so long after it
was settled, with its code, so that nobody can come back to it.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from safecall.contacts.actions.base import Actor
from safecall.feedback.actions.complaining import step
from safecall.feedback.models import Answers, Complaint, ComplaintStep, ComplaintWords
from safecall.ledger.append import Entry, append, forget
from safecall.ledger.models import LedgerRow

BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Due:
    """What is to be destroyed now."""

    answers: QuerySet[Answers]
    complaints: QuerySet[Complaint]

    def count(self) -> int:
        """How many answers and complaints."""
        return self.answers.count() + self.complaints.count()


def due(today: date | None = None, days: int | None = None) -> Due:
    """Answers and complaints whose words are to be destroyed."""
    keep = settings.RETENTION_DAYS if days is None else days
    last = (today or timezone.localdate()) - timedelta(days=keep)
    # The month has ended by that day: it began before the month of the day after.
    month = (last + timedelta(days=1)).replace(day=1)
    return Due(
        Answers.objects.filter(month__lt=month, words_destroyed_at__isnull=True),
        Complaint.objects.filter(settled_on__lte=last, words_destroyed_at__isnull=True),
    )


def destroy(today: date | None = None, days: int | None = None) -> int:
    """Destroy what is due, in batches that each are one transaction; how many were affected."""
    total = 0
    while True:
        with transaction.atomic():
            found = due(today, days)
            answers = list(found.answers.order_by("pk").values_list("pk", flat=True)[:BATCH])
            complaints = list(found.complaints.order_by("pk")[:BATCH])
            if not answers and not complaints:
                return total
            at = timezone.now()
            Answers.objects.filter(pk__in=answers).update(words="", words_destroyed_at=at)
            ComplaintWords.objects.filter(complaint__in=complaints).update(text="")
            for complaint in complaints:
                complaint.words_destroyed_at = at
                complaint.save(update_fields=["words_destroyed_at"])
                step(complaint, Actor.service(), ComplaintStep.Act.DESTROY)
            forget([*answers, *(one.subject for one in complaints)])
            _record(at, len(answers), len(complaints))
        total += len(answers) + len(complaints)


def _record(at: datetime, answers: int, complaints: int) -> None:
    record = {"at": at.isoformat(), "answers": answers, "complaints": complaints}
    append([Entry(LedgerRow.Kind.RETENTION, None, record, published=True)])
