"""What fills the fields of the forms: each a small function over the records of the period.

An answer is a count, a list of rows of codes, or why there is none. Rows carry the record's number,
days, codes and counts; never a name, an identifier, a status, a language or free text.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils import timezone

from safecall.accountability.figures.engagements import GRANTED, Engaged
from safecall.vocabulary.engagements.occasion import (
    Agency,
    Authority,
    Direction,
    InstrumentKind,
    Purpose,
    RequestKind,
)
from safecall.vocabulary.engagements.outcome import Action, Custody, Decision

Row = dict[str, Any]
Answer = int | list[Row]


#: The Department of Homeland Security and its parts.
DHS: Final = frozenset(
    {
        Authority.CBP_USBP, Authority.CBP_OFO, Authority.CBP_AMO, Authority.ICE_ERO,
        Authority.ICE_HSI, Authority.ICE_OTHER, Authority.USCIS, Authority.DHS_OTHER,
    }
)  # fmt: skip
ICE: Final = frozenset({Authority.ICE_ERO, Authority.ICE_HSI, Authority.ICE_OTHER})
_DETAINERS: Final = frozenset({InstrumentKind.I_247A})
_CIVIL_WARRANTS: Final = frozenset(
    {InstrumentKind.I_200, InstrumentKind.I_205, InstrumentKind.NCIC_ADMINISTRATIVE}
)
#: What gives an authority access to somebody.
_ACCESS: Final = frozenset(
    {
        Action.GAVE_INTERVIEW, Action.GAVE_AREA_ACCESS, Action.GAVE_DATABASE_ACCESS,
        Action.NOTIFIED_RELEASE, Action.TRANSFERRED, Action.HELD, Action.GAVE_PERSONAL_INFORMATION,
    }
)  # fmt: skip
_TRANSFERRED: Final = frozenset({Custody.WE_TRANSFERRED})


def requests(found: Sequence[Engaged]) -> list[Engaged]:
    """Every request that came in."""
    return [one for one in found if one.direction == Direction.INBOUND_REQUEST]


def dhs_requests(found: Sequence[Engaged]) -> list[Engaged]:
    """Every request of the Department of Homeland Security."""
    return [one for one in requests(found) if one.authority in DHS]


def federal_civil_requests(found: Sequence[Engaged]) -> list[Engaged]:
    """Every request of a federal agency, but those that a crime alone was about."""
    return [
        one
        for one in requests(found)
        if one.authority != Authority.DELEGATED_287G
        and one.purpose not in (Purpose.CRIMINAL_INVESTIGATION, Purpose.PROTECTION)
    ]


def detainers(found: Sequence[Engaged]) -> list[Engaged]:
    """Every detainer: the paper, or the request to hold without one."""
    return [
        one
        for one in requests(found)
        if RequestKind.DETAINER_HOLD in one.asked_for
        or any(paper.kind in _DETAINERS for paper in one.papers)
    ]


def detainers_and_civil_warrants(found: Sequence[Engaged]) -> list[Engaged]:
    """Every detainer, and every warrant that no judge signed."""
    known = detainers(found)
    return [
        one
        for one in requests(found)
        if one in known
        or RequestKind.CIVIL_WARRANT in one.asked_for
        or any(paper.kind in _CIVIL_WARRANTS for paper in one.papers)
    ]


def assistance(found: Sequence[Engaged]) -> list[Engaged]:
    """Every instance of help to civil immigration enforcement, whoever began it."""
    return [
        one
        for one in found
        if one.purpose == Purpose.CIVIL_IMMIGRATION
        and (one.actions or one.decision in GRANTED or one.direction == Direction.JOINT_ACTIVITY)
    ]


def transfers(found: Sequence[Engaged]) -> list[Engaged]:
    """Every time that the department handed somebody over."""
    return [
        one for one in found if one.custody in _TRANSFERRED or Action.TRANSFERRED in one.actions
    ]


def held(found: Sequence[Engaged]) -> list[Engaged]:
    """Every time that somebody was held for an authority or past release."""
    return [
        one
        for one in found
        if one.held or one.custody == Custody.HELD_FOR_THEM or Action.HELD in one.actions
    ]


def ice_access(found: Sequence[Engaged]) -> list[Engaged]:
    """Every time that ICE was given access to somebody."""
    return [one for one in found if one.authority in ICE and one.actions & _ACCESS]


def decided(found: Iterable[Engaged], *decisions: Decision) -> int:
    """How many of these were decided so."""
    return sum(one.decision in decisions for one in found)


def request_rows(found: Iterable[Engaged]) -> list[Row]:
    """Each request, and how it was addressed."""
    return [
        {
            "record": one.number,
            "received": _day(one.happened_at),
            "authority": one.authority,
            "asked_for": sorted(one.asked_for),
            "decision": one.decision,
            "decline_reason": one.decline_reason,
            "basis": one.basis,
            "decided": _day(one.decided_at),
        }
        for one in found
    ]


def detainer_rows(found: Iterable[Engaged]) -> list[Row]:
    """Each detainer or civil warrant: received, what became of the custody, when, to whom."""
    return [
        {
            "record": one.number,
            "papers": sorted({paper.kind for paper in one.papers}),
            "received": _day(one.happened_at),
            "decision": one.decision,
            "custody": one.custody,
            "custody_on": _day(one.custody_at),
            "received_by": one.received_by,
            "held_minutes": one.held_minutes,
        }
        for one in found
    ]


def transfer_rows(found: Iterable[Engaged]) -> list[Row]:
    """Each transfer, and the offence that allowed it."""
    return [
        {
            "record": one.number,
            "on": _day(one.custody_at or one.happened_at),
            "authority": one.authority,
            "offense_code": one.offense_code,
            "offense_level": one.offense_level,
            "basis": one.basis,
        }
        for one in found
    ]


def assistance_rows(found: Iterable[Engaged]) -> list[Row]:
    """Each instance of help: what was done, on what basis, at what cost."""
    return [
        {
            "record": one.number,
            "on": _day(one.happened_at),
            "authority": one.authority,
            "asked_for": sorted(one.asked_for),
            "actions": sorted(one.actions),
            "basis": one.basis,
            "people": one.people,
            "minutes": one.minutes,
            "vehicles": one.vehicles,
            "facilities": one.facilities,
        }
        for one in found
    ]


def task_force_rows(found: Iterable[Engaged]) -> list[Row]:
    """Each joint task force: purposes, agencies, arrests in all and for immigration.

    Records that say something of a task force and no code stand together under an empty one. A
    request to join one that was declined is none of ours.
    """
    forces: dict[str, list[Engaged]] = {}
    for one in found:
        if one.in_task_force and one.engaged:
            forces.setdefault(one.task_force, []).append(one)
    return [
        {
            "task_force": code,
            "purposes": sorted({one.task_force_purpose for one in those} - {""}),
            "agencies": _agencies(those),
            "arrests": sum(one.task_force_arrests for one in those),
            "immigration_arrests": sum(one.task_force_immigration_arrests for one in those),
            "records": len(those),
            "without_purpose": sum(not one.task_force_purpose for one in those),
            "without_agencies": sum(not one.task_force_agencies for one in those),
        }
        for code, those in sorted(forces.items())
    ]


def _agencies(those: Iterable[Engaged]) -> list[str]:
    """The kinds of agencies that the records name, and the immigration authorities with which the
    department acted in them: left out of one list, none is left out of the form.
    """
    named: set[str] = set()
    for one in those:
        named |= one.task_force_agencies
        if one.direction == Direction.JOINT_ACTIVITY:
            named.add(one.authority)
    return [kind.value for kind in Agency if kind.value in named]


def access_rows(found: Iterable[Engaged]) -> list[Row]:
    """By which means access was given, and to how many persons."""
    counts: dict[str, list[int]] = {}
    for one in found:
        for means in one.actions & _ACCESS:
            counts.setdefault(means, []).append(one.subject_count)
    return [
        {"means": means, "records": len(each), "persons": sum(each)}
        for means, each in sorted(counts.items())
    ]


def _day(at: datetime | None) -> str:
    return f"{timezone.localdate(at)}" if at else ""


Answering = Callable[[Sequence[Engaged]], Answer]

ANSWERS: Final[dict[str, Answering]] = {
    "dhs_requests": lambda found: request_rows(dhs_requests(found)),
    "dhs_requests_count": lambda found: len(dhs_requests(found)),
    "dhs_requests_granted": lambda found: decided(dhs_requests(found), *GRANTED),
    "dhs_requests_declined": lambda found: decided(dhs_requests(found), Decision.DECLINED),
    "dhs_requests_open": lambda found: decided(
        dhs_requests(found), Decision.PENDING, Decision.NO_RESPONSE, Decision.WITHDRAWN
    ),
    "detainers_and_civil_warrants": lambda found: detainer_rows(
        detainers_and_civil_warrants(found)
    ),
    "detainers_count": lambda found: len(detainers(found)),
    "detainers_held": lambda found: len(held(detainers(found))),
    "detainers_transferred": lambda found: len(transfers(detainers(found))),
    "detainers_not_honored": lambda found: sum(
        one.decision not in GRANTED for one in detainers(found)
    ),
    "task_forces": task_force_rows,
    "transfers": lambda found: transfer_rows(transfers(found)),
    "transfers_count": lambda found: len(transfers(found)),
    "assistance": lambda found: assistance_rows(assistance(found)),
    "assistance_count": lambda found: len(assistance(found)),
    "civil_requests": lambda found: request_rows(federal_civil_requests(found)),
    "civil_requests_count": lambda found: len(federal_civil_requests(found)),
    "civil_requests_declined": lambda found: decided(
        federal_civil_requests(found), Decision.DECLINED
    ),
    "civil_requests_judicial": lambda found: sum(
        any(paper.judicial for paper in one.papers) for one in federal_civil_requests(found)
    ),
    "all_requests": lambda found: request_rows(requests(found)),
    "all_requests_count": lambda found: len(requests(found)),
    "ice_access_persons": lambda found: sum(one.subject_count for one in ice_access(found)),
    "ice_access_means": lambda found: access_rows(ice_access(found)),
}
