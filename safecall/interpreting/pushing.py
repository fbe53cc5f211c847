"""Sending an offer to an interpreter's browsers by web push, while their page is closed.

A message says the language and "tap to see", and is sealed for that browser; its maker's service
learns that a message went out, when, and how long it is. Off unless the department names the
services (`SAFECALL_WEB_PUSH_SERVICES`).
"""

import json
from datetime import UTC, datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings

from safecall.interpreting.models import Offer, PushSubscription
from safecall.interpreting.story import times
from safecall.interpreting.webpush import Browser, authorization, encrypt
from safecall.vocabulary.languages import label

#: The push service's answers for a subscription that is no more.
GONE: Final = (404, 410)


def push_is_on() -> bool:
    """Whether the department has set up web push."""
    return bool(settings.WEB_PUSH_KEY and settings.WEB_PUSH_SERVICES)


def allowed(endpoint: str) -> bool:
    """Whether messages may go there: one of `WEB_PUSH_SERVICES`, over HTTPS.

    `*.example.com` allows every host below it. This machine itself needs no HTTPS.
    """
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if parts.username or parts.password:
        return False
    if parts.scheme == "http":
        return host in ("localhost", "127.0.0.1") and host in settings.WEB_PUSH_SERVICES
    return (
        parts.scheme == "https"
        and port in (None, 443)
        and any(
            host == one or (one.startswith("*.") and host.endswith(one[1:]))
            for one in settings.WEB_PUSH_SERVICES
        )
    )


def push(offer: Offer, timeout: float) -> str:
    """Send to each browser of the offer's interpreter; "" where one took it, else a code.

    What the push service says is no more is forgotten.
    """
    found = list(PushSubscription.objects.filter(interpreter=offer.interpreter_id))
    problems = [_send(one, _message(offer), timeout) for one in found]
    if not problems:
        return "no_browser"
    return "" if "" in problems else problems[-1]


def _send(subscription: PushSubscription, message: bytes, timeout: float) -> str:
    import httpx  # noqa: PLC0415  a tenth of a second that few processes need

    endpoint = str(subscription.endpoint)
    if not allowed(endpoint):
        return "service_not_allowed"
    browser = Browser(endpoint, subscription.p256dh, subscription.auth)
    now = int(datetime.now(UTC).timestamp())
    headers = {
        "Authorization": authorization(endpoint, settings.PUBLIC_URL, settings.WEB_PUSH_KEY, now),
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(int(times().silence)),
        "Urgency": "high",
    }
    try:
        answer = httpx.post(
            endpoint, content=encrypt(message, browser), headers=headers, timeout=timeout
        )
    except httpx.TimeoutException:
        return "timeout"
    except (httpx.HTTPError, httpx.InvalidURL):
        return "not_reached"
    if answer.status_code in GONE:
        subscription.delete()
        return "browser_gone"
    return "" if answer.is_success else f"status_{answer.status_code}"


def _message(offer: Offer) -> bytes:
    told = {"language": label(offer.tag), "ring": f"ring-{offer.pk}"}
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False).encode()
