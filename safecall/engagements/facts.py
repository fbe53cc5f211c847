"""What is said of one engagement: every door fills these, findings read them. No Django.

Everything that can have happened can be said here, also what should not have happened: a form that
refuses a forbidden engagement hides it. There is no place for a name, a date of birth, a number of
a person, an origin or a status, nor for free text.
"""

from dataclasses import dataclass, field
from datetime import datetime

from safecall.vocabulary.engagements.occasion import (
    Agency,
    Authority,
    Court,
    Direction,
    Identified,
    InstrumentKind,
    OffenseLevel,
    Purpose,
    RequestKind,
    Signer,
    Source,
    Stage,
    SubjectRole,
    TaskForcePurpose,
)
from safecall.vocabulary.engagements.outcome import (
    Action,
    ApprovalState,
    Basis,
    Closing,
    Consent,
    Custody,
    Decision,
    DeclineReason,
    Exigency,
    Notice,
    Receiver,
    Step,
    Track,
)

#: What only a court of the judiciary can issue.
_OF_A_COURT = frozenset(
    {
        InstrumentKind.JUDICIAL_WARRANT,
        InstrumentKind.JUDICIAL_SUBPOENA,
        InstrumentKind.COURT_ORDER,
    }
)
_COURTS = frozenset({Court.FEDERAL, Court.STATE, Court.TRIBAL})


@dataclass(frozen=True, slots=True)
class Instrument:
    """A paper that was shown."""

    kind: InstrumentKind
    signed_by: Signer = Signer.UNSIGNED
    issuing_court: Court = Court.NONE

    @property
    def judicial(self) -> bool:
        """A court of the judiciary is named *and* a judge signed. A title alone is not enough."""
        return (
            self.kind in _OF_A_COURT
            and self.signed_by is Signer.JUDGE
            and self.issuing_court in _COURTS
        )


@dataclass(frozen=True, slots=True)
class Resources:
    """What the department spent: people, their minutes together, vehicles, rooms lent."""

    people: int = 0
    minutes: int = 0
    vehicles: int = 0
    facilities: int = 0


@dataclass(frozen=True, slots=True)
class Predicate:
    """The crime that the department investigates. `continues` None: nobody said."""

    offense_code: str = ""
    offense_level: OffenseLevel = OffenseLevel.NONE
    stage: Stage = Stage.NONE
    continues: bool | None = None


@dataclass(frozen=True, slots=True)
class TaskForce:
    """A joint task force by its code: what for, with whom, the arrests of this record.

    Source: California Government Code 7284.6(c).
    """

    code: str = ""
    arrests: int = 0
    immigration_arrests: int = 0
    purpose: TaskForcePurpose = TaskForcePurpose.NONE
    agencies: frozenset[Agency] = frozenset()


@dataclass(frozen=True, slots=True)
class Facts:
    """One communication, request or joint act, in either direction, declines included.

    `happened_at` is aware. `held_minutes` are minutes past the time at which anyone else would have
    been released.
    """

    direction: Direction
    authority: Authority
    happened_at: datetime
    purpose_class: Purpose
    request_types: frozenset[RequestKind] = frozenset()
    instruments: tuple[Instrument, ...] = ()
    subject_role: SubjectRole = SubjectRole.UNKNOWN
    subject_count: int = 0
    predicate: Predicate = field(default_factory=Predicate)
    how_identified: Identified = Identified.NOT_APPLICABLE
    decision: Decision = Decision.NOT_APPLICABLE
    decline_reason: DeclineReason = DeclineReason.NONE
    decided_at: datetime | None = None
    legal_basis: Basis = Basis.UNKNOWN
    actions_taken: frozenset[Action] = frozenset()
    custody_outcome: Custody = Custody.NOT_IN_CUSTODY
    custody_event_at: datetime | None = None
    custody_received_by: Receiver = Receiver.NONE
    held_beyond_release: bool = False
    held_minutes: int = 0
    subject_notice: Notice = Notice.NOT_APPLICABLE
    interview_consent: Consent = Consent.NOT_APPLICABLE
    resources: Resources = field(default_factory=Resources)
    task_force: TaskForce = field(default_factory=TaskForce)
    exigency: Exigency = Exigency.NONE
    source: Source = Source.LIVE

    @property
    def judicial(self) -> bool:
        """Whether one of the papers is a court's."""
        return any(one.judicial for one in self.instruments)


@dataclass(frozen=True, slots=True)
class Plan:
    """What somebody wants to do, and asks a second person about before it happens."""

    authority: Authority
    direction: Direction
    subject_role: SubjectRole
    offense_level: OffenseLevel = OffenseLevel.NONE
    stage: Stage = Stage.NONE


@dataclass(frozen=True, slots=True)
class Approval:
    """What a second person said, and when. `own`: the same person who recorded it."""

    state: ApprovalState
    at: datetime
    own: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """A step that was taken on one of the tracks."""

    track: Track
    step: Step
    at: datetime
    closing: Closing = Closing.NONE


@dataclass(frozen=True, slots=True)
class Course:
    """What happened around the record: when it was made, approvals and steps, and the time now."""

    recorded_at: datetime
    now: datetime
    approvals: tuple[Approval, ...] = ()
    steps: tuple[Taken, ...] = ()
