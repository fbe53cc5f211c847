"""A vendor's line, as the call taker dials it."""

from django.utils import timezone

from safecall.contacts.actions.base import Actor, ActRefused
from safecall.interpreting.actions.answering import Answer, accept
from safecall.interpreting.actions.base import keep, on_request, refuse_if_ended, refuse_unless_desk
from safecall.interpreting.advance import advance_soon, close_offers
from safecall.interpreting.models import InterpreterRequest, Offer, Vendor
from safecall.interpreting.roster import vendor_tag
from safecall.interpreting.terms import Kind, Outcome


def vendor_dialled(actor: Actor, request: InterpreterRequest, vendor: Vendor) -> Offer:
    """The call taker dials this line, whether the ladder has come to it or not.

    Raises `ActRefused` where somebody interprets already, or the line does not have the language.
    """
    refuse_unless_desk(actor)
    with on_request(request) as (contact, current):
        refuse_if_ended(current)
        if current.answered_at:
            raise ActRefused("Somebody interprets already. Note first that the line was lost.")
        now = timezone.now()
        line = Offer.objects.filter(request=current, vendor=vendor, outcome="").first()
        if line is None:
            tag = vendor_tag(vendor, current)
            if tag is None or not vendor.active:
                raise ActRefused("This line does not have the language. Choose another line.")
            line = Offer.objects.create(
                request=current, kind=Kind.VENDOR.value, vendor=vendor, at=now, tag=tag
            )
        if line.shown_at is None:
            line.shown_at, line.by = now, actor.user
            line.save(update_fields=["shown_at", "by"])
            if current.offered_at is None:
                current.offered_at = now
            keep(contact, current, actor, {"step": "vendor_dialled"}, ("offered_at",))
    return line


def vendor_answered(actor: Actor, line: Offer) -> Answer:
    """The company's interpreter is on the line; too late where somebody else was first."""
    refuse_unless_desk(actor)
    return accept(actor, line)


def vendor_failed(actor: Actor, line: Offer) -> None:
    """The line does not answer, or has nobody; the next line is shown at once."""
    refuse_unless_desk(actor)
    with on_request(line.request) as (contact, current):
        now = timezone.now()
        if close_offers([line], Outcome.FAILED, now):
            Offer.objects.filter(pk=line.pk).update(by=actor.user)
            keep(contact, current, actor, {"step": "vendor_failed"})
    advance_soon(line.request_id)
