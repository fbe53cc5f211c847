"""A department with some years behind it, for tests of figures. Everything is invented."""

from datetime import UTC, datetime, timedelta
from typing import Any

import time_machine

from safecall.contacts.actions import Actor, ContactOpening, open_contact
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.engagements import actions
from safecall.engagements.facts import Facts, Instrument, Predicate, Resources
from safecall.engagements.models import Engagement
from safecall.people.models import User
from safecall.vocabulary.engagements.occasion import (
    Authority,
    Direction,
    InstrumentKind,
    OffenseLevel,
    Purpose,
    RequestKind,
    Signer,
    Stage,
    SubjectRole,
)
from safecall.vocabulary.engagements.outcome import Action, Basis, Custody, Decision, DeclineReason

CRIME = Predicate("240", OffenseLevel.FELONY, Stage.PROBABLE_CAUSE, True)
#: Border Patrol is called about a suspect and takes custody with its own agents.
SUSPECT: dict[str, Any] = {
    "direction": Direction.OUTBOUND_CONTACT,
    "authority": Authority.CBP_USBP,
    "purpose_class": Purpose.CRIMINAL_INVESTIGATION,
    "subject_role": SubjectRole.SUSPECT,
    "subject_count": 1,
    "predicate": CRIME,
    "legal_basis": Basis.CRIMINAL_SUSPECT,
    "actions_taken": frozenset({Action.TOLD_OF_SUSPECT}),
    "custody_outcome": Custody.THEY_TOOK,
}
#: ICE sends a detainer, and the department says no.
DETAINER: dict[str, Any] = {
    "direction": Direction.INBOUND_REQUEST,
    "authority": Authority.ICE_ERO,
    "purpose_class": Purpose.CIVIL_IMMIGRATION,
    "request_types": frozenset({RequestKind.DETAINER_HOLD}),
    "instruments": (Instrument(InstrumentKind.I_247A, Signer.IMMIGRATION_OFFICER),),
    "subject_role": SubjectRole.ARRESTEE,
    "subject_count": 1,
    "decision": Decision.DECLINED,
    "decline_reason": DeclineReason.NO_JUDICIAL_PAPER,
    "legal_basis": Basis.NONE_DECLINED,
    "custody_outcome": Custody.RELEASED,
}
#: ICE asks for traffic control, and the department helps without a court's paper.
HELPED: dict[str, Any] = {
    "direction": Direction.INBOUND_REQUEST,
    "authority": Authority.ICE_ERO,
    "purpose_class": Purpose.CIVIL_IMMIGRATION,
    "request_types": frozenset({RequestKind.PERIMETER_OR_TRAFFIC}),
    "subject_role": SubjectRole.NO_INDIVIDUAL,
    "decision": Decision.GRANTED_FULL,
    "actions_taken": frozenset({Action.TRAFFIC_CONTROL}),
    "resources": Resources(4, 240, 2, 0),
}


def opened(point: AnsweringPoint, at: datetime, channel: str = "911", text: str = "") -> Contact:
    """A contact that opened at this moment."""
    with time_machine.travel(at, tick=False):
        opening = ContactOpening(channel, point, narrative=text)
        return open_contact(Actor.system("CAD"), opening).contact


def recorded(supervisor: User, day: str, what: dict[str, Any], **more: Any) -> Engagement:
    """An engagement that happened on this day and was recorded on the next."""
    at = datetime.fromisoformat(day).replace(hour=18, tzinfo=UTC)
    with time_machine.travel(at + timedelta(days=1), tick=False):
        facts = Facts(happened_at=at, **(what | more))
        return actions.record(Actor.staff(supervisor), facts)


def some_years(point: AnsweringPoint, supervisor: User) -> None:
    """2024 to 2026: 30, 20 and 10 contacts; two calls to Border Patrol, one detainer declined."""
    for year, count in ((2024, 30), (2025, 20), (2026, 10)):
        for number in range(count):
            at = datetime(year, 1 + number % 12, 3, 18, tzinfo=UTC)
            opened(point, at, "911" if number % 2 else "text")
    recorded(supervisor, "2024-05-06", SUSPECT)
    recorded(supervisor, "2025-09-15", SUSPECT)
    recorded(supervisor, "2026-02-09", DETAINER)
