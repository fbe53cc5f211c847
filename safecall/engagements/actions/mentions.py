"""Settling a note's mention of an immigration authority: nothing, with a reason, or a record."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from safecall.contacts.actions.base import Actor, ActRefused, Data, record
from safecall.contacts.models import Contact, Note
from safecall.contacts.workflow import Act
from safecall.engagements.actions.checks import refuse_unless
from safecall.engagements.actions.judging import SUPERVISION
from safecall.engagements.days import due_on
from safecall.engagements.models import Engagement, MentionSettled
from safecall.vocabulary.engagements.outcome import Settled


def settle_as_nothing(actor: Actor, note: Note, reason: Settled) -> MentionSettled:
    """No engagement, and why. Raises `ActRefused`."""
    return _settle(actor, note, MentionSettled(reason=reason.value))


def settle_as_record(actor: Actor, note: Note, engagement: Engagement) -> MentionSettled:
    """This record says what the note mentions. Raises `ActRefused`."""
    return _settle(actor, note, MentionSettled(engagement_id=engagement.root_id))


def _settle(actor: Actor, note: Note, row: MentionSettled) -> MentionSettled:
    refuse_unless(actor, SUPERVISION, "Supervisors")
    if actor.user is None:
        raise ActRefused("A supervisor settles this, no system.")
    now = timezone.now()
    row.note = note
    row.late = timezone.localdate(now) > due_on(timezone.localdate(note.at))
    row.settled_at = now
    row.settled_by = actor.user
    row.settled_by_label = actor.label
    try:
        with transaction.atomic():
            row.save()
            Note.objects.filter(pk=note.pk).update(mention_seen_at=now)
            contact = Contact.objects.get(pk=note.contact_id)
            data: Data = {"note": note.pk, "mention": row.reason or "engagement"}
            record(contact, actor, [(Act.CHANGE, data)], now)
    except IntegrityError:
        raise ActRefused("A colleague has settled this mention meanwhile.") from None
    return row
