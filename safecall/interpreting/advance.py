"""Carrying out what the engine says, in one transaction.

Whoever carries out holds the request's row, reads the story, asks the engine and writes the new
offers before letting go: a second worker then finds them and has nothing to do, and a process that
is killed leaves nothing half done. That an interpreter is at one thing at a time, and that a
request has one winner, the database holds by itself beside this.
"""

import logging
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import DatabaseError, transaction
from django.utils import timezone

from safecall.interpreting import deliver, engine, story
from safecall.interpreting.models import InterpreterRequest, Offer
from safecall.interpreting.roster import Asked, roster_for
from safecall.interpreting.terms import (
    Decision,
    DialVendor,
    Kind,
    MarkSilent,
    OfferTo,
    Outcome,
    PageSupervisor,
    Reason,
    Step,
    Withdraw,
)

# Two transactions that wait for each other's rows: PostgreSQL ends one, which then starts afresh.
TRIES = 3
_log = logging.getLogger(__name__)


def advance(
    request_id: UUID, now: datetime | None = None, *, wait: bool = False
) -> Decision | None:
    """Do what is due for this request; what the engine decided.

    None where another worker holds it (unless `wait`). Raises `DatabaseError` where it could not be
    done; nothing of it is then kept.
    """
    for left in reversed(range(TRIES)):
        try:
            with transaction.atomic():
                request = _lock(request_id, wait)
                return _carry_out(request, now or timezone.now()) if request else None
        except DatabaseError:
            if not left or transaction.get_connection().in_atomic_block:
                raise
    return None


def advance_soon(request_id: UUID) -> None:
    """`advance` for acts: what cannot be done now the worker does, and the act stands anyway."""
    try:
        advance(request_id, wait=True)
    except DatabaseError:
        if transaction.get_connection().in_atomic_block:
            raise
        _log.exception("the ladder of a request goes on with the worker's next look")


def close_offers(
    offers: Iterable[Offer], outcome: Outcome, at: datetime, reason: Reason | None = None
) -> int:
    """End those of these offers that still ring; how many did."""
    ringing = Offer.objects.filter(pk__in=[offer.pk for offer in offers], outcome="")
    return ringing.update(
        outcome=outcome.value, outcome_at=at, over_at=at, reason=reason.value if reason else ""
    )


def _lock(request_id: UUID, wait: bool) -> InterpreterRequest | None:
    return (
        InterpreterRequest.objects.select_for_update(of=("self",), skip_locked=not wait)
        .select_related("contact")
        .filter(pk=request_id)
        .first()
    )


def _carry_out(request: InterpreterRequest, now: datetime) -> Decision:
    offers = story.offers_of(request)
    asked = roster_for(request, now)
    decision = engine.next_steps(
        story.engine_request(request),
        asked.roster,
        [story.engine_offer(offer) for offer in offers],
        now,
        story.times(),
    )
    made = _do(request, offers, asked, decision.steps, now)
    _keep(request, decision, now, bool(made))
    return decision


def _do(
    request: InterpreterRequest,
    offers: list[Offer],
    asked: Asked,
    steps: Iterable[Step],
    now: datetime,
) -> list[Offer]:
    ringing = {(offer.kind, story.to(offer)): offer for offer in offers if not offer.outcome}
    made: list[Offer] = []
    for step in steps:
        match step:
            case OfferTo(candidate):
                if candidate.ringing_for is not None:
                    _take_ring(int(candidate.id), now)
                tag = asked.candidate_tags[candidate.id]
                made.append(
                    _offer(request, candidate.kind, now, tag, interpreter_id=int(candidate.id))
                )
            case DialVendor(vendor):
                tag = asked.vendor_tags[vendor.id]
                made.append(_offer(request, Kind.VENDOR, now, tag, vendor_id=int(vendor.id)))
            case PageSupervisor():
                made.append(_offer(request, Kind.SUPERVISOR, now, ""))
            case MarkSilent(offer):
                close_offers([ringing[offer.kind, offer.to]], Outcome.SILENT, now)
            case Withdraw(offer, reason):
                close_offers([ringing[offer.kind, offer.to]], Outcome.WITHDRAWN, now, reason)
    return _insert(request, made)


def _offer(
    request: InterpreterRequest,
    kind: Kind,
    now: datetime,
    tag: str,
    *,
    interpreter_id: int | None = None,
    vendor_id: int | None = None,
) -> Offer:
    return Offer(
        request=request,
        kind=kind.value,
        at=now,
        tag=tag,
        interpreter_id=interpreter_id,
        vendor_id=vendor_id,
    )


def _insert(request: InterpreterRequest, made: list[Offer]) -> list[Offer]:
    """Write the offers; somebody whom another request took this very moment is passed over.

    In one order everywhere, so that two requests do not wait for each other's interpreters.
    """
    if not made:
        return []
    made.sort(key=lambda offer: (offer.interpreter_id or 0, offer.vendor_id or 0))
    newest = Offer.objects.filter(request=request).order_by("-id").values_list("id", flat=True)
    before = newest.first() or 0
    Offer.objects.bulk_create(made, ignore_conflicts=True)
    written = list(
        Offer.objects.filter(request=request, id__gt=before).select_related("interpreter")
    )
    deliver.queue(written)
    return written


def _take_ring(interpreter_id: int, now: datetime) -> None:
    """End the ring of a less urgent request, which the interpreter's page then says."""
    rings = Offer.objects.filter(interpreter=interpreter_id, outcome="")
    less_urgent = list(rings.select_related("request"))
    if close_offers(less_urgent, Outcome.WITHDRAWN, now, Reason.MORE_URGENT):
        for offer in less_urgent:
            InterpreterRequest.objects.filter(pk=offer.request_id).update(wake_at=now)


def _keep(request: InterpreterRequest, decision: Decision, now: datetime, made: bool) -> None:
    """Write what pages and the worker read, if anything of it changed."""
    columns = {
        "stage": decision.stage.value,
        "wake_at": decision.wake_at,
        "priority": request.contact.priority,
        "offered_at": request.offered_at or (now if made else None),
    }
    changed = [name for name, value in columns.items() if getattr(request, name) != value]
    for name in changed:
        setattr(request, name, columns[name])
    if decision.steps:
        request.version += 1
        changed.append("version")
    if changed:
        request.save(update_fields=changed)
