"""Which interpreter asks: signed in, or on a device that they keep on call.

A sign-in ends after half an hour without work, and a ring may come hours later. So an interpreter
who is signed in, with their second factor, can keep a device on call for some hours. Its cookie
opens their own rings and nothing else; no page that it opens shows anything about a caller. It ends
with its time, with a new password, and when the account is closed.
"""

from typing import Final

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

from safecall.people.models import User
from safecall.people.second_factor import is_missing

COOKIE: Final = "safecall-on-call"
PATH: Final = "/interpreter/"
HOURS: Final = 12
_SALT: Final = "safecall.desk.on_call"
_SECONDS: Final = HOURS * 3600


def who(request: HttpRequest) -> User | None:
    """The member of staff who is signed in, or whose device this is."""
    user = request.user
    if isinstance(user, User) and user.is_authenticated:
        return None if is_missing(request) else user
    return _of_device(request)


def is_kept(request: HttpRequest) -> bool:
    """Whether this device is on call."""
    return _of_device(request) is not None


def keep(response: HttpResponse, user: User) -> None:
    """Put this device on call for its person."""
    value = signing.dumps([user.pk, user.get_session_auth_hash()], salt=_SALT)
    response.set_cookie(
        COOKIE,
        value,
        max_age=_SECONDS,
        path=PATH,
        secure=bool(settings.SESSION_COOKIE_SECURE),
        httponly=True,
        samesite="Strict",
    )


def forget(response: HttpResponse) -> None:
    """Take this device off call."""
    response.delete_cookie(COOKIE, path=PATH, samesite="Strict")


def _of_device(request: HttpRequest) -> User | None:
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=_SALT, max_age=_SECONDS)
        pk, proof = told
    except (signing.BadSignature, TypeError, ValueError):
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    # A new password changes the hash, and so ends all devices.
    return user if user and user.get_session_auth_hash() == proof else None
