"""A form filled from the records of its period: each field answered, or why it is not.

Nil is certified by a named office, never left blank. Closed world: an answer holds counts, days,
codes of the vocabulary and the records' own numbers, and nothing that anybody typed.
"""

from datetime import date, datetime
from typing import Any, TypedDict

from django.conf import settings
from django.utils import timezone

from safecall.accountability.figures import backing, duties, engagements
from safecall.accountability.figures.engagements import Engaged
from safecall.accountability.forms.answers import ANSWERS, Answer
from safecall.accountability.forms.reading import Field, Regime
from safecall.accountability.periods import Period
from safecall.accountability.statement import department, first_day


class Filled(TypedDict):
    """A field as it is filled: an answer, or the reason why there is none."""

    name: str
    wording: str
    answer: Answer | None
    not_applicable: str


class Nil(TypedDict):
    """`nil`: no record in the whole period. Months as 2026-10, offices by their codes."""

    nil: bool
    certified: list[dict[str, Any]]
    with_engagement: list[str]
    owed: list[str]
    not_yet: list[str]
    before_records: bool


class Form(TypedDict):
    """A filled form."""

    form: str
    title: str
    law: str
    receiver: str
    due: str
    wordings_confirmed_by: str
    department: str
    demonstration: bool
    since: str
    until: str
    made_at: str
    checkpoint: backing.Checkpoint | None
    nil: Nil
    fields: list[Filled]


def fill(regime: Regime, period: Period | None = None, now: datetime | None = None) -> Form:
    """The form for this period; without one, for the last that is over."""
    at = now or timezone.now()
    today = timezone.localdate(at)
    span = period or regime.last_period(today)
    found = engagements.records(span)
    return {
        "form": regime.code,
        "title": regime.title,
        "law": regime.law,
        "receiver": regime.receiver,
        "due": regime.due,
        "wordings_confirmed_by": regime.confirmed_by,
        "department": department(),
        "demonstration": settings.ENVIRONMENT != "production",
        "since": span.first.isoformat(),
        "until": span.last.isoformat(),
        "made_at": at.isoformat(timespec="seconds"),
        "checkpoint": backing.checkpoint(),
        "nil": _nil(span, found, today),
        "fields": [_filled(one, found) for one in regime.fields],
    }


def is_complete(form: Form) -> bool:
    """Whether nothing is missing: every month is over and has a record or a nil return."""
    nil = form["nil"]
    return not (nil["owed"] or nil["not_yet"] or nil["before_records"])


def _filled(one: Field, found: list[Engaged]) -> Filled:
    return {
        "name": one.name,
        "wording": one.wording,
        "answer": None if one.not_applicable else ANSWERS[one.name](found),
        "not_applicable": one.not_applicable,
    }


def _nil(span: Period, found: list[Engaged], today: date) -> Nil:
    said = duties.nil_returns(span, today)
    begun = first_day()
    # A department cannot say of months before its records that nothing happened in them.
    before = begun is None or span.first < begun.replace(day=1)
    over = [month for month in said["not_yet"] if month < f"{today:%Y-%m}"]
    return {
        "nil": not found,
        "certified": said["certified"],
        "with_engagement": said["with_engagement"],
        # Whoever sends the form cannot wait until the certificate is due.
        "owed": sorted([*said["owed"], *over]),
        "not_yet": [month for month in said["not_yet"] if month not in over],
        "before_records": before,
    }
