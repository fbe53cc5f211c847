"""An engagement as its page shows it: two tracks, findings with what to do, who said what when."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safecall.engagements import findings, selectors
from safecall.engagements.facts import Facts, TaskForce
from safecall.engagements.models import Approval, Engagement, PolicyFinding, TrackStep
from safecall.engagements.wording import NEXT
from safecall.people.models import User
from safecall.vocabulary.coded import Coded
from safecall.vocabulary.engagements import occasion, outcome

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Line:
    """One fact as people read it."""

    name: str
    label: Words
    value: str


@dataclass(frozen=True, slots=True)
class TrackShown:
    """One track: what the record said of it, its steps, and the steps that can be added."""

    code: str
    title: str
    begun: list[str]
    steps: list[TrackStep]
    choices: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class FindingShown:
    """A finding, with what to do next."""

    row: PolicyFinding
    label: str
    do_next: str


_LABELS: Final[dict[str, Words]] = {
    "direction": _("What happened"),
    "authority": _("Authority"),
    "happened_at": _("When"),
    "purpose_class": _("For what"),
    "request_types": _("Asked for, or about"),
    "instruments": _("Papers"),
    "subject_role": _("Whom it concerned"),
    "subject_count": _("How many people"),
    "offense": _("Offence"),
    "stage": _("Investigation then"),
    "continues": _("Investigation goes on"),
    "how_identified": _("How it came up"),
    "decision": _("Our answer"),
    "decline_reason": _("Declined because"),
    "decided_at": _("Answered"),
    "legal_basis": _("Ground"),
    "actions_taken": _("What we did"),
    "custody_outcome": _("Custody"),
    "custody_received_by": _("Received by"),
    "custody_event_at": _("Custody changed"),
    "held": _("Held past release"),
    "subject_notice": _("Person told"),
    "interview_consent": _("Agreed to interview"),
    "resources": _("What it took"),
    "task_force": _("Task force"),
    "task_force_purpose": _("Task force is for"),
    "task_force_agencies": _("Agencies in it"),
    "exigency": _("Time to ask before"),
    "source": _("Source"),
}


def _moment(at: datetime | None) -> str:
    return timezone.localtime(at).strftime("%Y-%m-%d %H:%M") if at else ""


def _paper(one: Any) -> str:
    if one.judicial:
        return f"{one.kind.label}: a court's ({one.issuing_court.label})"
    named = "a court is named" if one.issuing_court else "no court is named"
    signed = f"signed by: {one.signed_by.label.lower()}"
    return f"{one.kind.label}: administrative ({named}; {signed})"


def said(facts: Facts) -> dict[str, str]:
    """Each fact in words; an empty string where nothing is said."""
    spent = facts.resources
    parts = {
        "people": spent.people,
        "minutes": spent.minutes,
        "vehicles": spent.vehicles,
        "rooms lent": spent.facilities,
    }
    force = facts.task_force
    held = f"yes, {facts.held_minutes} minutes" if facts.held_beyond_release else ""
    level = facts.predicate.offense_level
    offence = [level.label if level else "", facts.predicate.offense_code]
    return {
        "direction": facts.direction.label,
        "authority": facts.authority.label,
        "happened_at": _moment(facts.happened_at),
        "purpose_class": facts.purpose_class.label,
        "request_types": "; ".join(one.label for one in sorted(facts.request_types)),
        "instruments": "; ".join(_paper(one) for one in facts.instruments),
        "subject_role": facts.subject_role.label,
        "subject_count": str(facts.subject_count or ""),
        "offense": " ".join(part for part in offence if part),
        "stage": facts.predicate.stage.label if facts.predicate.stage else "",
        "continues": {True: "yes", False: "no", None: ""}[facts.predicate.continues],
        "how_identified": _unless(facts.how_identified, occasion.Identified.NOT_APPLICABLE),
        "decision": _unless(facts.decision, outcome.Decision.NOT_APPLICABLE),
        "decline_reason": _unless(facts.decline_reason, outcome.DeclineReason.NONE),
        "decided_at": _moment(facts.decided_at),
        "legal_basis": facts.legal_basis.label,
        "actions_taken": "; ".join(one.label for one in sorted(facts.actions_taken)),
        "custody_outcome": facts.custody_outcome.label,
        "custody_received_by": _unless(facts.custody_received_by, outcome.Receiver.NONE),
        "custody_event_at": _moment(facts.custody_event_at),
        "held": held,
        "subject_notice": _unless(facts.subject_notice, outcome.Notice.NOT_APPLICABLE),
        "interview_consent": _unless(facts.interview_consent, outcome.Consent.NOT_APPLICABLE),
        "resources": ", ".join(f"{name}: {count}" for name, count in parts.items() if count),
        "task_force": _force(force),
        "task_force_purpose": _unless(force.purpose, occasion.TaskForcePurpose.NONE),
        "task_force_agencies": "; ".join(
            one.label for one in occasion.Agency if one in force.agencies
        ),
        "exigency": _unless(facts.exigency, outcome.Exigency.NONE),
        "source": _unless(facts.source, occasion.Source.LIVE),
    }


def _force(force: TaskForce) -> str:
    if not (force.code or force.arrests or force.immigration_arrests):
        return ""
    arrests = f"{force.arrests} arrests, {force.immigration_arrests} of them for immigration"
    return f"{force.code or 'no code'}: {arrests}"


def _unless(code: Coded, nothing: Coded) -> str:
    return "" if code is nothing else code.label


def lines(facts: Facts) -> list[Line]:
    """What is said, without what is not."""
    return [Line(name, _LABELS[name], value) for name, value in said(facts).items() if value]


def differences(old: Facts, new: Facts) -> list[tuple[Words, str, str]]:
    """Label, then and now of what an amendment says differently."""
    before, now = said(old), said(new)
    return [
        (_LABELS[name], before[name] or "–", now[name] or "–")
        for name in before
        if before[name] != now[name]
    ]


@dataclass(frozen=True, slots=True)
class Version:
    """One record of an engagement, with what it said differently from the one before."""

    row: Engagement
    changes: list[tuple[Words, str, str]]


def _tracks(facts: Facts, steps: Sequence[TrackStep]) -> list[TrackShown]:
    crime = facts.predicate
    investigation = []
    if crime.stage:
        investigation.append(f"{crime.stage.label} when this was recorded")
    if crime.continues is not None:
        investigation.append("It goes on" if crime.continues else "It does not go on")
    authority = [f"{facts.authority.label}: {facts.direction.label.lower()}"]
    # Custody is the authority's work where its own agents took it, and only then.
    if facts.custody_outcome is outcome.Custody.THEY_TOOK:
        authority.append(facts.custody_outcome.label)
    elif facts.custody_outcome is not outcome.Custody.NOT_IN_CUSTODY:
        investigation.append(facts.custody_outcome.label)
    begun = {outcome.Track.INVESTIGATION: investigation, outcome.Track.AUTHORITY: authority}
    return [
        TrackShown(
            track.value,
            track.label,
            begun[track],
            [one for one in steps if one.track == track.value],
            [(step.value, step.label) for step in outcome.STEPS[track]],
        )
        for track in outcome.Track
    ]


def findings_shown(rows: Sequence[PolicyFinding]) -> list[FindingShown]:
    """Findings with their words."""
    return [
        FindingShown(row, outcome.Finding(row.code).label, NEXT[outcome.Finding(row.code)])
        for row in rows
    ]


def page(root: Engagement, user: User) -> dict[str, Any]:
    """All that an engagement's page shows. A fixed number of queries."""
    versions = list(
        selectors.with_parts(
            Engagement.objects.filter(year=root.year, serial=root.serial)
        ).order_by("version")
    )
    told = [selectors.facts(one) for one in versions]
    latest, facts = versions[-1], told[-1]
    found = list(root.policy_findings.order_by("settled_at", "id"))
    approvals = list(root.approvals.order_by("id"))
    approved = any(one.state == outcome.ApprovalState.APPROVED.value for one in approvals)
    return {
        "engagement": root,
        "latest": latest,
        "lines": lines(facts),
        "tracks": _tracks(facts, list(root.steps.order_by("happened_at", "id"))),
        "closings": [one for one in outcome.Closing.choices() if one[0]],
        "standing": findings_shown([one for one in found if one.settled_at is None]),
        "settled": findings_shown([one for one in found if one.settled_at]),
        "approvals": approvals,
        "approval_needed": findings.needs_approval(facts) and not approved,
        "approval_due": findings.approval_due(facts),
        "may_approve": _may_approve(user, versions) and not approved,
        "is_supervisor": user.role == User.Role.SUPERVISOR,
        "versions": [
            Version(one, differences(told[n - 1], told[n]) if n else [])
            for n, one in enumerate(versions)
        ],
        "now": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
    }


