"""Answering, handing over, closing and reopening."""

from datetime import datetime

from django.utils import timezone

from safecall.contacts.actions import values
from safecall.contacts.actions.base import Actor, ActRefused, InvalidField, acting, finish
from safecall.contacts.actions.opening import mark_answered
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.contacts.workflow import Act


def answer(actor: Actor, contact: Contact) -> Contact:
    """Answer a contact that rings or waits to be read."""
    with acting(contact, Act.ANSWER) as current:
        mark_answered(current, max(timezone.now(), current.received_at))
        finish(current, actor, Act.ANSWER, ["answered_at", "answer_ms"])
    return current


def transfer(actor: Actor, contact: Contact, answering_point: AnsweringPoint) -> Contact:
    """Hand the contact to another answering point; it stays open there."""
    with acting(contact, Act.TRANSFER) as current:
        if current.answering_point_id == answering_point.pk:
            raise ActRefused(f"The contact is already with {answering_point.name}.")
        data = {"from": current.answering_point.code, "to": answering_point.code}
        current.answering_point = answering_point
        current.agency_id = answering_point.agency_id
        finish(current, actor, Act.TRANSFER, ["answering_point", "agency"], data)
    return current


def close(
    actor: Actor, contact: Contact, disposition: str, *, at: datetime | None = None
) -> Contact:
    """Close with a disposition. Raises `ActRefused` while a unit is still on its way or there.

    `at` is for history from another system; it lies between receipt and now.
    """
    code = values.disposition(disposition)
    when = values.past("closed_at", at or timezone.now())
    with acting(contact, Act.CLOSE) as current:
        if at and at < current.received_at:
            raise InvalidField("closed_at", "A contact cannot be closed before it was received.")
        on_it = list(
            current.assignments.filter(ended_at__isnull=True).values_list(
                "unit__callsign", flat=True
            )
        )
        if on_it:
            raise ActRefused(f"Clear these units first: {', '.join(sorted(on_it))}.")
        current.closed_at = when
        current.disposition = code
        finish(current, actor, Act.CLOSE, ["closed_at", "disposition"], {"disposition": code})
    return current


def reopen(actor: Actor, contact: Contact) -> Contact:
    """Open a closed contact again; its disposition is taken back. The history keeps both."""
    with acting(contact, Act.REOPEN) as current:
        if current.personal_destroyed_at:
            raise ActRefused("Its personal details were destroyed. Open a new contact instead.")
        current.closed_at = None
        current.disposition = ""
        finish(current, actor, Act.REOPEN, ["closed_at", "disposition"])
    return current
