"""What the staffing plan takes from the records: how often each language was needed, and how
interpreters answer.
"""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count
from django.db.models.functions import TruncHour
from django.utils import timezone

from safecall.contacts.models import Contact
from safecall.interpreting.models import Offer
from safecall.interpreting.staffing.history import History
from safecall.interpreting.staffing.measured import Measured, measure
from safecall.interpreting.staffing.rings import End, Ring
from safecall.interpreting.terms import Kind, Outcome

#: Longer back than this, a department's languages were others.
DAYS: Final = 365
#: These are read and written, not spoken: nobody waits for an interpreter.
WRITTEN: Final = (Contact.Channel.WEB, Contact.Channel.TEXT)
#: `failed` is left out: it says when somebody was lost, not when they picked up.
_ENDS: Final = {
    Outcome.ACCEPTED.value: End.PICKED_UP,
    Outcome.DECLINED.value: End.DECLINED,
    Outcome.SILENT.value: End.ENDED,
    Outcome.WITHDRAWN.value: End.ENDED,
}


def from_records(now: datetime | None = None) -> History:
    """The contacts of the last year that were spoken, whole days only, so without today."""
    today = timezone.localtime(now).replace(hour=0, minute=0, second=0, microsecond=0)
    counted = (
        Contact.objects.filter(received_at__gte=today - timedelta(days=DAYS), received_at__lt=today)
        .exclude(channel__in=WRITTEN)
        .annotate(hour=TruncHour("received_at"))
        .values_list("hour", "language")
        .annotate(calls=Count("pk"))
        .order_by()
    )
    history = History()
    for hour, language, calls in counted.iterator():
        if language:
            history.calls[hour.date(), hour.hour, language] += calls
        else:
            history.without_language += calls
    return history


def measured(within_s: float = 20.0, now: datetime | None = None) -> Measured:
    """The rings and talks of interpreters in the last year; vendors are not counted."""
    rows = Offer.objects.filter(
        request__needed_at__gte=(now or timezone.now()) - timedelta(days=DAYS),
        kind__in=[Kind.STAFF.value, Kind.ROSTER.value],
        outcome__in=list(_ENDS),
    ).values_list("outcome", "at", "outcome_at", "over_at")
    rings, talks = [], []
    for outcome, at, ended, over in rows.iterator():
        if ended is None:
            continue
        rings.append(Ring((ended - at).total_seconds(), _ENDS[outcome]))
        if outcome == Outcome.ACCEPTED and over is not None:
            talks.append((over - ended).total_seconds() / 60)
    return measure(rings, talks, within_s)
