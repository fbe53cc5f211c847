"""How often each language was needed, counted from the records."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import Count
from django.db.models.functions import TruncHour
from django.utils import timezone

from safecall.contacts.models import Contact
from safecall.interpreting.staffing.history import History

#: Longer back than this, a department's languages were others.
DAYS: Final = 365
#: These are read and written, not spoken: nobody waits for an interpreter.
WRITTEN: Final = (Contact.Channel.WEB, Contact.Channel.TEXT)


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
