"""Opening many contacts of the past at once: the calls of an export, with every rule of one call.

`prepare` checks and screens a batch and needs no database, so it can run in any process; `write`
puts what it made into the database, history and ledger rows with it, in one transaction. Each
contact stands on the day on which the call came in, with a number of that year.

The contact's id follows from the source's own key of the call, so a call that is there already is
known again, and an interrupted import is simply started again.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final, NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone

from safecall.contacts import numbering
from safecall.contacts.actions import values
from safecall.contacts.actions.base import (
    Actor,
    Data,
    Done,
    InvalidField,
    entry,
    history_row,
    removed_entry,
)
from safecall.contacts.actions.notes import note_data, note_row
from safecall.contacts.actions.opening import ContactOpening, new_contact, opening_data
from safecall.contacts.actions.text import TextDoor, storable
from safecall.contacts.models import Contact, HistoryEntry, Note
from safecall.contacts.workflow import Act, State
from safecall.guard import Screened
from safecall.guard.bulk import screened
from safecall.ledger.append import append_prepared, row
from safecall.ledger.models import LedgerRow
from safecall.privacy.rows import Prepared, column, insert_prepared, prepared
from safecall.privacy.rows import values as columns

#: Contacts in one transaction. A guard that reads columns likes more, memory and locks like fewer.
BATCH: Final = 4096
_DOMAIN: Final = b"safecall/past-call\n"
_VERSION_8: Final = 0x8 << 76 | 0b10 << 62
_FREE: Final = ~(0xF << 76 | 0b11 << 62)


@dataclass(frozen=True, slots=True)
class PastCall:
    """A call of the past: the source's key of it, how it opened, and how it ended if it did."""

    key: str
    opening: ContactOpening
    closed_at: datetime | None = None
    disposition: str = ""


class Made(NamedTuple):
    """A contact ready to be written: rows as the database takes them."""

    id: UUID
    received_at: datetime
    year: int
    closed: bool
    contact: Prepared
    history: list[Prepared]
    notes: list[Prepared]
    ledger: list[Prepared]
    removed: tuple[str, ...]


@dataclass(slots=True)
class Batch:
    """What `prepare` made: contacts, and why the calls at other places were refused."""

    made: dict[int, Made] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)


@dataclass(slots=True)
class Written:
    """What `write` did; `other` are places of calls whose key another call has."""

    opened: int = 0
    closed: int = 0
    already_there: int = 0
    other: list[int] = field(default_factory=list)
    removed: Counter[str] = field(default_factory=Counter)


def prepare(actor: Actor, calls: Sequence[PastCall]) -> Batch:
    """Check and screen these calls, texts by columns. Without the guard nothing is made.

    Raises `guard.GuardUnavailable`.
    """
    texts = list(dict.fromkeys(_texts(calls)))
    known = dict(zip(texts, screened(texts), strict=True))
    batch = Batch()
    for place, call in enumerate(calls):
        try:
            batch.made[place] = _made(actor, call, TextDoor(screened=known))
        except InvalidField as error:
            batch.refused[place] = str(error)
    return batch


def write(batch: Batch) -> Written:
    """Write a batch in one transaction; a call that is there already is left as it is.

    Numbers follow the time of the call within a batch.
    """
    done = Written()
    with transaction.atomic():
        new: dict[UUID, Made] = {}
        there = _there([made.id for made in batch.made.values()])
        for place, made in batch.made.items():
            known = there.get(made.id) or (new[made.id].received_at if made.id in new else None)
            if known is None:
                new[made.id] = made
            elif known == made.received_at:
                done.already_there += 1
            else:
                done.other.append(place)
        ordered = sorted(new.values(), key=lambda made: (made.received_at, made.id))
        insert_prepared(Contact, _numbered(ordered))
        insert_prepared(HistoryEntry, [one for made in ordered for one in made.history])
        insert_prepared(Note, [one for made in ordered for one in made.notes])
        append_prepared([one for made in ordered for one in made.ledger])
    done.opened = len(ordered)
    done.closed = sum(made.closed for made in ordered)
    for made in ordered:
        done.removed.update(made.removed)
    return done


