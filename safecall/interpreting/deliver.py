"""Telling interpreters of an offer beyond their own page: webhook, e-mail, web push.

A message is queued in the transaction of its offer and sent by the worker's second thread, at most
once: one that was being sent when the process was killed counts as failed. Nothing waits for it.
What goes out names a language and a priority; no caller, contact, place or number.
"""

import json
import logging
import smtplib
import ssl
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import send_mail
from django.utils import timezone

from safecall.interpreting.models import Delivery, Interpreter, Offer
from safecall.interpreting.pushing import push, push_is_on
from safecall.privacy.rows import insert
from safecall.privacy.webhooks import SIGNATURE, signature
from safecall.vocabulary.languages import label

TIMEOUT_SECONDS: Final = 5.0
LOST_AFTER: Final = timedelta(seconds=60)
_LOOPBACK: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_log = logging.getLogger(__name__)


def queue(offers: Iterable[Offer]) -> None:
    """Queue the messages of these new offers, inside their transaction."""
    rows = [
        {"offer_id": offer.pk, "way": way, "made_at": offer.at}
        for offer in offers
        if offer.interpreter
        for way in _ways(offer.interpreter)
    ]
    insert(Delivery, rows)


def send_waiting() -> int:
    """Send what waits, oldest first; how many messages were tried."""
    _give_up_lost()
    tried = 0
    for pk in Delivery.objects.filter(state="waiting").order_by("id").values_list("pk", flat=True):
        # Whoever changes the row from waiting sends it; another worker then finds it taken.
        mine = Delivery.objects.filter(pk=pk, state="waiting")
        if mine.update(state=Delivery.State.SENDING, taken_at=timezone.now()):
            _send(
                Delivery.objects.select_related("offer__interpreter", "offer__request").get(pk=pk)
            )
            tried += 1
    return tried


def allowed(address: str) -> bool:
    """Whether a webhook may go there: HTTPS, or this machine itself."""
    parts = urlsplit(address)
    if parts.username or parts.password or not parts.hostname:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOOPBACK)


def _ways(interpreter: Interpreter) -> list[str]:
    ways = []
    if interpreter.webhook and settings.INTERPRETER_WEBHOOK_SECRET:
        ways.append(Delivery.Way.WEBHOOK.value)
    if interpreter.email and settings.EMAIL_HOST:
        ways.append(Delivery.Way.EMAIL.value)
    if push_is_on() and interpreter.push_subscriptions.exists():
        ways.append(Delivery.Way.PUSH.value)
    return ways


def _give_up_lost() -> None:
    """Those that a killed process was sending: nobody knows whether they went out."""
    now = timezone.now()
    Delivery.objects.filter(state="sending", taken_at__lt=now - LOST_AFTER).update(
        state=Delivery.State.FAILED, ended_at=now, problem="interrupted"
    )


def _send(delivery: Delivery) -> None:
    if delivery.offer.outcome:
        _end(delivery, Delivery.State.LATE, "")
        return
    problem = _SENDERS[Delivery.Way(delivery.way)](delivery.offer)
    if problem:
        _log.warning("an interpreter's %s could not be sent: %s", delivery.way, problem)
    _end(delivery, Delivery.State.FAILED if problem else Delivery.State.SENT, problem)


def _end(delivery: Delivery, state: Delivery.State, problem: str) -> None:
    Delivery.objects.filter(pk=delivery.pk).update(
        state=state, problem=problem, ended_at=timezone.now()
    )


def _by_webhook(offer: Offer) -> str:
    """Send it; a code of what went wrong, or an empty string."""
    import httpx  # noqa: PLC0415  a tenth of a second that few processes need

    address = str(offer.interpreter.webhook) if offer.interpreter else ""
    if not allowed(address):
        return "address_not_https"
    now = int(timezone.now().timestamp())
    body = json.dumps(_message(offer), separators=(",", ":")).encode()
    headers = {
        "Content-Type": "application/json",
        SIGNATURE: signature(settings.INTERPRETER_WEBHOOK_SECRET, body, now),
    }
    try:
        answer = httpx.post(address, content=body, headers=headers, timeout=TIMEOUT_SECONDS)
    except httpx.TimeoutException:
        return "timeout"
    except (httpx.HTTPError, httpx.InvalidURL):
        return "not_reached"
    return "" if answer.is_success else f"status_{answer.status_code}"


def _by_email(offer: Offer) -> str:
    """Send it; a code of what went wrong, or an empty string."""
    address = str(offer.interpreter.email) if offer.interpreter else ""
    language = label(offer.tag)
    text = f"An interpreter for {language} is needed now.\n\nAnswer here: {_link()}\n"
    try:
        send_mail(f"Interpreter needed: {language}", text, settings.EMAIL_FROM, [address])
    except (smtplib.SMTPException, OSError, ssl.SSLError):
        return "not_reached"
    return ""


def _by_push(offer: Offer) -> str:
    return push(offer, TIMEOUT_SECONDS)


_SENDERS: Final[dict[Delivery.Way, Callable[[Offer], str]]] = {
    Delivery.Way.WEBHOOK: _by_webhook,
    Delivery.Way.EMAIL: _by_email,
    Delivery.Way.PUSH: _by_push,
}


def _message(offer: Offer) -> dict[str, str | int]:
    return {
        "event": "interpreter.offer",
        "offer": offer.pk,
        "language": offer.tag,
        "priority": offer.request.priority,
        "at": offer.at.isoformat(),
        "link": _link(),
    }


def _link() -> str:
    """The interpreters' own page, on which the offer rings."""
    return f"{settings.PUBLIC_URL}/interpreter/"
