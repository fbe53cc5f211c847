"""What every act shares: who acts, what can go wrong, the lock, and the record."""

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple, Self
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from safecall.contacts.models import Contact, HistoryEntry
from safecall.contacts.workflow import Act, State, after
from safecall.guard import Finding
from safecall.ledger.append import Entry, append
from safecall.ledger.models import LedgerRow
from safecall.people.models import User
from safecall.privacy.rows import Row, insert

Data = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts: a member of staff, another system by its token, a resident, or the service."""

    kind: Literal["staff", "system", "resident", "service"]
    label: str
    user: User | None = None

    @classmethod
    def staff(cls, user: User) -> Self:
        """A signed-in member of staff, by the name that colleagues see."""
        return cls("staff", str(user.display_name or user.get_username())[:80], user)

    @classmethod
    def system(cls, name: str) -> Self:
        """A computer-aided dispatch, telephone or other system, by the name of its token."""
        return cls("system", name[:80])

    @classmethod
    def resident(cls) -> Self:
        """Somebody on the public pages; nobody knows who, and nobody needs to."""
        return cls("resident", "Resident")

    @classmethod
    def service(cls) -> Self:
        """The software itself, as in retention."""
        return cls("service", "safecall")


class ActRefused(Exception):
    """The act is not allowed now. `message` is written for the person who tried."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class InvalidField(ValueError):
    """A value cannot be taken. The message says what to do and never repeats the value."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field = field
        self.message = message


class VersionConflict(Exception):
    """Somebody else changed the same fields meanwhile; nothing was overwritten.

    `fields` are those that both changed; `by` and `at` are the other's latest change.
    """

    def __init__(self, current: Contact, fields: frozenset[str], by: str, at: datetime) -> None:
        super().__init__("changed by somebody else meanwhile")
        self.current = current
        self.fields = fields
        self.by = by
        self.at = at


_REFUSED = {
    State.RECEIVED: "This contact has not been answered yet.",
    State.ANSWERED: "This contact is already open.",
    State.CLOSED: "This contact is closed. Reopen it first.",
}


@contextmanager
def acting(contact: Contact, act: Act) -> Iterator[Contact]:
    """The contact, locked and fresh, moved to its state after the act, inside a transaction.

    Raises `ActRefused` where the table of transitions does not allow the act.
    """
    with transaction.atomic():
        current = Contact.objects.select_for_update().get(pk=contact.pk)
        state = after(current.state, act)
        if state is None:
            raise ActRefused(_REFUSED[State(current.state)])
        current.state = state.value
        yield current


def finish(
    current: Contact, actor: Actor, act: Act, fields: Iterable[str] = (), data: Data | None = None
) -> datetime:
    """Save the changed columns with the next version, and record the act. Returns its time."""
    at = timezone.now()
    current.version += 1
    current.save(update_fields=["version", "state", *fields])
    record(current, actor, [(act, data or {})], at)
    return at


def record(
    contact: Contact,
    actor: Actor,
    acts: list[tuple[Act, Data]],
    at: datetime,
    removed: Iterable[Finding] = (),
) -> None:
    """The history entries and ledger rows of these acts; what the guard removed is counted."""
    done = [Done(act, at, contact.version, data) for act, data in acts]
    insert(HistoryEntry, [history_row(contact, actor, one) for one in done])
    entries = [entry(contact.pk, one) for one in done]
    append([*entries, *removed_entry(contact.pk, at, removed)], timezone.localdate(at))


class Done(NamedTuple):
    """An act that was done: when, the contact's version after it, and what the history says."""

    act: Act
    at: datetime
    version: int
    data: Data


def history_row(contact: Contact, actor: Actor, done: Done) -> Row:
    """The history entry of an act, to be inserted."""
    return {
        "contact_id": contact.pk,
        "act": done.act.value,
        "at": done.at,
        "actor_id": actor.user.pk if actor.user else None,
        "actor_label": actor.label,
        "version": done.version,
        "data": done.data,
    }


def entry(pk: UUID, done: Done) -> Entry:
    """The ledger's entry of an act."""
    record = {
        "act": done.act.value,
        "at": done.at.isoformat(),
        "contact": str(pk),
        "version": done.version,
    }
    kind = LedgerRow.Kind.CONTACT if done.act is Act.OPEN else LedgerRow.Kind.CONTACT_ACT
    return Entry(kind, pk, record)


def removed_entry(pk: UUID, at: datetime, findings: Iterable[Finding]) -> list[Entry]:
    """The ledger's entry of what the guard removed, if it removed anything."""
    removed = [str(finding.kind) for finding in findings if finding.removed]
    if not removed:
        return []
    kinds = Counter(removed)
    record = {"at": at.isoformat(), "contact": str(pk), "kinds": dict(kinds)}
    return [Entry(LedgerRow.Kind.GUARD_REMOVED, pk, record)]
