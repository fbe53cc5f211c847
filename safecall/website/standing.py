"""How a report stands, in words that everyone understands. What was typed is never shown again:
whoever finds or takes the code reads nothing of it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safecall.contacts.models import Contact
from safecall.contacts.workflow import State
from safecall.vocabulary.unit_status import Step


@dataclass(frozen=True, slots=True)
class Stage:
    """One stage of a report; `at` is empty while it is still to come."""

    words: Promise
    at: datetime | None


def stages(contact: Contact) -> list[Stage]:
    """The stages of a report: those reached, in order, then those to come. One query."""
    sent = (
        contact.assignments.exclude(status=Step.CANCELLED.value)
        .order_by("assigned_at")
        .values_list("assigned_at", flat=True)
        .first()
    )
    closed = contact.state == State.CLOSED.value
    reached = [Stage(_("We have your report."), contact.received_at)]
    if contact.answered_at:
        reached.append(Stage(_("Someone is looking at it."), contact.answered_at))
    elif not closed:
        reached.append(Stage(_("Someone will look at it."), None))
    if sent:
        reached.append(Stage(_("An officer was sent."), sent))
    if closed:
        reached.append(Stage(_("It is closed."), contact.closed_at))
    return sorted(reached, key=lambda stage: (stage.at is None, stage.at or contact.received_at))
