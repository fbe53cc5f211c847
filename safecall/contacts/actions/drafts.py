"""What is being typed, kept safe: screened, sealed, and only for the person who types it."""

import re

from safecall.contacts.actions.base import Actor, InvalidField
from safecall.contacts.actions.text import TextDoor
from safecall.contacts.models import Contact, Draft
from safecall.guard import Screened
from safecall.people.models import User
from safecall.privacy.kept import KeptText

_KEY = re.compile(r"[a-z0-9-]{1,60}")


def save_draft(actor: Actor, contact: Contact | None, key: str, text: str) -> Screened | KeptText:
    """Keep the draft, screened; an empty one is dropped. Returns what the guard made of it.

    Raises `InvalidField`, or `guard.GuardUnavailable`: then the page alone holds the text.
    """
    if actor.user is None or not _KEY.fullmatch(key):
        raise InvalidField("key", "A draft belongs to a signed-in person and has a simple key.")
    kept = TextDoor().keep("narrative", text)
    if isinstance(kept, Screened):
        Draft.objects.update_or_create(
            user=actor.user, key=key, defaults={"contact": contact, "text": kept}
        )
    else:
        drop_draft(actor, key)
    return kept


def load_draft(user: User, key: str) -> str:
    """The draft's text as it was kept, or an empty string."""
    draft = Draft.objects.filter(user=user, key=key).first()
    return str(draft.text) if draft else ""


def drop_draft(actor: Actor, key: str) -> None:
    """Forget the draft."""
    Draft.objects.filter(user=actor.user, key=key).delete()
