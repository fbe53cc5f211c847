"""A second person says yes or no, before where there is time, else within 24 hours.

Nothing waits for it: whatever happened is recorded without, and the finding says that it is
missing.
"""

from typing import Final

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from safecall.contacts.actions.base import Actor, ActRefused
from safecall.engagements import selectors
from safecall.engagements.actions.checks import recorder, refuse_unless
from safecall.engagements.actions.judging import judge
from safecall.engagements.facts import Plan
from safecall.engagements.models import Approval, Engagement
from safecall.ledger.append import Entry, append
from safecall.ledger.models import LedgerRow
from safecall.vocabulary.engagements.outcome import ApprovalState, Exigency

_OWN: Final = "Somebody else has to approve this: nobody approves their own."


def ask(actor: Actor, plan: Plan) -> Approval:
    """Ask for approval before anything happens; a supervisor sees it at once."""
    recorder(actor)
    return Approval.objects.create(
        state=ApprovalState.ASKED.value,
        authority=plan.authority.value,
        direction=plan.direction.value,
        subject_role=plan.subject_role.value,
        offense_level=plan.offense_level.value,
        stage=plan.stage.value,
        asked_at=timezone.now(),
        asked_by=actor.user,
        asked_by_label=actor.label,
    )


def answer(actor: Actor, approval: Approval, state: ApprovalState) -> Approval:
    """Approve or refuse what was asked for before. Raises `ActRefused`."""
    _of_rank(actor)
    with transaction.atomic():
        current = Approval.objects.select_for_update(of=("self",)).get(pk=approval.pk)
        if current.state != ApprovalState.ASKED.value:
            raise ActRefused("This was answered already.")
        if current.asked_by_id == (actor.user.pk if actor.user else None):
            raise ActRefused(_OWN)
        _say(current, actor, state)
        current.save()
        if current.engagement:
            judge(current.engagement)
        _inside(current)
    return current


def approve(actor: Actor, engagement: Engagement, state: ApprovalState) -> Approval:
    """Approve, or refuse to, what is recorded already. Raises `ActRefused`.

    Whether it came in time is judged, not decided here.
    """
    _of_rank(actor)
    with transaction.atomic():
        root = Engagement.objects.select_for_update(of=("self",)).get(pk=engagement.root_id)
        latest = selectors.latest(root)
        said = set(root.amendments.values_list("recorded_by", flat=True)) | {root.recorded_by_id}
        if actor.user is None or actor.user.pk in said:
            raise ActRefused(_OWN)
        row = Approval(
            engagement=root,
            authority=latest.authority,
            direction=latest.direction,
            subject_role=latest.subject_role,
            offense_level=latest.offense_level,
            stage=latest.stage,
            asked_at=root.recorded_at,
            asked_by_id=root.recorded_by_id,
            asked_by_label=root.recorded_by_label,
            exigency_code=Exigency(latest.exigency_code).value,
        )
        _say(row, actor, state)
        row.save()
        judge(root)
        _inside(row)
    return row


def _of_rank(actor: Actor) -> None:
    ranks = frozenset(settings.ENGAGEMENT_APPROVERS)
    refuse_unless(actor, ranks, "Only those who approve engagements")
    if actor.user is None:
        raise ActRefused("A person approves, no system.")


def _say(row: Approval, actor: Actor, state: ApprovalState) -> None:
    if state is ApprovalState.ASKED:
        raise ActRefused("Say whether you approve or refuse.")
    row.state = state.value
    row.approved_at = timezone.now()
    row.approved_by = actor.user
    row.approved_by_label = actor.label
    row.role = actor.user.role if actor.user else ""


def _inside(row: Approval) -> None:
    """The log inside holds when it was said, so that no approval can be put in later."""
    said = {
        "act": "approval",
        "approval": row.pk,
        "engagement": str(row.engagement_id) if row.engagement_id else None,
        "state": row.state,
        "role": row.role,
        "at": row.approved_at.isoformat() if row.approved_at else None,
    }
    append([Entry(LedgerRow.Kind.CONTACT_ACT, row.engagement_id, said)])
