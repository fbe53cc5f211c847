"""The record of sign-ins, and the lock that follows from it.

After five wrong tries within fifteen minutes a name is locked for fifteen minutes, or until an
administrator unlocks it (CJIS Security Policy 6.0, AC-7). The lock is read from the record, so it
holds in every process. Names that do not exist are locked alike, so that a
lock says nothing about who works here. A passkey is not a password: it opens a locked account.
"""

import hashlib
import hmac
from datetime import timedelta
from typing import Final

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from safecall.people.models import SignInEvent, User

Kind = SignInEvent.Kind
TRIES: Final = 5
WINDOW: Final = timedelta(minutes=15)
KEPT: Final = timedelta(days=366)

_FAILED: Final = (Kind.REFUSED, Kind.CODE_REFUSED)
_CLEARS: Final = (Kind.SIGNED_IN, Kind.UNLOCKED)


def record(kind: str, username: str, user: User | None, request: HttpRequest | None) -> None:
    """Write down one step. `username` is what was typed; only its keyed hash is kept.

    Each sign-in also clears away what is older than a year, so no nightly job has to.
    """
    if kind == Kind.SIGNED_IN:
        forget_old()
    SignInEvent.objects.create(
        at=timezone.now(),
        kind=kind,
        user=user,
        name_digest=_digest(username),
        address=get_adapter(request).get_client_ip(request) if request else None,
    )


def is_locked(username: str) -> bool:
    """Whether this name had too many wrong tries since it last got in."""
    now = timezone.now()
    last = list(
        SignInEvent.objects.filter(
            name_digest=_digest(username), at__gte=now - 2 * WINDOW, kind__in=(*_FAILED, *_CLEARS)
        )
        .order_by("-at", "-id")
        .values_list("kind", "at")[:TRIES]
    )
    if len(last) < TRIES or any(kind in _CLEARS for kind, _ in last):
        return False
    fifth, first = last[0][1], last[-1][1]
    return fifth - first <= WINDOW and now - fifth <= WINDOW


def unlock(user: User) -> None:
    """Let somebody try again at once."""
    record(Kind.UNLOCKED, user.get_username(), user, None)


def forget_old() -> int:
    """Delete what is older than a year. Returns how many steps that were."""
    count, _ = SignInEvent.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return count


def _digest(username: str) -> bytes:
    return hmac.digest(
        settings.SECRET_KEY.encode(), username.strip().casefold().encode(), hashlib.sha256
    )
