"""Notes that mention an immigration authority: which wait, and which wait too long."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from safecall.contacts.models import Note
from safecall.engagements.days import due_on, in_time_since
from safecall.engagements.models import MentionSettled

LENGTH = 100


@dataclass(frozen=True, slots=True)
class Waiting:
    """A note that nobody has settled yet. `overdue`: its fifth business day is over."""

    note: Note
    due: date
    overdue: bool


@dataclass(frozen=True, slots=True)
class Counts:
    """How mentions stand: `unsettled` past five business days is a finding, so is `late`."""

    waiting: int
    unsettled: int
    late: int
    nothing: int
    records: int


def waiting(length: int = LENGTH) -> Sequence[Waiting]:
    """Those that wait, the oldest first. One query."""
    today = timezone.localdate()
    notes = _waiting().select_related("contact").order_by("id")[:length]
    found = []
    for note in notes:
        due = due_on(timezone.localdate(note.at))
        found.append(Waiting(note, due, today > due))
    return found


def how_many(most: int = 1000) -> int:
    """How many wait, counted up to `most`. One query."""
    return _waiting()[:most].count()


def counts(between: tuple[datetime, datetime] | None = None) -> Counts:
    """The mentions so far, or those in notes of between two moments, the second not included.

    Two queries.
    """
    notes, settled = _waiting(), MentionSettled.objects.all()
    if between is not None:
        since, until = between
        notes = notes.filter(at__gte=since, at__lt=until)
        settled = settled.filter(note__at__gte=since, note__at__lt=until)
    return Counts(
        **notes.aggregate(
            waiting=Count("pk"), unsettled=Count("pk", filter=Q(at__lt=_due_before()))
        ),
        **settled.aggregate(
            late=Count("pk", filter=Q(late=True)),
            nothing=Count("pk", filter=Q(engagement__isnull=True)),
            records=Count("pk", filter=Q(engagement__isnull=False)),
        ),
    )


def _due_before() -> datetime:
    """Notes of before this moment are past their fifth business day."""
    return timezone.make_aware(datetime.combine(in_time_since(timezone.localdate()), time.min))


def _waiting() -> QuerySet[Note]:
    return Note.objects.filter(mentions_authority=True, mention_seen_at__isnull=True)
