"""The worker: carries the ladder on when time passes, and sees whom nobody has asked for yet.

It runs as a thread of each serving process, and any number may run at once: each request is
carried on by whoever holds its row, in one transaction (`advance`). What a killed process had not
committed has not happened; the next look, here or in another process, does it.

Nothing waits for the worker: acts ring the first interpreter themselves. It looks every quarter of
a second while a request is open, else twice a second with two look-ups in indexes. Messages go out
from a second thread, so that a slow receiver holds no ring back.
"""

import logging
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from safecall.contacts.actions import Actor, ActRefused
from safecall.contacts.models import Contact
from safecall.contacts.workflow import State
from safecall.interpreting import deliver
from safecall.interpreting.actions import end, needs_interpreter, request_interpreter
from safecall.interpreting.actions.requesting import BY_ITSELF, OWN
from safecall.interpreting.advance import advance
from safecall.interpreting.models import InterpreterRequest
from safecall.workers import Worker

BUSY_SECONDS: Final = 0.25
IDLE_SECONDS: Final = 0.5
# The roster may have changed, so every open request is looked at again after so long.
AGAIN: Final = timedelta(seconds=2)
# Older contacts are history that came in late; nobody waits on the line.
FRESH: Final = timedelta(minutes=15)

_log = logging.getLogger(__name__)


def look(now: datetime | None = None, *, all_of_them: bool = True) -> bool:
    """Do once what is due; whether any request waits for an interpreter.

    `all_of_them`: also look at those that are not due yet, for whom the roster may have changed.
    """
    at = now or timezone.now()
    _ask_by_itself(at)
    _end_with_contact()
    waiting = _waiting()
    due = waiting if all_of_them else waiting.filter(wake_at__lte=at)
    for pk in due.order_by("priority", "requested_at").values_list("pk", flat=True):
        try:
            advance(pk, now)
        except DatabaseError:
            _log.exception("a request for an interpreter will be carried on with the next look")
    return waiting.exists()


class _Looking:
    """Looks at what is due, and every `AGAIN` at everything."""

    def __init__(self) -> None:
        self._looked = timezone.now() - AGAIN

    def once(self) -> float:
        """Look; how many seconds until the next look."""
        now = timezone.now()
        everything = now >= self._looked + AGAIN
        self._looked = now if everything else self._looked
        return BUSY_SECONDS if look(all_of_them=everything) else IDLE_SECONDS


def _send_messages() -> float:
    return 0.0 if deliver.send_waiting() else IDLE_SECONDS


#: This process's two threads.
workers: Final = (
    Worker("interpreters", _Looking().once),
    Worker("interpreter-messages", _send_messages),
)


def _waiting() -> QuerySet[InterpreterRequest]:
    return InterpreterRequest.objects.filter(ended_at__isnull=True, answered_at__isnull=True)


def _ask_by_itself(now: datetime) -> None:
    """Whoever speaks another language and came in by a way that did not ask by itself."""
    asked = InterpreterRequest.objects.filter(contact=OuterRef("pk")).filter(
        Q(ended_at__isnull=True) | Q(language=OuterRef("language"))
    )
    without = (
        Contact.objects.filter(
            opened_at__gte=now - FRESH, received_at__gte=now - FRESH, channel__in=BY_ITSELF
        )
        .exclude(Q(state=State.CLOSED.value) | Q(language="") | Q(language=OWN))
        .exclude(Exists(asked))
    )
    for contact in without.order_by("priority", "opened_at")[:100]:
        if needs_interpreter(contact):
            try:
                request_interpreter(Actor.service(), contact, by_itself=True)
            except (ActRefused, DatabaseError):
                _log.exception("an interpreter could not be asked for by itself")


def _end_with_contact() -> None:
    """A contact that was closed needs nobody any more."""
    over = InterpreterRequest.objects.filter(
        ended_at__isnull=True, contact__state=State.CLOSED.value
    )
    for request in over[:100]:
        end(Actor.service(), request)
