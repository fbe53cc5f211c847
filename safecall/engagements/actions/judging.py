"""Judging a record: findings are raised and settled, and page the supervisor."""

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from safecall.contacts.actions.base import Actor
from safecall.engagements import findings, selectors
from safecall.engagements.actions.checks import refuse_unless
from safecall.engagements.facts import Course
from safecall.engagements.models import Approval, Engagement, PolicyFinding
from safecall.people.models import User
from safecall.vocabulary.engagements.occasion import Source
from safecall.vocabulary.engagements.outcome import ApprovalState, Finding
from safecall.workers import Worker

SUPERVISION: Final = frozenset({User.Role.SUPERVISOR})
EACH_SECONDS: Final = 60.0
#: Approval can be due 24 hours after the event; what is older was judged when it became due.
_LOOKED_BACK: Final = timedelta(days=7)


def judge(root: Engagement, now: datetime | None = None) -> frozenset[Finding]:
    """The findings that stand on this engagement now; new ones are raised, others settled."""
    at = now or timezone.now()
    latest = selectors.latest(root)
    course = Course(root.recorded_at, at, selectors.approvals(root), selectors.steps(root))
    stand = findings.judge(selectors.facts(latest), course, timezone.get_current_timezone())
    with transaction.atomic():
        known = PolicyFinding.objects.select_for_update().filter(
            engagement=root, settled_at__isnull=True
        )
        standing = {one.code: one for one in known}
        gone = [one.pk for code, one in standing.items() if code not in stand]
        PolicyFinding.objects.filter(pk__in=gone).update(settled_at=at)
        PolicyFinding.objects.bulk_create(
            PolicyFinding(engagement=root, code=code.value, raised_at=at)
            for code in sorted(stand - standing.keys())
        )
    return stand


def judge_due(now: datetime | None = None) -> int:
    """Judge the records on which the time alone can have raised a finding; returns how many.

    An approval that may follow within 24 hours is missed when they are over.
    """
    at = now or timezone.now()
    approved = Approval.objects.filter(
        engagement=OuterRef("pk"), state=ApprovalState.APPROVED.value
    )
    missed = PolicyFinding.objects.filter(
        engagement=OuterRef("pk"), code=Finding.APPROVAL_MISSING.value, settled_at__isnull=True
    )
    waiting = Engagement.objects.filter(
        ~Exists(approved),
        ~Exists(missed),
        amends__isnull=True,
        source=Source.LIVE.value,
        recorded_at__gte=at - _LOOKED_BACK,
    )
    for root in waiting:
        judge(root, at)
    return len(waiting)


def _once() -> float:
    judge_due()
    return EACH_SECONDS


#: This process's thread: what the time alone raises pages the supervisor within a minute.
worker: Final = Worker("engagements", _once)


def mark_seen(actor: Actor, finding: PolicyFinding) -> None:
    """A supervisor has seen the page; the finding itself stands until something settles it."""
    refuse_unless(actor, SUPERVISION, "Supervisors")
    PolicyFinding.objects.filter(pk=finding.pk, seen_at__isnull=True).update(
        seen_at=timezone.now(),
        seen_by=actor.user,
        seen_by_label=actor.label,
    )
