"""An interpreter's browser asks for rings by web push, or wants them no more."""

import hashlib
from typing import Final

from django.db import transaction

from safecall import guard
from safecall.contacts.actions.base import ActRefused, InvalidField
from safecall.interpreting.models import Interpreter, PushSubscription
from safecall.interpreting.pushing import allowed, push_is_on
from safecall.interpreting.webpush import BadKey, Browser

#: The newest browsers of one interpreter; the oldest makes room.
MOST: Final = 3
MOST_LETTERS: Final = 1000


def keep_push(interpreter: Interpreter, browser: Browser) -> None:
    """Send this interpreter's rings to this browser, too. The second time changes nothing.

    Raises `ActRefused` where the department has not set it up, `InvalidField` where the browser's
    push service is not among those that it allows.
    """
    if not push_is_on():
        raise ActRefused("This department has not set up rings to closed pages.")
    endpoint = browser.endpoint
    screened = guard.screen(endpoint)
    if not allowed(endpoint) or len(endpoint) > MOST_LETTERS or screened.text != endpoint:
        raise InvalidField("endpoint", "This browser's push service is not allowed here.")
    with transaction.atomic():
        PushSubscription.objects.update_or_create(
            endpoint_hash=_hash(endpoint),
            defaults={
                "interpreter": interpreter,
                "endpoint": screened,
                "p256dh": browser.p256dh,
                "auth": browser.auth,
            },
        )
        kept = interpreter.push_subscriptions.order_by("-pk").values_list("pk", flat=True)[:MOST]
        interpreter.push_subscriptions.exclude(pk__in=list(kept)).delete()


def drop_push(interpreter: Interpreter, endpoint: str) -> None:
    """Send nothing more to this browser of the interpreter's."""
    interpreter.push_subscriptions.filter(endpoint_hash=_hash(endpoint)).delete()


def browser_of(endpoint: str, p256dh: str, auth: str) -> Browser:
    """The browser, of what its page sent. Raises `InvalidField`."""
    try:
        return Browser(endpoint, p256dh, auth)
    except BadKey:
        raise InvalidField("keys", "The browser's keys cannot be read.") from None


def _hash(endpoint: str) -> str:
    return hashlib.sha256(b"safecall/push/v1\n" + endpoint.encode()).hexdigest()
