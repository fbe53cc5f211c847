"""Opening a contact: where counting begins."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from safecall.contacts import numbering
from safecall.contacts.actions import values
from safecall.contacts.actions.base import Actor, Data, InvalidField, record
from safecall.contacts.actions.notes import note_data, note_row
from safecall.contacts.actions.text import TextDoor
from safecall.contacts.models import Agency, AnsweringPoint, Contact, Note
from safecall.contacts.workflow import Act, State
from safecall.guard import Finding, Screened
from safecall.privacy.rows import insert, insert_instance, together

# Django gathers the values of choices anew each time that they are asked for.
_CHANNELS: Final = tuple(Contact.Channel.values)
_FOR_WHOM: Final = tuple(Contact.ForWhom.values)


@dataclass(frozen=True, slots=True)
class Place:
    """Where help is needed: words, or WGS 84 degrees, or both."""

    words: str = ""
    lat: float | None = None
    lon: float | None = None


@dataclass(frozen=True, slots=True)
class Concern:
    """For whom: the caller, or someone whom the caller is concerned about."""

    for_whom: str = "self"
    who: str = ""
    where: str = ""


@dataclass(frozen=True, slots=True)
class ContactOpening:
    """What is known when a contact opens. Only the channel and the answering point must be."""

    channel: str
    answering_point: AnsweringPoint
    agency: Agency | None = None
    received_at: datetime | None = None
    answered: bool = False
    answered_at: datetime | None = None
    place: Place = field(default_factory=Place)
    callback: str = ""
    caller_name: str = ""
    concern: Concern = field(default_factory=Concern)
    incident_type: str = ""
    priority: int | None = None
    language: str = ""
    source_number: str = ""
    narrative: str = ""
    id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Opened:
    """`not_kept` names the texts that could not be kept because the guard was not available."""

    contact: Contact
    removed: tuple[Finding, ...]
    not_kept: tuple[str, ...]

    @property
    def narrative_kept(self) -> bool:
        """False where the note has to be asked for again."""
        return "narrative" not in self.not_kept


def open_contact(actor: Actor, opening: ContactOpening) -> Opened:
    """Open a contact, with its first note if there is one.

    Raises `InvalidField`. A guard that cannot load does not hold up the contact: see `Opened`.
    """
    door = TextDoor(open_for_safety=True)
    now = timezone.now()
    contact = new_contact(opening, door, now, actor)
    acts = [(Act.OPEN, opening_data(contact))]
    narrative = door.keep("narrative", opening.narrative)
    with together():
        insert_instance(contact)
        if isinstance(narrative, Screened):
            row = note_row(contact, actor, narrative, now)
            insert(Note, [row])
            acts.append((Act.NOTE, note_data(row)))
        record(contact, actor, acts, now, door.findings)
        transaction.on_commit(numbering.worker.wake)
    return Opened(contact, door.removed, tuple(door.not_kept))


def opening_data(contact: Contact) -> Data:
    """What the history says of an opening."""
    data: Data = {
        "channel": contact.channel,
        "incident_type": contact.incident_type,
        "priority": contact.priority,
    }
    if contact.answered_at:
        data["answered"] = True
    return data


def new_contact(opening: ContactOpening, door: TextDoor, now: datetime, actor: Actor) -> Contact:
    """The contact, checked and screened, not yet in the database.

    Raises `InvalidField`, and `guard.GuardUnavailable` where the door does.
    """
    lat, lon = values.coordinates(opening.place.lat, opening.place.lon)
    code = values.incident_type(opening.incident_type)
    contact = Contact(
        id=opening.id or uuid4(),
        channel=_choice("channel", opening.channel, _CHANNELS),
        answering_point=opening.answering_point,
        agency_id=opening.agency.pk if opening.agency else opening.answering_point.agency_id,
        opened_at=now,
        received_at=values.past("received_at", opening.received_at or now),
        place_words=door.words("place", opening.place.words),
        latitude=lat,
        longitude=lon,
        callback=door.callback(opening.callback),
        caller_name=door.words("caller_name", opening.caller_name),
        for_whom=_choice("for_whom", opening.concern.for_whom, _FOR_WHOM),
        concern_who=door.words("concern_who", opening.concern.who),
        concern_where=door.words("concern_where", opening.concern.where),
        incident_type=code,
        priority=values.start_priority(code)
        if opening.priority is None
        else values.priority(opening.priority),
        language=values.language(opening.language),
        source_number=values.source_number(opening.source_number),
        opened_by=actor.user,
    )
    if opening.answered or opening.answered_at:
        mark_answered(contact, opening.answered_at or now)
    return contact


def mark_answered(contact: Contact, at: datetime) -> None:
    """Set the answer's time and how long the caller waited for it, in milliseconds."""
    waited = values.past("answered_at", at) - contact.received_at
    if waited.total_seconds() < 0:
        raise InvalidField("answered_at", "A contact cannot be answered before it was received.")
    contact.state = State.ANSWERED.value
    contact.answered_at = at
    contact.answer_ms = min(int(waited.total_seconds() * 1000), 2_147_483_647)


def _choice(name: str, value: str, allowed: tuple[str, ...]) -> str:
    if value not in allowed:
        raise InvalidField(name, f"Choose one of: {', '.join(allowed)}.")
    return value
