"""Forms that differ from django-allauth's."""

from allauth.account.adapter import get_adapter
from allauth.mfa.base import forms as allauth_forms

from safecall.people import audit


class _Locking:
    """Wrong codes count towards the lock like wrong passwords."""

    def clean_code(self) -> str:
        """The code. Raises `ValidationError` where it is wrong or the account is locked."""
        if audit.is_locked(self.user.get_username()):  # type: ignore[attr-defined]
            raise get_adapter().validation_error("too_many_login_attempts")
        return str(super().clean_code())  # type: ignore[misc]


class AuthenticateForm(_Locking, allauth_forms.AuthenticateForm):  # type: ignore[misc]
    """The second step of signing in."""


class ReauthenticateForm(_Locking, allauth_forms.ReauthenticateForm):  # type: ignore[misc]
    """Showing once more who one is, before one changes how one signs in."""
