"""Engagements with immigration authorities, exactly: they count what government did.

They are never combined with a language or with anything else about residents.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final
from uuid import UUID

from django.db.models import Min
from django.utils import timezone

from safecall.accountability.periods import Period
from safecall.engagements import selectors
from safecall.engagements.models import Engagement, PolicyFinding
from safecall.vocabulary.engagements.occasion import (
    Authority,
    Direction,
    Purpose,
    RequestKind,
    Source,
    SubjectRole,
)
from safecall.vocabulary.engagements.outcome import Action, Basis, Custody, Decision, Finding

GRANTED: Final = frozenset({Decision.GRANTED_FULL, Decision.GRANTED_PARTIAL})
OURS: Final = frozenset({Direction.OUTBOUND_CONTACT, Direction.JOINT_ACTIVITY})
SUSPECTS: Final = frozenset({SubjectRole.SUSPECT, SubjectRole.ARRESTEE})


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper that was shown: its kind, and whether a court's judge signed it."""

    kind: str
    judicial: bool


@dataclass(frozen=True, slots=True)
class Engaged:
    """One record as it holds now, after its amendments. Codes, counts and times; nobody's name.

    `findings` stand, `settled` were raised and have been settled since.
    """

    number: str
    source: str
    amended: int
    happened_at: datetime
    direction: str
    authority: str
    purpose: str
    asked_for: frozenset[str]
    papers: tuple[Paper, ...]
    subject_role: str
    subject_count: int
    offense_code: str
    offense_level: str
    investigation_continues: bool | None
    decision: str
    decline_reason: str
    decided_at: datetime | None
    basis: str
    actions: frozenset[str]
    custody: str
    custody_at: datetime | None
    received_by: str
    held_minutes: int
    held: bool
    notice: str
    consent: str
    people: int
    minutes: int
    vehicles: int
    facilities: int
    task_force: str
    task_force_purpose: str
    task_force_agencies: frozenset[str]
    task_force_arrests: int
    task_force_immigration_arrests: int
    findings: frozenset[str] = frozenset()
    settled: frozenset[str] = frozenset()

    @property
    def day(self) -> date:
        """The day on which it happened, in the department's zone."""
        return timezone.localdate(self.happened_at)

    @property
    def month(self) -> str:
        """The month, such as 2026-10: all that the public copy says of its time."""
        return f"{self.day:%Y-%m}"

    @property
    def in_task_force(self) -> bool:
        """Whether it says something of a joint task force, with or without its code."""
        said = self.task_force or self.task_force_purpose or self.task_force_agencies
        return bool(said or self.task_force_arrests or self.task_force_immigration_arrests)

    @property
    def engaged(self) -> bool:
        """Whether the department turned to the authority, acted with it, or did what it asked."""
        return self.direction in OURS or self.decision in GRANTED or bool(self.actions)

    @property
    def about_suspect_with_border_patrol(self) -> bool:
        """What the promise speaks of: Border Patrol engaged about a criminal suspect."""
        return (
            self.engaged and self.authority == Authority.CBP_USBP and self.subject_role in SUSPECTS
        )


def records(period: Period) -> list[Engaged]:
    """Every record of the period as it holds now, oldest first. Six queries."""
    rows = list(selectors.with_parts(selectors.happened_between(period.first, period.last)))
    standing: dict[UUID, set[str]] = {}
    settled: dict[UUID, set[str]] = {}
    for root, code, at in PolicyFinding.objects.values_list("engagement_id", "code", "settled_at"):
        (standing if at is None else settled).setdefault(root, set()).add(code)
    made = [
        _engaged(row, standing.get(row.root_id, set()), settled.get(row.root_id, set()))
        for row in rows
    ]
    return sorted(made, key=lambda one: (one.happened_at, one.number))


def first_moment() -> datetime | None:
    """When the oldest engagement on record happened; None where there is none."""
    found: datetime | None = Engagement.objects.aggregate(first=Min("happened_at"))["first"]
    return found


