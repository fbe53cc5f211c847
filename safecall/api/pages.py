"""Lists in pages, by cursor: a page costs the same wherever it lies in the table."""

import base64
import binascii
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from ninja import Query

from safecall.api import show
from safecall.api.problems import Problem
from safecall.contacts.models import Contact

State = Annotated[
    Literal["open", "received", "answered", "closed"] | None,
    Query(description="`open` is received or answered."),
]
Limit = Annotated[int, Query(ge=1, le=200)]
Cursor = Annotated[str, Query(max_length=200, description="`next` of the page before.")]


def page(state: str | None, limit: int, cursor: str) -> dict[str, Any]:
    """Up to `limit` contacts, newest first, after `cursor`."""
    contacts = Contact.objects.select_related("agency", "answering_point").defer(
        "callback", "caller_name", "concern_who", "concern_where"
    )
    if state == "open":
        contacts = contacts.exclude(state="closed")
    elif state:
        contacts = contacts.filter(state=state)
    if cursor:
        opened_at, pk = _read(cursor)
        # The first condition lets both databases start within the index.
        contacts = contacts.filter(opened_at__lte=opened_at).filter(
            Q(opened_at__lt=opened_at) | Q(pk__lt=pk)
        )
    found = list(contacts.order_by("-opened_at", "-pk")[: limit + 1])
    more = len(found) > limit
    return {
        "contacts": [show.listed(contact) for contact in found[:limit]],
        "next": _write(found[limit - 1]) if more else None,
    }


def _write(contact: Contact) -> str:
    text = f"{contact.opened_at.isoformat()} {contact.pk.hex}"
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _read(cursor: str) -> tuple[datetime, UUID]:
    try:
        padded = cursor.encode("ascii") + b"=" * (-len(cursor) % 4)
        opened_at, pk = base64.urlsafe_b64decode(padded).decode("ascii").split()
        moment, found = datetime.fromisoformat(opened_at), UUID(pk)
    except (ValueError, binascii.Error):
        moment, found = datetime.min, UUID(int=0)  # noqa: DTZ901  refused below
    if timezone.is_naive(moment):
        raise Problem(400, "This cursor is not one that was given out. Start without.")
    return moment, found
