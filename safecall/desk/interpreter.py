"""What an interpreter's own page shows: what rings, what they are at, whether they are on call."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from django.conf import settings
from django.utils import timezone

from safecall.desk.interpreting import Ring, ring
from safecall.interpreting.models import Interpreter, Offer
from safecall.interpreting.pushing import push_is_on
from safecall.interpreting.roster import available
from safecall.interpreting.webpush import public_key
from safecall.people.models import User

#: How long an offer that somebody else took, or that was missed, stays on the page.
SHOWN_FOR: Final = timedelta(minutes=10)
_NEWEST: Final = 8


@dataclass(frozen=True, slots=True)
class Own:
    """The interpreter's rings, newest first."""

    interpreter: Interpreter
    here: bool
    ringing: list[Ring]
    at_work: list[Ring]
    over: list[Ring]

    @property
    def mark(self) -> str:
        """Changes with everything that the page shows."""
        offers = [*self.ringing, *self.at_work, *self.over]
        told = [
            (one.offer.pk, one.offer.outcome, one.offer.request.version if one.at_work else 0)
            for one in offers
        ]
        return hashlib.blake2b(repr((self.here, told)).encode(), digest_size=8).hexdigest()


def of(user: User) -> Interpreter | None:
    """The active interpreter with this account."""
    return Interpreter.objects.filter(user=user, active=True).first()


def own(interpreter: Interpreter) -> Own:
    """What their page shows now. Two queries."""
    now = timezone.now()
    offers = Offer.objects.filter(interpreter=interpreter).select_related(
        "interpreter", "request__contact"
    )
    shown = [ring(one) for one in offers.order_by("-id")[:_NEWEST]]
    since = now - SHOWN_FOR
    exceptions = list(interpreter.exceptions.filter(begins_at__lte=now, ends_at__gt=now))
    return Own(
        interpreter,
        available(interpreter, exceptions, now),
        [one for one in shown if one.open],
        [one for one in shown if one.at_work],
        [
            one
            for one in shown
            if not one.open
            and not one.at_work
            and one.offer.outcome_at is not None
            and one.offer.outcome_at > since
        ],
    )


def context(user: User, interpreter: Interpreter, device_kept: bool) -> dict[str, Any]:
    """All that the page's templates need."""
    shown = own(interpreter)
    return {
        "user": user,
        "own": shown,
        "change": shown.mark,
        "ringing": len(shown.ringing),
        "device_kept": device_kept,
        "push_key": public_key(settings.WEB_PUSH_KEY) if push_is_on() else "",
    }
