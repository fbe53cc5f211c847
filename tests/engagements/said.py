"""Engagements that tests record. All invented."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from safecall.engagements.facts import Facts, Instrument, Predicate
from safecall.vocabulary import engagements as words


def about_a_suspect(at: datetime | None = None, **changes: Any) -> Facts:
    """The op-ed's case: Border Patrol is told of a suspect, and the investigation goes on."""
    said = Facts(
        direction=words.Direction.OUTBOUND_CONTACT,
        authority=words.Authority.CBP_USBP,
        happened_at=at or timezone.now() - timedelta(minutes=5),
        purpose_class=words.Purpose.CRIMINAL_INVESTIGATION,
        subject_role=words.SubjectRole.SUSPECT,
        subject_count=1,
        predicate=Predicate("609.52", words.OffenseLevel.FELONY, words.Stage.CHARGED, True),
        legal_basis=words.Basis.CRIMINAL_SUSPECT,
        actions_taken=frozenset({words.Action.TOLD_OF_SUSPECT}),
    )
    return replace(said, **changes)


def detainer(at: datetime | None = None, **changes: Any) -> Facts:
    """ICE asks to hold somebody, on its own paper; the department declines."""
    said = Facts(
        direction=words.Direction.INBOUND_REQUEST,
        authority=words.Authority.ICE_ERO,
        happened_at=at or timezone.now() - timedelta(minutes=5),
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
    return replace(said, **changes)
