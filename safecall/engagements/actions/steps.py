"""Steps on the two tracks: the department's investigation, and the authority's own work."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from safecall.contacts.actions.base import Actor, InvalidField
from safecall.contacts.actions.values import past
from safecall.engagements.actions.checks import recorder
from safecall.engagements.actions.judging import judge
from safecall.engagements.models import Engagement, TrackStep
from safecall.ledger.append import Entry, append
from safecall.ledger.models import LedgerRow
from safecall.vocabulary.engagements.outcome import STEPS, Closing, Step, Track


def take_step(
    actor: Actor,
    engagement: Engagement,
    track: Track,
    step: Step,
    *,
    at: datetime | None = None,
    closing: Closing = Closing.NONE,
) -> TrackStep:
    """Record a step. One track's step never counts for the other.

    Raises `InvalidField` where the step is not of this track, or closing has no reason.
    """
    recorder(actor)
    now = timezone.now()
    when = past("at", at or now)
    if step not in STEPS[track]:
        named = ", ".join(one.label.lower() for one in STEPS[track])
        raise InvalidField("step", f"{track.label} has these steps: {named}.")
    if (step is Step.CLOSED) != (closing is not Closing.NONE):
        raise InvalidField("closing", "Say why the investigation was closed, and only then.")
    with transaction.atomic():
        root = Engagement.objects.select_for_update(of=("self",)).get(pk=engagement.root_id)
        row = TrackStep.objects.create(
            engagement=root,
            track=track.value,
            step=step.value,
            closing=closing.value,
            happened_at=when,
            recorded_at=now,
            recorded_by=actor.user,
            recorded_by_label=actor.label,
        )
        judge(root)
        said = {
            "act": "step",
            "engagement": str(root.pk),
            "track": track.value,
            "step": step.value,
            "closing": closing.value,
            "at": when.isoformat(),
        }
        append([Entry(LedgerRow.Kind.CONTACT_ACT, root.pk, said)])
    return row