def _may_approve(user: User, versions: Sequence[Engagement]) -> bool:
    return user.role in settings.ENGAGEMENT_APPROVERS and user.pk not in {
        one.recorded_by_id for one in versions
    }


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody asks for approval before anything happens."""

    row: Approval
    what: str
    own: bool


def asked(user: User) -> list[Asked]:
    """What waits for an answer, the oldest first. One query."""
    rows = Approval.objects.filter(state=outcome.ApprovalState.ASKED.value).order_by("asked_at")
    return [Asked(one, plan(one), one.asked_by_id == user.pk) for one in rows[:50]]


def granted(user: User) -> list[Asked]:
    """What was approved and is not recorded yet: one's own, or all for a supervisor. One query."""
    rows = Approval.objects.filter(state=outcome.ApprovalState.APPROVED.value, engagement=None)
    if user.role != User.Role.SUPERVISOR:
        rows = rows.filter(asked_by=user)
    return [Asked(one, plan(one), True) for one in rows.order_by("-approved_at")[:20]]


def plan(one: Approval) -> str:
    """What is asked, in words."""
    crime = occasion.OffenseLevel(one.offense_level).label if one.offense_level else ""
    stage = occasion.Stage(one.stage).label.lower() if one.stage else ""
    parts = [
        occasion.Direction(one.direction).label,
        occasion.Authority(one.authority).label,
        occasion.SubjectRole(one.subject_role).label,
        ", ".join(part for part in (crime, stage) if part),
    ]
    return " · ".join(part for part in parts if part)
