"""A request's rows as the engine reads them."""

from typing import Final

from django.conf import settings

from safecall.contacts.models import Contact
from safecall.interpreting import terms
from safecall.interpreting.engine import SUPERVISOR
from safecall.interpreting.models import Conflict, InterpreterRequest, Offer
from safecall.interpreting.terms import Kind, Modality, Outcome, Purpose, Times

Channel = Contact.Channel
# In which ways an interpreter can join, by how the contact came in.
WAYS: Final[dict[str, frozenset[Modality]]] = {
    Channel.EMERGENCY.value: terms.REMOTE,
    Channel.NON_EMERGENCY.value: terms.REMOTE,
    Channel.TEXT.value: frozenset({Modality.TEXT, Modality.TELEPHONE}),
    Channel.WEB.value: frozenset({Modality.TEXT, Modality.TELEPHONE}),
    Channel.COUNTER.value: terms.REMOTE | {Modality.IN_PERSON},
    Channel.OFFICER.value: terms.REMOTE | {Modality.IN_PERSON},
}


def times() -> Times:
    """The ladder's seconds, as this service is set up (SAFECALL_INTERPRETER_*)."""
    return Times(**settings.INTERPRETER_TIMES)


def engine_request(request: InterpreterRequest) -> terms.Request:
    """The request as the engine reads it; `request.contact` is read along. One query."""
    barred = Conflict.objects.filter(contact=request.contact_id)
    by_reason: dict[str, set[str]] = {"interest": set(), "refused": set()}
    for interpreter, why in barred.values_list("interpreter_id", "why"):
        by_reason[why].add(str(interpreter))
    return terms.Request(
        id=str(request.pk),
        language=request.language,
        requested_at=request.requested_at,
        priority=request.contact.priority,
        purpose=Purpose(request.purpose),
        modalities=WAYS[request.contact.channel],
        wishes=frozenset({request.wish} - {""}),
        conflicts=frozenset(by_reason["interest"]),
        refused=frozenset(by_reason["refused"]),
        ended_at=request.ended_at,
    )


def engine_offer(offer: Offer) -> terms.Offer:
    """The offer as the engine reads it."""
    return terms.Offer(
        to=to(offer),
        kind=Kind(offer.kind),
        at=offer.at,
        outcome=Outcome(offer.outcome) if offer.outcome else None,
        outcome_at=offer.outcome_at,
    )


def to(offer: Offer) -> str:
    """Whom the offer goes to, in the engine's words."""
    return str(offer.interpreter_id or offer.vendor_id or SUPERVISOR)


def offers_of(request: InterpreterRequest) -> list[Offer]:
    """The story so far, oldest first. One query."""
    return list(Offer.objects.filter(request=request).order_by("id"))