def count(found: Iterable[Engaged], period: Period | None) -> dict[str, Any]:
    """The figures of these records. Every code stands in its table, also with 0."""
    rows = list(found)
    return {
        "records": len(rows),
        **_headline(rows),
        "amended": sum(one.amended > 0 for one in rows),
        "historical": sum(one.source == Source.HISTORICAL_IMPORT for one in rows),
        "by_authority": _by_authority(rows),
        "directions": _table(Direction, [one.direction for one in rows]),
        "purposes": _table(Purpose, [one.purpose for one in rows]),
        "decisions": _table(Decision, [one.decision for one in rows]),
        "bases": _table(Basis, [one.basis for one in rows]),
        "asked_for": _table(RequestKind, [kind for one in rows for kind in one.asked_for]),
        "actions": _table(Action, [kind for one in rows for kind in one.actions]),
        "custody": _table(Custody, [one.custody for one in rows]),
        "findings": _findings(rows),
        "investigation": {
            "continues": sum(one.investigation_continues is True for one in rows),
            "ended": sum(one.investigation_continues is False for one in rows),
        },
        "spent": {
            name: sum(getattr(one, name) for one in rows)
            for name in ("people", "minutes", "vehicles", "facilities")
        },
        "by_year": [
            {"year": year, **_headline([one for one in rows if one.day.year == year])}
            for year in (period.years() if period else ())
        ],
    }


def _headline(rows: list[Engaged]) -> dict[str, int]:
    asked = [one for one in rows if one.direction == Direction.INBOUND_REQUEST]
    return {
        "engaged": sum(one.engaged for one in rows),
        "border_patrol_suspect": sum(one.about_suspect_with_border_patrol for one in rows),
        "asked": len(asked),
        "declined": sum(one.decision == Decision.DECLINED for one in asked),
    }


def _by_authority(rows: list[Engaged]) -> dict[str, dict[str, int]]:
    return {
        code.value: {"records": len(those), **_headline(those)}
        for code in Authority
        for those in [[one for one in rows if one.authority == code]]
    }


def _findings(rows: list[Engaged]) -> dict[str, dict[str, int]]:
    standing = Counter(code for one in rows for code in one.findings)
    settled = Counter(code for one in rows for code in one.settled - one.findings)
    return {code.value: {"standing": standing[code], "settled": settled[code]} for code in Finding}


def _table(codes: type[StrEnum], values: Iterable[str]) -> dict[str, int]:
    counts = Counter(values)
    return {code.value: counts[code.value] for code in codes}


def _engaged(row: Engagement, findings: set[str], settled: set[str]) -> Engaged:
    return Engaged(
        number=row.number,
        source=row.source,
        amended=row.version - 1,
        happened_at=row.happened_at,
        direction=row.direction,
        authority=row.authority,
        purpose=row.purpose_class,
        asked_for=frozenset(one.kind for one in row.request_types.all()),
        papers=tuple(Paper(one.kind, one.judicial) for one in row.instruments.all()),
        subject_role=row.subject_role,
        subject_count=row.subject_count,
        offense_code=row.offense_code,
        offense_level=row.offense_level,
        investigation_continues=row.investigation_continues,
        decision=row.decision,
        decline_reason=row.decline_reason,
        decided_at=row.decided_at,
        basis=row.legal_basis,
        actions=frozenset(one.kind for one in row.actions_taken.all()),
        custody=row.custody_outcome,
        custody_at=row.custody_event_at,
        received_by=row.custody_received_by,
        held_minutes=row.held_minutes,
        held=row.held_beyond_release,
        notice=row.subject_notice,
        consent=row.interview_consent,
        people=row.resource_people,
        minutes=row.resource_minutes,
        vehicles=row.resource_vehicles,
        facilities=row.resource_facilities,
        task_force=row.task_force,
        task_force_purpose=row.task_force_purpose,
        task_force_agencies=frozenset(one.kind for one in row.task_force_agencies.all()),
        task_force_arrests=row.task_force_arrests,
        task_force_immigration_arrests=row.task_force_immigration_arrests,
        findings=frozenset(findings),
        settled=frozenset(settled),
    )
