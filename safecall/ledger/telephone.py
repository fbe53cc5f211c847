"""The telephone system's own count of its calls, to stand beside ours."""

from datetime import date
from typing import Any

from django.db import transaction

from safecall.ledger.append import Entry, append
from safecall.ledger.models import Epoch, LedgerRow, TelephoneDay


class TelephoneRefused(ValueError):
    """A report cannot be taken; the message says why."""


def report(day: date, first: int, last: int, count: int, today: date) -> bool:
    """Keep what the telephone system says about a day: its first and last number, and how many.

    Where the day was sealed already, and its whole epoch is now reported, a late seal is written;
    returns whether it was. Raises `TelephoneRefused`: what was reported once stays.
    """
    if day >= today:
        raise TelephoneRefused(f"{day} is not over yet.")
    if not 0 <= first <= last or not 0 <= count <= last - first + 1:
        raise TelephoneRefused("The first number, the last and the count do not fit together.")
    with transaction.atomic():
        made, new = TelephoneDay.objects.get_or_create(
            day=day, defaults={"first": first, "last": last, "count": count}
        )
        if not new and (made.first, made.last, made.count) != (first, last, count):
            raise TelephoneRefused(
                f"{day} was reported before, with other figures, and stays as it was."
            )
        return new and _seal_late(day)


def said_by_telephone(first: date, last: date) -> dict[str, int] | None:
    """First, last and count over these days; None unless each of them was reported.

    A sum over some of the days would tell the count of a day that was merged to hide it.
    """
    days = list(TelephoneDay.objects.filter(day__range=(first, last)).order_by("day"))
    if len(days) < (last - first).days + 1:
        return None
    return {
        "first": days[0].first,
        "last": days[-1].last,
        "count": sum(one.count for one in days),
    }


def _seal_late(day: date) -> bool:
    epoch = Epoch.objects.filter(kind=Epoch.DAYS, first__lte=day, last__gte=day).first()
    if epoch is None:
        return False
    said = said_by_telephone(epoch.first, epoch.last)
    if said is None:
        return False
    record: dict[str, Any] = {
        "from": epoch.first.isoformat(),
        "to": epoch.last.isoformat(),
        "late": True,
        "telephone": said,
    }
    append([Entry(LedgerRow.Kind.SEAL, None, record, published=True)])
    return True
