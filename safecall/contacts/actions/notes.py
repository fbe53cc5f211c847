"""Adding a narrative note."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from safecall.contacts.actions.base import Actor, ActRefused, Data, InvalidField, acting, record
from safecall.contacts.actions.text import TextDoor
from safecall.contacts.models import Contact, Draft, Note
from safecall.contacts.workflow import Act
from safecall.guard import Screened
from safecall.privacy.rows import insert_one


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """The note as it was kept, and what the guard made of what was typed."""

    note: Note
    screened: Screened


def write_note(contact: Contact, actor: Actor, text: Screened, at: datetime) -> Data:
    """Insert the note, inside the caller's transaction; returns its history data."""
    removed = sum(finding.removed for finding in text.findings)
    mentions = any(not finding.removed for finding in text.findings)
    number = insert_one(
        Note,
        {
            "contact_id": contact.pk,
            "at": at,
            "author_id": actor.user.pk if actor.user else None,
            "author_label": actor.label,
            "text": text,
            "removed": removed,
            "mentions_authority": mentions,
        },
    )
    data: Data = {"note": number}
    if removed:
        data["removed"] = removed
    if mentions:
        data["mentions_authority"] = True
    return data


def add_note(actor: Actor, contact: Contact, text: str, *, draft_key: str = "") -> NoteAdded:
    """Screen and add a note; the draft that it was typed in is dropped with the same transaction.

    Raises `InvalidField` where it is empty or too long, and `guard.GuardUnavailable`: without the
    guard no text is stored, and the note has to be added again.
    """
    door = TextDoor()
    kept = door.keep("narrative", text)
    if not isinstance(kept, Screened):
        raise InvalidField("narrative", "Type the note first.")
    at = timezone.now()
    with acting(contact, Act.NOTE) as current:
        current.version += 1
        current.save(update_fields=["version"])
        data = write_note(current, actor, kept, at)
        record(current, actor, [(Act.NOTE, data)], at, door.findings)
        if draft_key and actor.user:
            Draft.objects.filter(user=actor.user, key=draft_key).delete()
    return NoteAdded(Note.objects.get(pk=data["note"]), kept)


def mark_mention_seen(actor: Actor, note: Note) -> None:
    """A supervisor has seen that this note mentions an immigration authority.

    Raises `ActRefused` for anyone who is not a supervisor.
    """
    if actor.user is None or actor.user.role != "supervisor":
        raise ActRefused("Only a supervisor can mark this as seen.")
    with transaction.atomic():
        Note.objects.filter(pk=note.pk, mention_seen_at__isnull=True).update(
            mention_seen_at=timezone.now()
        )
        data: Data = {"note": note.pk, "mention_seen": True}
        record(note.contact, actor, [(Act.CHANGE, data)], timezone.now())
