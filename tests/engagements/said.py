"""Engagements that tests record. All invented."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from safecall.engagements.facts import Facts, Instrument, Predicate, TaskForce
from safecall.vocabulary.engagements import occasion, outcome


def about_a_suspect(at: datetime | None = None, **changes: Any) -> Facts:
    """The op-ed's case: Border Patrol is told of a suspect, and the investigation goes on."""
    said = Facts(
        direction=occasion.Direction.OUTBOUND_CONTACT,
        authority=occasion.Authority.CBP_USBP,
        happened_at=at or timezone.now() - timedelta(minutes=5),
        purpose_class=occasion.Purpose.CRIMINAL_INVESTIGATION,
        subject_role=occasion.SubjectRole.SUSPECT,
        subject_count=1,
        predicate=Predicate("609.52", occasion.OffenseLevel.FELONY, occasion.Stage.CHARGED, True),
        legal_basis=outcome.Basis.CRIMINAL_SUSPECT,
        actions_taken=frozenset({outcome.Action.TOLD_OF_SUSPECT}),
    )
    return replace(said, **changes)


def in_a_task_force(at: datetime | None = None, **changes: Any) -> Facts:
    """A joint task force on drugs, with Homeland Security Investigations, the DEA and a sheriff."""
    said = Facts(
        direction=occasion.Direction.JOINT_ACTIVITY,
        authority=occasion.Authority.ICE_HSI,
        happened_at=at or timezone.now() - timedelta(minutes=5),
        purpose_class=occasion.Purpose.CRIMINAL_INVESTIGATION,
        request_types=frozenset({occasion.RequestKind.JOINT_TASK_FORCE}),
        subject_role=occasion.SubjectRole.NO_INDIVIDUAL,
        legal_basis=outcome.Basis.TASK_FORCE,
        actions_taken=frozenset({outcome.Action.SENT_OFFICERS}),
        task_force=TaskForce(
            "lake-drugs",
            7,
            0,
            occasion.TaskForcePurpose.NARCOTICS,
            frozenset(
                {occasion.Agency.ICE_HSI, occasion.Agency.DEA, occasion.Agency.COUNTY_SHERIFF}
            ),
        ),
    )
    return replace(said, **changes)


def detainer(at: datetime | None = None, **changes: Any) -> Facts:
    """ICE asks to hold somebody, on its own paper; the department declines."""
    said = Facts(
        direction=occasion.Direction.INBOUND_REQUEST,
        authority=occasion.Authority.ICE_ERO,
        happened_at=at or timezone.now() - timedelta(minutes=5),
        purpose_class=occasion.Purpose.CIVIL_IMMIGRATION,
        request_types=frozenset({occasion.RequestKind.DETAINER_HOLD}),
        instruments=(
            Instrument(occasion.InstrumentKind.I_247A, occasion.Signer.IMMIGRATION_OFFICER),
        ),
        subject_role=occasion.SubjectRole.ARRESTEE,
        subject_count=1,
        decision=outcome.Decision.DECLINED,
        decline_reason=outcome.DeclineReason.NO_JUDICIAL_PAPER,
        legal_basis=outcome.Basis.NONE_DECLINED,
        custody_outcome=outcome.Custody.RELEASED,
    )
    return replace(said, **changes)
