"""Adding a narrative note."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from safecall.contacts.actions.base import Actor, Data, InvalidField, acting, record
from safecall.contacts.actions.text import TextDoor
from safecall.contacts.models import Contact, Draft, Note
from safecall.contacts.workflow import Act
from safecall.guard import Screened
from safecall.privacy.rows import Row, insert_one


@dataclass(frozen=True, slots=True)
class NoteAdded:
    """The note as it was kept, and what the guard made of what was typed."""

    note: Note
    screened: Screened


def note_row(contact: Contact, actor: Actor, text: Screened, at: datetime) -> Row:
    """The note, to be inserted."""
    return {
        "contact_id": contact.pk,
        "at": at,
        "author_id": actor.user.pk if actor.user else None,
        "author_label": actor.label,
        "text": text,
        "removed": sum(finding.removed for finding in text.findings),
        "mentions_authority": any(not finding.removed for finding in text.findings),
    }


def note_data(row: Row) -> Data:
    """What the history says of a note; which one it is, its time says."""
    return {name: row[name] for name in ("removed", "mentions_authority") if row[name]}


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
        row = note_row(current, actor, kept, at)
        number = insert_one(Note, row)
        record(current, actor, [(Act.NOTE, note_data(row))], at, door.findings)
        if draft_key and actor.user:
            Draft.objects.filter(user=actor.user, key=draft_key).delete()
    return NoteAdded(Note.objects.get(pk=number), kept)
