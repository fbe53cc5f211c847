"""Invented engagements, one of each kind that matters; they name nobody, and no day is real."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID, uuid5

from django.utils import timezone

from safecall.contacts.actions import Actor
from safecall.engagements.actions import Said, record, take_step
from safecall.engagements.facts import Facts, Instrument, Predicate, Resources
from safecall.engagements.models import Engagement
from safecall.vocabulary.engagements import occasion, outcome

#: Their ids follow from their place below, so that a second run makes none twice.
_IDS: Final = UUID("0b5a3a55-7d2a-5c39-9a6e-8f0d3a1c7e11")
BY: Final = "Demo Records (demo data)"

_SUSPECT: Final = Facts(
    direction=occasion.Direction.OUTBOUND_CONTACT,
    authority=occasion.Authority.CBP_USBP,
    happened_at=datetime.min,  # noqa: DTZ901  set when it is made
    purpose_class=occasion.Purpose.CRIMINAL_INVESTIGATION,
    subject_role=occasion.SubjectRole.SUSPECT,
    subject_count=1,
    predicate=Predicate("609.52", occasion.OffenseLevel.FELONY, occasion.Stage.CHARGED, True),
    how_identified=occasion.Identified.COURT_RECORD,
    legal_basis=outcome.Basis.CRIMINAL_SUSPECT,
    actions_taken=frozenset({outcome.Action.TOLD_OF_SUSPECT}),
    custody_outcome=outcome.Custody.KEPT_ON_OWN_CHARGE,
    resources=Resources(people=1, minutes=20),
)
_DETAINER: Final = Facts(
    direction=occasion.Direction.INBOUND_REQUEST,
    authority=occasion.Authority.ICE_ERO,
    happened_at=datetime.min,  # noqa: DTZ901
    purpose_class=occasion.Purpose.CIVIL_IMMIGRATION,
    request_types=frozenset({occasion.RequestKind.DETAINER_HOLD}),
    instruments=(Instrument(occasion.InstrumentKind.I_247A, occasion.Signer.IMMIGRATION_OFFICER),),
    subject_role=occasion.SubjectRole.ARRESTEE,
    subject_count=1,
    decision=outcome.Decision.DECLINED,
    decline_reason=outcome.DeclineReason.NO_JUDICIAL_PAPER,
    legal_basis=outcome.Basis.NONE_DECLINED,
    custody_outcome=outcome.Custody.RELEASED,
)
_COURT: Final = replace(
    _DETAINER,
    authority=occasion.Authority.ICE_HSI,
    purpose_class=occasion.Purpose.CRIMINAL_INVESTIGATION,
    request_types=frozenset({occasion.RequestKind.CRIMINAL_WARRANT}),
    instruments=(
        Instrument(
            occasion.InstrumentKind.JUDICIAL_WARRANT, occasion.Signer.JUDGE, occasion.Court.FEDERAL
        ),
    ),
    decision=outcome.Decision.GRANTED_FULL,
    decline_reason=outcome.DeclineReason.NONE,
    legal_basis=outcome.Basis.JUDICIAL_WARRANT,
    actions_taken=frozenset({outcome.Action.SERVED_CRIMINAL_WARRANT}),
    custody_outcome=outcome.Custody.KEPT_ON_OWN_CHARGE,
)
#: How many days ago, what, and whether a second person approved it before.
MADE: Final = (
    (400, _SUSPECT, True),
    (190, _DETAINER, False),
    (75, _COURT, True),
    # One that breaks the promise, so that the page shows what a finding is.
    (3, replace(_DETAINER, actions_taken=frozenset({outcome.Action.NOTIFIED_RELEASE})), False),
)


def make_engagements() -> int:
    """Record what is missing; returns how many there are."""
    actor = Actor("system", BY)
    now = timezone.now()
    for place, (days, facts, approved) in enumerate(MADE):
        key = uuid5(_IDS, str(place))
        if Engagement.objects.filter(pk=key).exists():
            continue
        at = now - timedelta(days=days, hours=2)
        # Old ones as records of the past: nobody is late with what was invented today.
        source = occasion.Source.LIVE if days < 5 else occasion.Source.HISTORICAL_IMPORT
        before = Said(outcome.ApprovalState.APPROVED, at - timedelta(hours=1), "supervisor")
        row = record(
            actor,
            replace(facts, happened_at=at, source=source),
            approval=before if approved else None,
            record_id=key,
        )
        if facts.direction is occasion.Direction.OUTBOUND_CONTACT:
            _follow(actor, row, at)
    return Engagement.objects.count()


def _follow(actor: Actor, row: Engagement, at: datetime) -> None:
    """Both tracks go on, side by side."""
    day = timedelta(days=1)
    take_step(actor, row, outcome.Track.INVESTIGATION, outcome.Step.OPENED, at=at - 2 * day)
    take_step(actor, row, outcome.Track.AUTHORITY, outcome.Step.CONTACTED, at=at)
    take_step(actor, row, outcome.Track.AUTHORITY, outcome.Step.NO_ACTION, at=at + day)
    take_step(
        actor,
        row,
        outcome.Track.INVESTIGATION,
        outcome.Step.CLOSED,
        at=at + 60 * day,
        closing=outcome.Closing.CONVICTED,
    )
