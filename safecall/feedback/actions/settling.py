"""What a supervisor does with a complaint: take it up, settle it, open it again."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction
from django.utils import timezone

from safecall.contacts.actions.base import Actor, ActRefused, InvalidField
from safecall.feedback.actions.base import refuse_unless_supervisor
from safecall.feedback.actions.complaining import step
from safecall.feedback.models import Complaint, ComplaintStep

_Act, _State = ComplaintStep.Act, Complaint.State


@contextmanager
def _locked(actor: Actor, complaint: Complaint) -> Iterator[Complaint]:
    """The complaint under its lock; saved when the block ends.

    Raises `ActRefused` for anyone who is not a supervisor.
    """
    refuse_unless_supervisor(actor)
    with transaction.atomic():
        current = Complaint.objects.select_for_update().get(pk=complaint.pk)
        yield current
        current.version += 1
        current.save()


def look_at(actor: Actor, complaint: Complaint) -> None:
    """A supervisor has read what there is, and takes it up. The second time changes nothing."""
    with _locked(actor, complaint) as current:
        current.news = False
        if current.state == _State.RECEIVED:
            current.state = _State.LOOKED_AT
            step(current, actor, _Act.LOOK)


def settle(actor: Actor, complaint: Complaint, outcome: str) -> None:
    """Settle with an outcome. Raises `InvalidField`, and `ActRefused` where it is settled."""
    if outcome not in Complaint.Outcome.values:
        raise InvalidField("outcome", "Choose how it ended.")
    with _locked(actor, complaint) as current:
        if current.state == _State.SETTLED:
            raise ActRefused("This complaint is settled. Open it again first.")
        current.news = False
        current.state, current.outcome = _State.SETTLED, outcome
        current.settled_on = timezone.localdate()
        step(current, actor, _Act.SETTLE, outcome)


def reopen(actor: Actor, complaint: Complaint) -> None:
    """Open a settled complaint again. Raises `ActRefused` where it is not settled, or where its
    words were destroyed."""
    with _locked(actor, complaint) as current:
        if current.state != _State.SETTLED:
            raise ActRefused("This complaint is open already.")
        if current.words_destroyed_at:
            raise ActRefused("Its words were destroyed, so it cannot be looked into again.")
        current.state, current.outcome, current.settled_on = _State.LOOKED_AT, "", None
        step(current, actor, _Act.REOPEN)
