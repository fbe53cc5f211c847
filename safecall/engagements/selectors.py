"""Reading engagements. `standing` gives the rows that hold: of each number the latest record."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from safecall.engagements.facts import (
    Approval,
    Facts,
    Instrument,
    Predicate,
    Resources,
    Taken,
    TaskForce,
)
from safecall.engagements.models import Approval as ApprovalRow
from safecall.engagements.models import Engagement, PolicyFinding, Series
from safecall.vocabulary.engagements import occasion, outcome


def standing() -> QuerySet[Engagement]:
    """Of each engagement the record that holds: the latest amendment, or the first record."""
    later = Engagement.objects.filter(
        year=OuterRef("year"), serial=OuterRef("serial"), version__gt=OuterRef("version")
    )
    return Engagement.objects.filter(~Exists(later))


def happened_between(first: date, last: date) -> QuerySet[Engagement]:
    """Standing records of events on these days of the department, both included."""
    return standing().filter(happened_at__gte=_begin(first), happened_at__lt=_begin_after(last))


def with_parts(rows: QuerySet[Engagement]) -> QuerySet[Engagement]:
    """With request types, actions, papers and agencies read together, as `facts` needs them."""
    return rows.prefetch_related(
        "request_types", "actions_taken", "instruments", "task_force_agencies"
    )


def latest(engagement: Engagement) -> Engagement:
    """The record that holds for this engagement, with its parts."""
    rows = Engagement.objects.filter(year=engagement.year, serial=engagement.serial)
    return with_parts(rows).order_by("-version")[:1].get()


def years() -> list[int]:
    """The years that have engagements, the latest first. One query."""
    return list(Series.objects.order_by("-year").values_list("year", flat=True))


def by_number(number: str) -> Engagement | None:
    """The first record under this number, such as E-2026-0007; None where there is none."""
    letter, _, rest = number.strip().upper().partition("-")
    year, _, serial = rest.partition("-")
    digits = year.isascii() and year.isdigit() and serial.isascii() and serial.isdigit()
    if letter != "E" or not digits or len(year) != 4 or len(serial) > 9:
        return None
    return Engagement.objects.filter(year=int(year), serial=int(serial), version=1).first()


def facts(row: Engagement) -> Facts:
    """What this record says, as findings and figures read it."""
    return Facts(
        direction=occasion.Direction(row.direction),
        authority=occasion.Authority(row.authority),
        happened_at=row.happened_at,
        purpose_class=occasion.Purpose(row.purpose_class),
        request_types=frozenset(occasion.RequestKind(one.kind) for one in row.request_types.all()),
        instruments=tuple(
            Instrument(
                occasion.InstrumentKind(one.kind),
                occasion.Signer(one.signed_by),
                occasion.Court(one.issuing_court),
            )
            for one in sorted(row.instruments.all(), key=lambda one: one.pk)
        ),
        subject_role=occasion.SubjectRole(row.subject_role),
        subject_count=row.subject_count,
        predicate=Predicate(
            row.offense_code,
            occasion.OffenseLevel(row.offense_level),
            occasion.Stage(row.stage),
            row.investigation_continues,
        ),
        how_identified=occasion.Identified(row.how_identified),
        decision=outcome.Decision(row.decision),
        decline_reason=outcome.DeclineReason(row.decline_reason),
        decided_at=row.decided_at,
        legal_basis=outcome.Basis(row.legal_basis),
        actions_taken=frozenset(outcome.Action(one.kind) for one in row.actions_taken.all()),
        custody_outcome=outcome.Custody(row.custody_outcome),
        custody_event_at=row.custody_event_at,
        custody_received_by=outcome.Receiver(row.custody_received_by),
        held_beyond_release=row.held_beyond_release,
        held_minutes=row.held_minutes,
        subject_notice=outcome.Notice(row.subject_notice),
        interview_consent=outcome.Consent(row.interview_consent),
        resources=Resources(
            row.resource_people,
            row.resource_minutes,
            row.resource_vehicles,
            row.resource_facilities,
        ),
        task_force=TaskForce(
            row.task_force,
            row.task_force_arrests,
            row.task_force_immigration_arrests,
            occasion.TaskForcePurpose(row.task_force_purpose),
            frozenset(occasion.Agency(one.kind) for one in row.task_force_agencies.all()),
        ),
        exigency=outcome.Exigency(row.exigency_code),
        source=occasion.Source(row.source),
    )


def approvals(root: Engagement) -> tuple[Approval, ...]:
    """What second persons said to this engagement, oldest first."""
    return tuple(
        Approval(outcome.ApprovalState(one.state), one.approved_at)
        for one in root.approvals.order_by("id")
        if one.approved_at
    )


def steps(root: Engagement) -> tuple[Taken, ...]:
    """The steps of both tracks, oldest first."""
    return tuple(
        Taken(
            outcome.Track(one.track),
            outcome.Step(one.step),
            one.happened_at,
            outcome.Closing(one.closing),
        )
        for one in root.steps.order_by("happened_at", "id")
    )


def day(row: Engagement) -> date:
    """The department's day of the event."""
    return timezone.localdate(row.happened_at)


def standing_codes(rows: Iterable[Engagement]) -> dict[UUID, list[str]]:
    """The codes of the findings that stand, by the id of the first record. One query."""
    found: dict[UUID, list[str]] = {}
    stand = PolicyFinding.objects.filter(
        engagement__in=[one.root_id for one in rows], settled_at__isnull=True
    )
    for engagement, code in stand.order_by("id").values_list("engagement", "code"):
        found.setdefault(engagement, []).append(code)
    return found


def unseen_findings(length: int = 200) -> QuerySet[PolicyFinding]:
    """Findings that page the supervisor, newest first."""
    return (
        PolicyFinding.objects.filter(seen_at__isnull=True)
        .select_related("engagement")
        .order_by("-raised_at", "-id")[:length]
    )


def waits_for_supervisor(most: int = 1000) -> int:
    """How many findings nobody has seen and how many questions for approval wait. Two queries."""
    asked = ApprovalRow.objects.filter(state=outcome.ApprovalState.ASKED.value)
    return PolicyFinding.objects.filter(seen_at__isnull=True)[:most].count() + asked[:most].count()


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _begin_after(day: date) -> datetime:
    return _begin(day + timedelta(days=1))
