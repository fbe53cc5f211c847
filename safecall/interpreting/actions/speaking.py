"""The first interpreted word, and the end."""

from django.utils import timezone

from safecall.contacts.actions.base import Actor, ActRefused
from safecall.interpreting.actions.answering import win, winner_of
from safecall.interpreting.actions.base import at_the_desk, keep, on_request, refuse_unless_desk
from safecall.interpreting.advance import close_offers
from safecall.interpreting.models import InterpreterRequest, Offer
from safecall.interpreting.story import offers_of
from safecall.interpreting.terms import Kind, Outcome, Reason

Ending = InterpreterRequest.Ending


def first_word(actor: Actor, request: InterpreterRequest) -> InterpreterRequest:
    """The first interpreted word was said: one key. The first time counts.

    Where nobody accepted but a vendor's line was dialled, that line has answered; an older one
    yields to the one that was dialled last. Raises `ActRefused` where there is no line either.
    """
    refuse_unless_desk(actor)
    with on_request(request) as (contact, current):
        if current.first_word_at:
            return current
        if current.ended_at:
            raise ActRefused("This request for an interpreter has ended.")
        if current.answered_at is None:
            lines = Offer.objects.filter(request=current, kind=Kind.VENDOR.value, outcome="")
            line = lines.filter(shown_at__isnull=False).last() or lines.last()
            if line is None:
                raise ActRefused("Nobody has accepted yet. Note first who interprets.")
            win(actor, contact, current, line)
        current.first_word_at = timezone.now()
        keep(contact, current, actor, {"step": "first_word"}, ("first_word_at",))
    return current


def end(actor: Actor, request: InterpreterRequest, ending: str = "") -> InterpreterRequest:
    """End it: interpreted where somebody accepted, else without an interpreter.

    Raises `ActRefused` for an ending that does not exist, or for somebody else's request.
    """
    if ending and ending not in Ending.values:
        raise ActRefused(f"Choose how it ended: {', '.join(Ending.values)}.")
    with on_request(request) as (contact, current):
        if current.ended_at:
            return current
        mine = winner_of(current)
        own = mine and mine.interpreter and actor.user and mine.interpreter.user_id == actor.user.pk
        if not (own or at_the_desk(actor)):
            raise ActRefused("Call takers, or the interpreter, end it.")
        now = timezone.now()
        close_offers(offers_of(current), Outcome.WITHDRAWN, now, Reason.OVER)
        Offer.objects.filter(request=current, over_at__isnull=True).update(over_at=now)
        current.ended_at, current.wake_at, current.stage = now, None, "over"
        current.ending = ending or (Ending.INTERPRETED if mine else Ending.WITHOUT).value
        keep(
            contact,
            current,
            actor,
            {"step": "ended", "ending": current.ending},
            ("ended_at", "wake_at", "stage", "ending"),
        )
    return current


def cancel(actor: Actor, request: InterpreterRequest) -> InterpreterRequest:
    """No interpreter is needed after all."""
    return end(actor, request, Ending.NOT_NEEDED.value)
