"""Giving a referral, and saying what became of it. Nothing is kept but the service and the outcome.

A code follows one person, of whom nothing is known, from service to service.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from safecall.contacts import codes
from safecall.contacts.actions.base import ActRefused, InvalidField
from safecall.referrals.models import Onward, Referral, Service

_PURPOSE: Final = "referral"
_MOST_STEPS: Final = 100


@dataclass(frozen=True, slots=True)
class Given:
    """A referral that was given; the code cannot be shown again."""

    referral: Referral
    code: str


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with a code: its last step, the services so far, and who could be next."""

    referral: Referral
    been: tuple[UUID, ...]
    next_service: Service | None


def give(service: Service, source: str) -> Given:
    """Note that somebody was told of this service. Raises `InvalidField` where it is not active."""
    if not service.active:
        raise InvalidField("service", "This service is not in the directory any more.")
    code = codes.new()
    referral = Referral.objects.create(
        service=service,
        code_hash=codes.hashed(code, _PURPOSE),
        source=Referral.Source(source).value,
        given_on=timezone.localdate(),
    )
    return Given(referral, code)


def standing(code: str) -> Standing | None:
    """How it stands with this code; None where nobody has it."""
    digest = codes.hashed(code, _PURPOSE)
    steps = list(_steps(digest)) if digest else []
    if not steps:
        return None
    been = tuple(one.service_id for one in steps)
    return Standing(steps[-1], been, next_after(steps[-1].service_id, been))


def tell(code: str, outcome: str, told_by: str, to: UUID | None = None) -> Standing | None:
    """What became of the last step: it helped, sent on (`to` whom), or could not be reached.

    After the last two, the next service is a further step of the same code, which is returned;
    without anybody next, and after `helped`, the step itself. None where nobody has the code.

    Raises `ActRefused` where this was told already, `InvalidField`.
    """
    digest = codes.hashed(code, _PURPOSE)
    if not digest:
        return None
    if outcome not in Referral.Outcome.values or told_by not in Referral.ToldBy.values:
        raise InvalidField("outcome", "Choose one answer.")
    with transaction.atomic():
        steps = list(_steps(digest).select_for_update(of=("self",)))
        if not steps:
            return None
        last = steps[-1]
        if last.outcome:
            raise ActRefused("This was told already.")
        last.outcome, last.told_by, last.told_on = outcome, told_by, timezone.localdate()
        last.save(update_fields=["outcome", "told_by", "told_on"])
        been = tuple(one.service_id for one in steps)
        following = _following(outcome, last, been, to)
        if following is None or len(steps) >= _MOST_STEPS:
            return Standing(last, been, None)
        further = Referral.objects.create(
            service=following,
            code_hash=digest,
            step=last.step + 1,
            source=Referral.Source.ONWARD.value,
            given_on=last.told_on,
        )
    been = (*been, following.pk)
    return Standing(further, been, next_after(following.pk, been))


def _following(
    outcome: str, last: Referral, been: tuple[UUID, ...], to: UUID | None
) -> Service | None:
    if outcome == Referral.Outcome.HELPED:
        return None
    if outcome == Referral.Outcome.SENT_ON and to is not None:
        chosen = Service.objects.filter(pk=to, active=True).exclude(pk=last.service_id).first()
        if chosen is None:
            raise InvalidField("to", "Choose a service from the list.")
        return chosen
    return next_after(last.service_id, been)


def next_after(service_id: UUID, been: tuple[UUID, ...]) -> Service | None:
    """The first service that this one refers on to, and where the person was not yet."""
    edges = Onward.objects.filter(service_id=service_id, target__active=True)
    ordered = edges.exclude(target_id__in=been).order_by("rank", "id").select_related("target")
    first = ordered.first()
    return first.target if first else None


def _steps(digest: str) -> QuerySet[Referral]:
    return Referral.objects.filter(code_hash=digest).select_related("service").order_by("step")
