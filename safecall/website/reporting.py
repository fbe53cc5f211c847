"""From a filled form to a contact with a receipt."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils.crypto import salted_hmac

from safecall import guard
from safecall.contacts import receipts
from safecall.contacts.actions import (
    Actor,
    Concern,
    ContactOpening,
    Place,
    add_note,
    open_contact,
)
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.website.kinds import BY_KEY, priority

Answers = dict[str, str]

#: The guard reads these; where the words of one were removed, the person is told.
TYPED: Final = ("story", "when", "place", "who", "who_where", "reach", "called")


class NotSetUp(RuntimeError):
    """There is no answering point to which a report could go."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A report that was received. `lost` is a story that could not be kept (no guard), to send
    again; `removed` says that words about somebody's status were taken out."""

    contact: Contact
    code: str
    removed: bool
    lost: str = ""


def answering_point() -> AnsweringPoint:
    """Where reports from the website go. Raises `NotSetUp`."""
    points = AnsweringPoint.objects.order_by("pk")
    if settings.WEB_ANSWERING_POINT:
        points = points.filter(code=settings.WEB_ANSWERING_POINT)
    point = points.first()
    if point is None:
        raise NotSetUp
    return point


def file(answers: Answers, *, emergency_words: bool) -> Filed:
    """Open the contact and issue its receipt.

    The same answers from the same page, sent twice (a reload, an impatient second press), are
    one contact, for which each time a new code is issued.

    Raises `NotSetUp`, and `InvalidField` from the action.
    """
    opening = _opening(answers, emergency_words=emergency_words)
    try:
        with transaction.atomic():
            opened = open_contact(Actor.resident(), opening)
    except IntegrityError:
        contact = Contact.objects.filter(pk=opening.id).first() if opening.id else None
        if contact is None:
            raise
        return Filed(contact, receipts.issue(contact), _any_removed(answers))
    return Filed(
        opened.contact,
        receipts.issue(opened.contact),
        bool(opened.removed),
        "" if opened.narrative_kept else answers["story"],
    )


def _opening(answers: Answers, *, emergency_words: bool) -> ContactOpening:
    kind = BY_KEY[answers["kind"] or "other"]
    for_other = answers["for_whom"] == "other"
    concern = Concern("other", answers["who"], answers["who_where"]) if for_other else Concern()
    narrative = answers["story"]
    if answers["when"]:
        narrative += f"\n\nWhen it happened: {answers['when']}"
    return ContactOpening(
        channel=Contact.Channel.WEB.value,
        answering_point=answering_point(),
        place=Place(words=answers["place"]),
        callback=answers["reach"],
        caller_name=answers["called"],
        concern=concern,
        incident_type=kind.incident_type or ("WELFARE" if for_other else ""),
        priority=priority(kind, for_other=for_other, emergency_words=emergency_words),
        # As answered: the language of the page says nothing about what its reader wants to speak.
        language=answers["language"],
        narrative=narrative,
        id=_identity(answers),
    )


def _identity(answers: Answers) -> UUID | None:
    """The contact's id, from the page's random value and all that was typed on it.

    Keyed, so that nobody who knows a contact's id can make a form that is answered with its code.
    """
    if not answers["once"]:
        return None
    value = "\0".join(f"{name}={answers[name]}" for name in sorted(answers))
    digest = salted_hmac("safecall.website.report", value, algorithm="sha256").digest()
    return UUID(bytes=digest[:16], version=4)


def _any_removed(answers: Answers) -> bool:
    try:
        screened = [guard.screen(answers[name]) for name in TYPED if answers[name]]
    except guard.GuardUnavailable:
        return False
    return any(finding.removed for one in screened for finding in one.findings)


def add(contact: Contact, text: str) -> bool:
    """Add a note to a report; returns whether words were removed from it.

    The same text as the last note is not added again. Raises `guard.GuardUnavailable`,
    `ActRefused` and `InvalidField`.
    """
    actor = Actor.resident()
    screened = guard.screen(text.strip())
    removed = any(finding.removed for finding in screened.findings)
    last = contact.notes.order_by("-id").first()
    if last and last.author_label == actor.label and str(last.text) == screened.text:
        return removed
    add_note(actor, contact, text)
    return removed
