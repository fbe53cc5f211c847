"""Engagements as they are sent and shown: codes, counts and times. No field takes free text."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from ninja import Schema
from pydantic import (
    BeforeValidator,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    StrictBool,
    StrictStr,
)
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_before_validator_function

from safecall.api.schemas import Moment, Sent
from safecall.vocabulary.coded import Coded
from safecall.vocabulary.engagements import occasion, outcome


@dataclass(frozen=True, slots=True)
class OneOf:
    """Takes a code of this list alone, and repeats none that it refuses. `empty`: or nothing."""

    kind: type[Coded]
    empty: bool = False

    @property
    def codes(self) -> list[str]:
        """What may be sent."""
        return [one.value for one in self.kind if one.value] + ([""] if self.empty else [])

    def __get_pydantic_core_schema__(
        self, source: Any, handler: GetCoreSchemaHandler
    ) -> CoreSchema:
        """Pydantic's hook: the check, before all else."""
        return no_info_before_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(
        self, _schema: CoreSchema, _handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Pydantic's hook: the codes, for the documentation."""
        return {"type": "string", "enum": self.codes}

    def _check(self, value: Any) -> Any:
        if not isinstance(value, str) or value not in self.codes:
            raise ValueError("choose a code from the list of this field")
        return value


def _whole(value: Any) -> Any:
    """JSON has one kind of number, so 3.0 is whole; true and "3" are not numbers."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, bool | str):
        raise ValueError("a whole number is wanted")  # noqa: TRY004  pydantic takes ValueError
    return value


Count = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=10_000)]
Minutes = Annotated[int, BeforeValidator(_whole), Field(ge=0, le=10_000_000)]


class InstrumentIn(Sent):
    """A paper. It is a court's only if it names a court and a judge or magistrate signed it."""

    kind: Annotated[str, OneOf(occasion.InstrumentKind)]
    signed_by: Annotated[str, OneOf(occasion.Signer)] = occasion.Signer.UNSIGNED.value
    issuing_court: Annotated[str, OneOf(occasion.Court, empty=True)] = ""


class FactsIn(Sent):
    """What happened. Whatever happened can be recorded; what breaks the promise is a finding."""

    direction: Annotated[str, OneOf(occasion.Direction)]
    authority: Annotated[str, OneOf(occasion.Authority)]
    happened_at: Moment
    purpose_class: Annotated[str, OneOf(occasion.Purpose)]
    subject_role: Annotated[str, OneOf(occasion.SubjectRole)]
    request_types: Annotated[
        list[Annotated[str, OneOf(occasion.RequestKind)]], Field(max_length=40)
    ] = []
    instruments: Annotated[list[InstrumentIn], Field(max_length=20)] = []
    subject_count: Count = 0
    offense_code: Annotated[
        StrictStr, Field(max_length=12, description="The statute's or NIBRS' number, as 609.52")
    ] = ""
    offense_level: Annotated[str, OneOf(occasion.OffenseLevel, empty=True)] = ""
    stage: Annotated[str, OneOf(occasion.Stage, empty=True)] = ""
    investigation_continues: StrictBool | None = None
    how_identified: Annotated[str, OneOf(occasion.Identified)] = "not_applicable"
    decision: Annotated[str, OneOf(outcome.Decision, empty=True)] = ""
    decline_reason: Annotated[str, OneOf(outcome.DeclineReason, empty=True)] = ""
    decided_at: Moment | None = None
    legal_basis: Annotated[str, OneOf(outcome.Basis)] = "unknown"
    actions_taken: Annotated[list[Annotated[str, OneOf(outcome.Action)]], Field(max_length=40)] = []
    custody_outcome: Annotated[str, OneOf(outcome.Custody)] = "not_in_custody"
    custody_event_at: Moment | None = None
    custody_received_by: Annotated[str, OneOf(outcome.Receiver, empty=True)] = ""
    held_beyond_release: StrictBool = False
    held_minutes: Minutes = 0
    subject_notice: Annotated[str, OneOf(outcome.Notice)] = "not_applicable"
    interview_consent: Annotated[str, OneOf(outcome.Consent)] = "not_applicable"
    people: Count = 0
    minutes: Minutes = 0
    vehicles: Count = 0
    facilities: Annotated[int, BeforeValidator(_whole), Field(ge=0, le=1_000)] = 0
    task_force: Annotated[StrictStr, Field(pattern=r"^([a-z][a-z0-9-]{1,39})?$")] = ""
    task_force_purpose: Annotated[
        str,
        OneOf(occasion.TaskForcePurpose, empty=True),
        Field(description="Where immigration is one of several: border_or_immigration_crime"),
    ] = ""
    task_force_agencies: Annotated[
        list[Annotated[str, OneOf(occasion.Agency)]],
        Field(max_length=40, description="Every kind of agency in it; kinds, no names"),
    ] = []
    task_force_arrests: Minutes = 0
    task_force_immigration_arrests: Minutes = 0
    exigency_code: Annotated[str, OneOf(outcome.Exigency, empty=True)] = ""


class ApprovalIn(Sent):
    """What a second person said there, before or after."""

    state: Literal["approved", "refused"]
    at: Moment
    role: Annotated[StrictStr, Field(pattern=r"^[a-z][a-z_]{1,11}$", description="as sergeant")]


class EngagementIn(FactsIn):
    """A record, with the approval that it has already and the contact that it belongs to."""

    contact: UUID | None = None
    approval: ApprovalIn | None = None


class StepIn(Sent):
    """A step on one of the two tracks; one track's step never counts for the other."""

    track: Annotated[str, OneOf(outcome.Track)]
    step: Annotated[str, OneOf(outcome.Step)]
    closing: Annotated[str, OneOf(outcome.Closing, empty=True)] = ""
    at: Moment | None = None


class FindingOut(Schema):
    """What breaks the promise, whether it stands, and what to do next."""

    code: str
    raised_at: datetime
    settled_at: datetime | None
    do_next: str


class StepOut(Schema):
    """A step on one of the tracks."""

    track: str
    step: str
    closing: str
    at: datetime


class ApprovalOut(Schema):
    """What a second person said."""

    state: str
    at: datetime | None
    role: str


class EngagementOut(Schema):
    """An engagement: what holds now, both tracks, approval and findings."""

    id: UUID
    number: str
    version: int
    source: str
    recorded_at: datetime
    contact: UUID | None
    facts: dict[str, Any]
    steps: list[StepOut]
    approvals: list[ApprovalOut]
    findings: list[FindingOut]


class EngagementListedOut(Schema):
    """An engagement as lists show it."""

    id: UUID
    number: str
    version: int
    happened_at: datetime
    direction: str
    authority: str
    decision: str
    findings: list[str]


class EngagementsOut(Schema):
    """A page of them, the newest event first; `more` says that others follow."""

    engagements: list[EngagementListedOut]
    more: bool