def id_of(call: PastCall) -> UUID:
    """The contact's id: the digits of the source's number (at most 14), then a hash of the key.

    So ids lie in the order of the source's numbers, and indexes on them grow at one end instead of
    everywhere, which costs a million contacts most of their time. A UUID of version 8 (RFC 9562).
    """
    digits = "".join(filter(str.isdecimal, call.opening.source_number))[-14:]
    tail = hashlib.sha256(_DOMAIN + call.key.encode()).digest()[:10]
    whole = int(digits or 0) << 80 | int.from_bytes(tail, "big")
    return UUID(int=whole & _FREE | _VERSION_8)


def _texts(calls: Iterable[PastCall]) -> Iterator[str]:
    for call in calls:
        one = call.opening
        for text in (
            one.narrative, one.place.words, one.caller_name, one.concern.who, one.concern.where,
        ):  # fmt: skip
            if plain := storable(text).strip():
                yield plain


def _made(actor: Actor, call: PastCall, door: TextDoor) -> Made:
    opening = call.opening
    if opening.received_at is None:
        raise InvalidField("received_at", "A call of the past needs the time when it came in.")
    at = opening.received_at
    contact = new_contact(opening, door, at, actor)
    contact.id = id_of(call)
    contact.source = Contact.Source.HISTORICAL.value
    past: Data = {"source": contact.source}
    acts = [Done(Act.OPEN, at, 1, opening_data(contact) | past)]
    notes = []
    narrative = door.keep("narrative", opening.narrative)
    if isinstance(narrative, Screened):
        note = note_row(contact, actor, narrative, at)
        notes.append(prepared(Note, note))
        acts.append(Done(Act.NOTE, at, 1, note_data(note)))
    if closed_at := _closed_at(call):
        contact.state, contact.version = State.CLOSED.value, 2
        contact.closed_at, contact.disposition = closed_at, call.disposition
        acts.append(Done(Act.CLOSE, closed_at, 2, {"disposition": call.disposition}))
    zone = timezone.get_current_timezone()
    days = [done.at.astimezone(zone).date() for done in acts]
    entries = [(entry(contact.pk, done), day) for done, day in zip(acts, days, strict=True)]
    entries += [(one, days[0]) for one in removed_entry(contact.pk, at, door.findings)]
    return Made(
        id=contact.pk,
        received_at=at,
        year=days[0].year,
        closed=closed_at is not None,
        contact=prepared(Contact, columns(contact)),
        history=[prepared(HistoryEntry, history_row(contact, actor, done)) for done in acts],
        notes=notes,
        ledger=[prepared(LedgerRow, row(one, day)) for one, day in entries],
        removed=tuple(str(finding.kind) for finding in door.removed),
    )


def _closed_at(call: PastCall) -> datetime | None:
    """When the call ended; None where its end is missing or cannot be: it then stays open."""
    if call.closed_at is None or call.closed_at < (call.opening.received_at or call.closed_at):
        return None
    try:
        values.disposition(call.disposition)
        return values.past("closed_at", call.closed_at)
    except InvalidField:
        return None


def _there(ids: Sequence[UUID]) -> dict[UUID, datetime]:
    """The contacts of these ids that are in the database, and when they were received."""
    found: dict[UUID, datetime] = {}
    most = connection.features.max_query_params or len(ids) or 1
    for start in range(0, len(ids), most):
        some = Contact.objects.filter(pk__in=ids[start : start + most])
        found.update(some.values_list("pk", "received_at"))
    return found


def _numbered(ordered: Sequence[Made]) -> list[tuple[Any, ...]]:
    """The contacts' rows with their numbers, in this order within each year."""
    following = numbering.take(Counter(made.year for made in ordered))
    year, serial = column(Contact, "year"), column(Contact, "serial")
    rows = []
    for made in ordered:
        row = list(made.contact)
        row[year], row[serial] = made.year, following[made.year]
        following[made.year] += 1
        rows.append(tuple(row))
    return rows
