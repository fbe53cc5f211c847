"""What an interpreter answers. The first to accept wins; the others read "taken"."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from safecall.contacts.actions.base import Actor, ActRefused
from safecall.contacts.models import Contact
from safecall.interpreting.actions.base import at_the_desk, keep, on_request, refuse_if_ended
from safecall.interpreting.advance import advance_soon, close_offers
from safecall.interpreting.models import Conflict, InterpreterRequest, Offer
from safecall.interpreting.story import offers_of
from safecall.interpreting.terms import Kind, Outcome, Reason


@dataclass(frozen=True, slots=True)
class Answer:
    """Whether the acceptance counted; else `reason` says why not, and `message` in words."""

    won: bool
    offer: Offer
    reason: str = ""

    @property
    def message(self) -> str:
        """What the interpreter reads."""
        if self.won:
            return "You have it. The call taker sees that you accepted."
        reasons = dict(Offer.REASONS)
        return f"{reasons.get(self.reason, 'This offer has ended')}. Thank you all the same."


def accept(actor: Actor, offer: Offer) -> Answer:
    """Accept the offer. Raises `ActRefused` where it is somebody else's.

    Accepting twice is accepting once. Too late is no error: `won` is False then.
    """
    _refuse_stranger(actor, offer)
    if offer.kind == Kind.SUPERVISOR:
        raise ActRefused("A supervisor marks this as seen.")
    with on_request(offer.request) as (contact, request):
        mine = Offer.objects.select_for_update(of=("self",)).get(pk=offer.pk)
        if mine.outcome == Outcome.ACCEPTED:
            return Answer(mine.over_at is None, mine, mine.reason)
        if mine.outcome or request.ended_at:
            return Answer(
                False, mine, mine.reason or (Reason.OVER.value if request.ended_at else "")
            )
        win(actor, contact, request, mine)
    return Answer(True, mine)


def win(actor: Actor, contact: Contact, request: InterpreterRequest, mine: Offer) -> datetime:
    """Make this offer the accepted one and let the others go; locks are held by the caller."""
    now = timezone.now()
    mine.outcome, mine.outcome_at, mine.by = Outcome.ACCEPTED.value, now, actor.user
    mine.save(update_fields=["outcome", "outcome_at", "by"])
    others = [one for one in offers_of(request) if one.pk != mine.pk]
    close_offers(others, Outcome.WITHDRAWN, now, Reason.TAKEN)
    request.answered_at, request.served = now, mine.tag or request.language
    request.stage, request.wake_at = "connected", None
    data = {"step": "answered", "by": mine.kind, "language": request.served}
    return keep(contact, request, actor, data, ("answered_at", "served", "stage", "wake_at"))


def decline(actor: Actor, offer: Offer, *, conflict: str = "") -> None:
    """Decline the offer; the next ones ring at once. After its end it changes nothing.

    `conflict`: `interest` where the interpreter knows somebody in it, `refused` where the caller
    does not want them; they are then never asked for this contact again. It may be said after
    accepting too: then the interpreter is replaced. Raises `ActRefused` where it is not theirs.
    """
    _refuse_stranger(actor, offer)
    if conflict and conflict not in Conflict.Why.values:
        raise ActRefused("Choose: a conflict of interest, or refused by the caller.")
    with transaction.atomic():
        request = InterpreterRequest.objects.select_for_update(of=("self",)).get(
            pk=offer.request_id
        )
        now = timezone.now()
        if conflict and offer.interpreter_id:
            Conflict.objects.get_or_create(
                interpreter_id=offer.interpreter_id,
                contact_id=request.contact_id,
                defaults={"why": conflict, "at": now},
            )
        if close_offers([offer], Outcome.DECLINED, now):
            Offer.objects.filter(pk=offer.pk).update(by=actor.user)
            request.version += 1
            request.save(update_fields=["version"])
    if conflict and Offer.objects.filter(pk=offer.pk, outcome=Outcome.ACCEPTED.value).exists():
        lost(actor, request)
    else:
        advance_soon(request.pk)


def lost(actor: Actor, request: InterpreterRequest) -> None:
    """The interpreter who had accepted is gone; the ladder goes on where it would be by now."""
    with on_request(request) as (contact, current):
        refuse_if_ended(current)
        mine = winner_of(current)
        if mine is None:
            return
        if not (at_the_desk(actor) or _own(actor, mine)):
            raise ActRefused("Call takers, or the interpreter, say that the line was lost.")
        now = timezone.now()
        Offer.objects.filter(pk=mine.pk).update(
            outcome=Outcome.FAILED.value, outcome_at=now, over_at=now, by=actor.user
        )
        current.answered_at, current.wake_at = None, now
        data = {"step": "lost", "by": mine.kind}
        keep(contact, current, actor, data, ("answered_at", "wake_at"))
    advance_soon(request.pk)


def supervisor_seen(actor: Actor, request: InterpreterRequest) -> None:
    """A supervisor knows that nobody has answered, and is not told again.

    Raises `ActRefused` for anyone who is not a supervisor.
    """
    if actor.user is None or actor.user.role != "supervisor":
        raise ActRefused("Only a supervisor can mark this as seen.")
    with on_request(request) as (contact, current):
        pages = Offer.objects.filter(request=current, kind=Kind.SUPERVISOR.value, outcome="")
        now = timezone.now()
        if pages.update(outcome=Outcome.ACCEPTED.value, outcome_at=now, over_at=now, by=actor.user):
            keep(contact, current, actor, {"step": "supervisor_seen"})


def winner_of(request: InterpreterRequest) -> Offer | None:
    """The accepted offer of this request."""
    accepted = Offer.objects.filter(request=request, outcome=Outcome.ACCEPTED.value)
    return accepted.exclude(kind=Kind.SUPERVISOR.value).first()


def _refuse_stranger(actor: Actor, offer: Offer) -> None:
    """Only the interpreter answers, or the desk for them (they were reached by telephone)."""
    if not (_own(actor, offer) or at_the_desk(actor)):
        raise ActRefused("This offer is for another interpreter.")


def _own(actor: Actor, offer: Offer) -> bool:
    return (
        actor.user is not None
        and offer.interpreter is not None
        and offer.interpreter.user_id == actor.user.pk
    )
