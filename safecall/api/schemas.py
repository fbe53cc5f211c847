"""What is sent and what comes back, as closed schemas: a field that is not listed is refused."""

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import (
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictFloat,
    StrictStr,
    WithJsonSchema,
)

from safecall.vocabulary import dispositions, incident_types
from safecall.vocabulary.unit_status import Step

Channel = Literal["911", "non_emergency", "text", "web", "counter", "officer"]
State = Literal["received", "answered", "closed"]


def _whole(value: Any) -> Any:
    """JSON has one kind of number, so 3.0 is whole; true and "3" are not numbers."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool | str):
        raise ValueError("a whole number is wanted")  # noqa: TRY004  pydantic takes ValueError
    return value


def _text(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("a text is wanted")  # noqa: TRY004
    return value


def _one_of(known: frozenset[str], what: str) -> BeforeValidator:
    def check(value: Any) -> Any:
        if not isinstance(value, str) or value not in known:
            raise ValueError(f"choose a code from the list of {what}")
        return value

    return BeforeValidator(check)


_TYPES = ["", *incident_types.BY_CODE]
_STEPS = [step.value for step in Step]
_DISPOSITIONS = list(dispositions.BY_CODE)

Moment = Annotated[AwareDatetime, BeforeValidator(_text)]
Priority = Annotated[int, BeforeValidator(_whole), Field(ge=1, le=5)]
Degrees = Annotated[StrictFloat, Field(allow_inf_nan=False)]
IncidentType = Annotated[
    str,
    _one_of(frozenset(_TYPES), "incident types"),
    WithJsonSchema({"type": "string", "enum": _TYPES}),
]
Disposition = Annotated[
    str,
    _one_of(frozenset(_DISPOSITIONS), "dispositions"),
    WithJsonSchema({"type": "string", "enum": _DISPOSITIONS}),
]
UnitStep = Annotated[
    str,
    _one_of(frozenset(_STEPS), "unit statuses"),
    WithJsonSchema({"type": "string", "enum": _STEPS}),
]
LanguageTag = Annotated[
    StrictStr, Field(pattern=r"^([a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?)?$")
]
SourceNumber = Annotated[StrictStr, Field(pattern=r"^([A-Za-z0-9][A-Za-z0-9 ._/-]{0,39})?$")]
Code = Annotated[StrictStr, Field(max_length=40)]


class Sent(BaseModel):
    """A body that is sent; nothing that is not listed is taken.

    Pydantic's own base: ninja's adds a step for reading attributes, which costs and is not needed.
    """

    model_config = ConfigDict(extra="forbid")


class PlaceIn(Sent):
    """Where help is wanted: words, coordinates (WGS 84 degrees), or both."""

    words: Annotated[StrictStr, Field(max_length=500)] = ""
    latitude: Annotated[Degrees, Field(ge=-90, le=90)] | None = None
    longitude: Annotated[Degrees, Field(ge=-180, le=180)] | None = None


class ConcernIn(Sent):
    """Whom the caller wants helped; for somebody else: who, and where they are."""

    for_whom: Literal["self", "other"] = "self"
    who: Annotated[StrictStr, Field(max_length=500)] = ""
    where: Annotated[StrictStr, Field(max_length=500)] = ""


class OpeningIn(Sent):
    """A new contact. Only `channel` has to be known: help never waits for a field."""

    channel: Channel
    answering_point: Code = ""
    received_at: Moment | None = None
    answered_at: Moment | None = None
    place: PlaceIn = PlaceIn()
    callback: Annotated[StrictStr, Field(max_length=200)] = ""
    caller_name: Annotated[StrictStr, Field(max_length=200)] = ""
    concern: ConcernIn = ConcernIn()
    incident_type: IncidentType = ""
    priority: Priority | None = None
    language: LanguageTag = ""
    source_number: SourceNumber = ""
    narrative: Annotated[StrictStr, Field(max_length=20_000)] = ""


class ChangesIn(Sent):
    """The fields to change; those left out stay as they are. `null` changes nothing either."""

    place: PlaceIn | None = None
    callback: Annotated[StrictStr, Field(max_length=200)] | None = None
    caller_name: Annotated[StrictStr, Field(max_length=200)] | None = None
    concern: ConcernIn | None = None
    incident_type: IncidentType | None = None
    priority: Priority | None = None
    language: LanguageTag | None = None


class NoteIn(Sent):
    """A narrative note. It is screened before it is kept, and never edited afterwards."""

    text: Annotated[StrictStr, Field(min_length=1, max_length=20_000)]


class ClosingIn(Sent):
    """How the contact ended; `at` is for history from another system."""

    disposition: Disposition
    at: Moment | None = None


class TransferIn(Sent):
    """The code of the answering point that takes over."""

    answering_point: Annotated[StrictStr, Field(min_length=1, max_length=40)]


class AssignmentIn(Sent):
    """The callsign of the unit to send."""

    unit: Annotated[StrictStr, Field(min_length=1, max_length=12)]


class UnitStatusIn(Sent):
    """The next step of a unit's response (APCO 1.116 secondary status)."""

    status: UnitStep


