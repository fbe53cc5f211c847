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
from safecall.vocabulary import engagements as words

#: Their ids follow from their place below, so that a second run makes none twice.
_IDS: Final = UUID("0b5a3a55-7d2a-5c39-9a6e-8f0d3a1c7e11")
BY: Final = "Demo Records (demo data)"

_SUSPECT: Final = Facts(
    direction=words.Direction.OUTBOUND_CONTACT,
    authority=words.Authority.CBP_USBP,
    happened_at=datetime.min,  # noqa: DTZ901  set when it is made
    purpose_class=words.Purpose.CRIMINAL_INVESTIGATION,
    subject_role=words.SubjectRole.SUSPECT,
    subject_count=1,
    predicate=Predicate("609.52", words.OffenseLevel.FELONY, words.Stage.CHARGED, True),
    how_identified=words.Identified.COURT_RECORD,
    legal_basis=words.Basis.CRIMINAL_SUSPECT,
    actions_taken=frozenset({words.Action.TOLD_OF_SUSPECT}),
    custody_outcome=words.Custody.KEPT_ON_OWN_CHARGE,
    resources=Resources(people=1, minutes=20),
)
_DETAINER: Final = Facts(
    direction=words.Direction.INBOUND_REQUEST,
    authority=words.Authority.ICE_ERO,
    happened_at=datetime.min,  # noqa: DTZ901
    purpose_class=words.Purpose.CIVIL_IMMIGRATION,
    request_types=frozenset({words.RequestKind.DETAINER_HOLD}),
    instruments=(Instrument(words.InstrumentKind.I_247A, words.Signer.IMMIGRATION_OFFICER),),
    subject_role=words.SubjectRole.ARRESTEE,
    subject_count=1,
    decision=words.Decision.DECLINED,
    decline_reason=words.DeclineReason.NO_JUDICIAL_PAPER,
    legal_basis=words.Basis.NONE_DECLINED,
    custody_outcome=words.Custody.RELEASED,
)
_COURT: Final = replace(
    _DETAINER,
    authority=words.Authority.ICE_HSI,
    purpose_class=words.Purpose.CRIMINAL_INVESTIGATION,
    request_types=frozenset({words.RequestKind.CRIMINAL_WARRANT}),
    instruments=(
        Instrument(words.InstrumentKind.JUDICIAL_WARRANT, words.Signer.JUDGE, words.Court.FEDERAL),
    ),
    decision=words.Decision.GRANTED_FULL,
    decline_reason=words.DeclineReason.NONE,
    legal_basis=words.Basis.JUDICIAL_WARRANT,
    actions_taken=frozenset({words.Action.SERVED_CRIMINAL_WARRANT}),
    custody_outcome=words.Custody.KEPT_ON_OWN_CHARGE,
)
#: How many days ago, what, and whether a second person approved it before.
MADE: Final = (
    (400, _SUSPECT, True),
    (190, _DETAINER, False),
    (75, _COURT, True),
    # One that breaks the promise, so that the page shows what a finding is.
    (3, replace(_DETAINER, actions_taken=frozenset({words.Action.NOTIFIED_RELEASE})), False),
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
        source = words.Source.LIVE if days < 5 else words.Source.HISTORICAL_IMPORT
        before = Said(words.ApprovalState.APPROVED, at - timedelta(hours=1), "supervisor")
        row = record(
            actor,
            replace(facts, happened_at=at, source=source),
            approval=before if approved else None,
            record_id=key,
        )
        if facts.direction is words.Direction.OUTBOUND_CONTACT:
            _follow(actor, row, at)
    return Engagement.objects.count()


def _follow(actor: Actor, row: Engagement, at: datetime) -> None:
    """Both tracks go on, side by side."""
    day = timedelta(days=1)
    take_step(actor, row, words.Track.INVESTIGATION, words.Step.OPENED, at=at - 2 * day)
    take_step(actor, row, words.Track.AUTHORITY, words.Step.CONTACTED, at=at)
    take_step(actor, row, words.Track.AUTHORITY, words.Step.NO_ACTION, at=at + day)
    take_step(
        actor,
        row,
        words.Track.INVESTIGATION,
        words.Step.CLOSED,
        at=at + 60 * day,
        closing=words.Closing.CONVICTED,
    )
