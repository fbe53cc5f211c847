"""Writes down what django-allauth reports. (Acts on contacts never rely on signals.)"""

from typing import Any

from allauth.account import signals as account
from allauth.mfa import signals as mfa
from django.dispatch import Signal
from django.http import HttpRequest

from safecall.people import audit
from safecall.people.models import SignInEvent, User

Kind = SignInEvent.Kind
_RECORDED: dict[Kind, Signal] = {
    Kind.SIGNED_IN: account.user_logged_in,
    Kind.SIGNED_OUT: account.user_logged_out,
    Kind.PASSWORD_CHANGED: account.password_changed,
    Kind.CODE_REFUSED: mfa.authentication_failed,
    Kind.FACTOR_ADDED: mfa.authenticator_added,
    Kind.FACTOR_REMOVED: mfa.authenticator_removed,
}


def connect() -> None:
    """Called once, when the applications are ready."""
    for kind, signal in _RECORDED.items():
        signal.connect(_recorder(kind), weak=False, dispatch_uid=f"safecall.people.{kind}")


def _recorder(kind: Kind) -> Any:
    def write(request: HttpRequest | None, user: User | None, **_: object) -> None:
        if user is not None:
            audit.record(kind, user.get_username(), user, request)

    return write