class Removed(Schema):
    """How many findings the guard took out, by kind. The words themselves are nowhere."""

    removed: dict[str, int]
    not_kept: list[str]


class OpenedOut(Removed):
    """The contact that was opened. `number` comes milliseconds later: ask for it then."""

    id: UUID
    number: str | None
    state: State
    version: int
    incident_type: str
    priority: int
    received_at: datetime


class NoteOut(Schema):
    """The note that was kept."""

    id: int
    contact: UUID
    removed: dict[str, int]
    mentions_authority: bool


class PlaceOut(Schema):
    """Where help is wanted, the words as the guard left them."""

    words: str
    latitude: float | None
    longitude: float | None


class ListedOut(Schema):
    """A contact without anything personal."""

    id: UUID
    number: str | None
    state: State
    version: int
    channel: Channel
    agency: str
    answering_point: str
    opened_at: datetime
    received_at: datetime
    answered_at: datetime | None
    closed_at: datetime | None
    place: PlaceOut
    incident_type: str
    priority: int
    language: str
    source_number: str
    disposition: str


class AssignmentOut(Schema):
    """One unit's response."""

    id: int
    unit: str
    status: str
    assigned_at: datetime
    enroute_at: datetime | None
    on_scene_at: datetime | None
    ended_at: datetime | None


class ConcernOut(Schema):
    """Whom the caller wants helped."""

    for_whom: Literal["self", "other"]
    who: str
    where: str


class KeptNoteOut(Schema):
    """A note as it was kept."""

    id: int
    at: datetime
    by: str
    text: str
    removed: int


class ContactOut(ListedOut):
    """A contact with everything that is kept of it."""

    callback: str
    caller_name: str
    concern: ConcernOut
    notes: list[KeptNoteOut]
    units: list[AssignmentOut]


class ChangedOut(Schema):
    """A contact after an act on it."""

    id: UUID
    number: str | None
    state: State
    version: int
    removed: dict[str, int]


class PageOut(Schema):
    """Contacts, newest first. `next` is the cursor of the page after this one, null at the end."""

    contacts: list[ListedOut]
    next: str | None


class EntryOut(Schema):
    """One entry of a registry."""

    code: str
    label: str


class IncidentTypeOut(EntryOut):
    """An incident type with its family and the priority that it starts with (1 to 5)."""

    family: str
    priority: int


class LanguageOut(Schema):
    """A language by its BCP 47 tag, with its own name."""

    tag: str
    english: str
    endonym: str
    direction: str


class FieldErrorOut(Schema):
    """A value that cannot be taken."""

    pointer: str
    detail: str


class ProblemOut(Schema):
    """Problem details, RFC 9457. No member repeats what was sent."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[FieldErrorOut] = []
