"""Invented calls of the days before, so that a fresh demonstration has a published ledger."""

from datetime import datetime, time, timedelta
from typing import Final

from django.utils import timezone

from safecall.contacts import counted
from safecall.contacts.actions import Actor, ContactOpening, Place
from safecall.contacts.actions.bulk import PastCall, prepare, write
from safecall.contacts.models import AnsweringPoint
from safecall.demo.calls import CALLS
from safecall.ledger import release, signing

_DAYS: Final = 2
#: A day is published once it has fifty contacts.
PAST: Final = _DAYS * 60


def make_past(point: AnsweringPoint, wanted: int) -> int:
    """Open so many calls spread over the last two whole days; those that are there stay.

    Returns how many were opened.
    """
    today = datetime.combine(timezone.localdate(), time.min, timezone.get_current_timezone())
    ended = [call for call in CALLS if call.disposition]
    calls = []
    for number in range(wanted):
        like = ended[number % len(ended)]
        at = today - timedelta(days=_DAYS) * (wanted - number) / wanted
        opening = ContactOpening(
            like.channel,
            point,
            received_at=at,
            answered_at=at + timedelta(seconds=like.waited or 0),
            place=Place(like.place),
            incident_type=like.incident_type,
            source_number=f"PAST-{number + 1:04}",
            narrative=like.narrative,
        )
        calls.append(
            PastCall(f"demo-past-{number}", opening, at + timedelta(minutes=20), like.disposition)
        )
    return write(prepare(Actor.system("Demonstration"), calls)).opened


def publish() -> None:
    """Release what is due and sign the ledger, as `safecall ledger publish` does each night."""
    signing.begin()
    release.release(timezone.localdate(), counted.counted)
    signing.sign(timezone.now())
