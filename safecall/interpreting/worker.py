"""The worker: carries the ladder on when time passes, and sees whom nobody has asked for yet.

It runs as a thread of each serving process, and any number may run at once: each request is
carried on by whoever holds its row, in one transaction (`advance`). What a killed process had not
committed has not happened; the next look, here or in another process, does it.

Nothing waits for the worker: acts ring the first interpreter themselves. It looks every quarter of
a second while a request is open, else twice a second with two look-ups in indexes. Messages go out
from a second thread, so that a slow receiver holds no ring back.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from django.db import DatabaseError, close_old_connections
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

BUSY_SECONDS: Final = 0.25
IDLE_SECONDS: Final = 0.5
# The roster may have changed, so every open request is looked at again after so long.
AGAIN: Final = timedelta(seconds=2)
# Older contacts are history that came in late; nobody waits on the line.
FRESH: Final = timedelta(minutes=15)

_log = logging.getLogger(__name__)
_start = threading.Lock()
_running = False


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


def start_worker() -> None:
    """Start this process's two threads, once."""
    global _running  # noqa: PLW0603  one pair a process
    with _start:
        if not _running:
            for name, work in {"interpreters": run, "interpreter-messages": run_messages}.items():
                threading.Thread(target=work, name=name, daemon=True).start()
            _running = True


def run() -> None:
    """Look again and again, for ever."""
    looked = timezone.now() - AGAIN

    def once() -> float:
        nonlocal looked
        now = timezone.now()
        everything = now >= looked + AGAIN
        looked = now if everything else looked
        return BUSY_SECONDS if look(all_of_them=everything) else IDLE_SECONDS

    _for_ever(once)


def run_messages() -> None:
    """Send waiting messages, for ever."""

    def once() -> float:
        return 0.0 if deliver.send_waiting() else IDLE_SECONDS

    _for_ever(once)


def _for_ever(once: Callable[[], float]) -> None:
    while True:
        try:
            pause = once()
        except Exception:  # noqa: BLE001  whatever it is, the next request must still be rung
            _log.exception("the interpreters' worker goes on")
            close_old_connections()
            pause = 1.0
        time.sleep(pause)


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
