"""What the department owes in public: a nil return for each month without an engagement, the
destruction of personal details, and an answer to each complaint."""

from collections import Counter
from datetime import date, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Min
from django.utils import timezone

from safecall.accountability import tally
from safecall.accountability.models import Tally
from safecall.accountability.periods import Period, following
from safecall.contacts import retention as destroying
from safecall.contacts.models import Contact
from safecall.engagements import mentioned
from safecall.feedback import selectors as feedback
from safecall.feedback.models import Complaint
from safecall.ledger.claims import NIL_DUE_DAYS
from safecall.ledger.models import LedgerRow

Kind = LedgerRow.Kind


def nil_returns(period: Period, today: date | None = None) -> dict[str, Any]:
    """`{"certified": [{"month", "role", "signed"}], "with_engagement": [month], "owed": [month],
    "not_yet": [month]}`, months as 2026-10.

    Owed: nobody certified it though it ended 20 days ago or earlier. Not yet: it goes on, or
    ended lately. Months before the first contact are in neither list. Three queries.
    """
    begun = Contact.objects.aggregate(first=Min("opened_at"))["first"]
    start = timezone.localdate(begun).replace(day=1) if begun else date.max
    day = today or timezone.localdate()
    said = _certified()
    recorded = tally.read(Tally.LEDGER, period)
    made: dict[str, Any] = {"certified": [], "with_engagement": [], "owed": [], "not_yet": []}
    for month in period.months():
        key = f"{month:%Y-%m}"
        if recorded.get(month, {}).get(Kind.ENGAGEMENT.value):
            made["with_engagement"].append(key)
        elif key in said:
            made["certified"].append(said[key])
        elif start <= month <= day:
            late = following(month) + timedelta(days=NIL_DUE_DAYS) <= day
            made["owed" if late else "not_yet"].append(key)
    return made


def retention(period: Period) -> dict[str, Any]:
    """`{"days", "destroyed": contacts without personal details any more, "runs", "due"}`.

    `destroyed` and `runs` are of the period in which they were destroyed; `due` is of now.
    """
    rows = LedgerRow.objects.filter(
        kind=Kind.RETENTION, day__range=(period.first, period.last), record__isnull=False
    )
    counts = [record["contacts"] for record in rows.values_list("record", flat=True) if record]
    return {
        "days": settings.RETENTION_DAYS,
        "destroyed": sum(counts),
        "runs": len(counts),
        "due": destroying.due().count(),
    }


def complaints(period: Period, today: date) -> dict[str, Any]:
    """`{"received", "settled", "open", "kinds": {kind: received}, "outcomes": {outcome: n}}`.

    They are about the department, so their counts are exact. `open`: at the period's end, or now.
    """
    kinds = Counter(dict.fromkeys(Complaint.Kind.values, 0))
    outcomes = Counter(dict.fromkeys(Complaint.Outcome.values, 0))
    received = settled = 0
    for month in feedback.complaints_by_month(period.first, period.last):
        received, settled = received + month.received, settled + month.settled
        kinds.update(month.received_by_kind)
        outcomes.update(month.outcomes)
    return {
        "received": received,
        "settled": settled,
        "open": feedback.open_complaints_on(min(period.last, today)),
        "kinds": dict(kinds),
        "outcomes": dict(outcomes),
    }


def mentions(period: Period) -> dict[str, int]:
    """`{"unsettled", "late"}`: the period's notes that mention an authority and were looked into
    too late, or not yet though their five business days are over. Two queries."""
    found = mentioned.counts(period.bounds())
    return {"unsettled": found.unsettled, "late": found.late}


def _certified() -> dict[str, dict[str, Any]]:
    rows = LedgerRow.objects.filter(kind=Kind.NIL_RETURN, record__isnull=False)
    return {
        record["month"]: {
            "month": record["month"],
            "role": record["role"],
            "signed": "signed" in record,
        }
        for record in rows.values_list("record", flat=True)
        if record
    }
