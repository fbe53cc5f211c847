"""The statement of a period: one document of plain values, from which every form of it is made.

Nothing in it is about one person: codes, counts, days and months, and the department's own name.
"""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from safecall.accountability import tally
from safecall.accountability.figures import backing, contacts, duties, engagements, residents
from safecall.accountability.models import Prepared
from safecall.accountability.open_data.resources import record_row
from safecall.accountability.periods import ALL, Period, on_pages
from safecall.contacts.models import Agency, Contact

VERSION: Final = 1
#: Under this key lie the records as the open data gives them out.
RECORDS: Final = "records"
Document = dict[str, Any]


def make(period: Period, now: datetime | None = None) -> Document:
    """The statement of this period as the records stand; call `tally.refresh` before."""
    at = now or timezone.now()
    today = timezone.localdate(at)
    known = period.within(first_day(), today)
    counted = engagements.count(engagements.records(period), known)
    return {
        "version": VERSION,
        "department": department(),
        "demonstration": settings.ENVIRONMENT != "production",
        "from": period.first.isoformat(),
        "to": period.last.isoformat(),
        "records": _days(known, today),
        "as_of": at.isoformat(timespec="seconds"),
        "backing": backing.backing(period),
        "contacts": contacts.contacts(known),
        "engagements": counted,
        "old_files": contacts.old_files(period, counted["historical"]),
        "nil_returns": duties.nil_returns(period, today),
        "interpreters": {
            **residents.interpreters(period, today).as_json(),
            "waits": residents.waits(period),
        },
        "guard_removed": residents.guard_removed(period, today).as_json(),
        "answers": residents.answers(period, today).as_json(),
        "referrals": residents.referrals(period, today).as_json(),
        "mentions": duties.mentions(period),
        "complaints": duties.complaints(period, today),
        "retention": duties.retention(period),
    }


def prepare(
    now: datetime | None = None,
    *,
    everything: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> list[str]:
    """Make every statement that the public pages show; returns their keys.

    Run each night (`safecall ledger publish` does it) and whenever figures should be of now.
    `progress` gets steps done and steps in all.
    """
    at = now or timezone.now()
    wanted = on_pages(first_day(), timezone.localdate(at))
    steps = len(wanted) + 1
    tally.refresh(everything=everything)
    for done, (key, period) in enumerate(wanted.items(), start=1):
        if progress:
            progress(done, steps)
        Prepared.objects.update_or_create(
            key=key,
            defaults={
                "first": period.first,
                "last": period.last,
                "document": make(period, at),
                "made_at": at,
            },
        )
    _prepare_records(wanted[ALL], at)
    Prepared.objects.exclude(key__in=[*wanted, RECORDS]).delete()
    if progress:
        progress(steps, steps)
    return list(wanted)


def _prepare_records(period: Period, at: datetime) -> None:
    rows = [record_row(one) for one in engagements.records(period)]
    Prepared.objects.update_or_create(
        key=RECORDS,
        defaults={
            "first": period.first,
            "last": period.last,
            "document": {"rows": rows},
            "made_at": at,
        },
    )


def prepared(key: str) -> tuple[Document | None, list[str]]:
    """The statement that the pages show for this key, if there is one; and all keys. One query
    each."""
    keys = list(Prepared.objects.exclude(key=RECORDS).values_list("key", flat=True))
    found = Prepared.objects.filter(key=key).values_list("document", flat=True).first()
    return found, keys


def department() -> str:
    """The department's name; empty before there is one."""
    return Agency.objects.order_by("pk").values_list("name", flat=True).first() or ""


def first_day() -> date | None:
    """The day of the oldest contact or engagement; None where there is neither."""
    ends: list[datetime | None] = [
        Contact.objects.aggregate(first=Min("opened_at"))["first"],
        engagements.first_moment(),
    ]
    return min((timezone.localdate(one) for one in ends if one), default=None)


def _days(known: Period | None, today: date) -> dict[str, str] | None:
    """From when to when there are records of a period: the month's first day, and its last or
    today."""
    if known is None:
        return None
    return {"from": known.first.isoformat(), "to": min(known.last, today).isoformat()}
