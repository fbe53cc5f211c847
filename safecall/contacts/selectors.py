"""Reading contacts for pages and systems: a fixed number of queries, whatever the table holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, QuerySet

from safecall.contacts.models import Assignment, Contact, HistoryEntry, Note, Unit
from safecall.contacts.workflow import State

QUEUE_LENGTH = 200


@dataclass(frozen=True, slots=True)
class Queue:
    """The most urgent open contacts; `more` says that there are others behind them."""

    contacts: Sequence[Contact]
    more: bool


def _with_active() -> QuerySet[Contact]:
    active = Assignment.objects.filter(ended_at__isnull=True).select_related("unit")
    return Contact.objects.select_related("answering_point", "agency").prefetch_related(
        Prefetch("assignments", queryset=active, to_attr="active_assignments")
    )


def open_queue(length: int = QUEUE_LENGTH) -> Queue:
    """Open contacts, most urgent first, then the longest waiting. Two queries."""
    rows = list(
        _with_active()
        .exclude(state=State.CLOSED.value)
        .order_by("priority", "received_at")[: length + 1]
    )
    return Queue(rows[:length], len(rows) > length)


@dataclass(frozen=True, slots=True)
class ContactPage:
    """A contact with its notes, history and response, oldest first."""

    contact: Contact
    notes: Sequence[Note]
    history: Sequence[HistoryEntry]
    assignments: Sequence[Assignment]


def contact_page(contact_id: UUID) -> ContactPage:
    """Everything on one contact. Raises `Contact.DoesNotExist`. Four queries."""
    contact = Contact.objects.select_related("answering_point", "agency").get(pk=contact_id)
    return ContactPage(
        contact,
        list(contact.notes.order_by("id")),
        list(contact.history.order_by("id")),
        list(contact.assignments.select_related("unit").order_by("id")),
    )


def by_number(number: str) -> Contact | None:
    """The contact with this number, such as 2026-000123; None where there is none."""
    year, _, serial = number.strip().partition("-")
    if not (year.isascii() and year.isdigit() and serial.isascii() and serial.isdigit()):
        return None
    if len(year) != 4 or len(serial) > 9:
        return None
    return Contact.objects.filter(year=int(year), serial=int(serial)).first()


def closed_lately(length: int = 20) -> list[Contact]:
    """Contacts closed last, newest first, of those that retention has not reached. One query."""
    found = Contact.objects.filter(closed_at__isnull=False, personal_destroyed_at__isnull=True)
    return list(found.order_by("-closed_at")[:length])


def last_change_id() -> int:
    """The newest history entry's id: whether anything changed, for one index look-up."""
    newest = HistoryEntry.objects.order_by("-id").values_list("id", flat=True).first()
    return newest or 0


def units() -> list[Unit]:
    """All units with the contact that each is on (`active_assignments`). Two queries."""
    active = Assignment.objects.filter(ended_at__isnull=True).select_related("contact")
    return list(
        Unit.objects.order_by("callsign").prefetch_related(
            Prefetch("assignments", queryset=active, to_attr="active_assignments")
        )
    )
