"""How django-allauth behaves here."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from safecall.people import audit
from safecall.people.models import SignInEvent, User
from safecall.people.permissions import first_page


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """No sign-up, a lock after five wrong tries, and a record of all of them."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Too many wrong tries. Wait fifteen minutes, ask an administrator to unlock your "
            "account, or sign in with a passkey."
        ),
        "username_password_mismatch": _(
            "User name and password do not match. After five wrong tries the account is locked "
            "for fifteen minutes."
        ),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are made by an administrator."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Before the password is looked at. Raises `ValidationError` where the name is locked."""
        username = str(credentials.get("username", ""))
        if audit.is_locked(username):
            audit.record(SignInEvent.Kind.LOCKED, username, _known(username), request)
            raise self.validation_error("too_many_login_attempts")
        super().pre_authenticate(request, **credentials)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """The name or the password was wrong."""
        username = str(credentials.get("username", ""))
        audit.record(SignInEvent.Kind.REFUSED, username, _known(username), request)

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """The first page that this person's work needs."""
        return reverse(first_page(request.user))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page of one's own account."""
        return reverse("mfa_index")


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Secrets are sealed, and a required second factor cannot be taken off."""

    def encrypt(self, text: str) -> str:
        """Seal the secret of an authenticator app."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Open it."""
        return _cipher().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Whether another factor stays, or none is required."""
        if not settings.REQUIRE_MFA:
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return bool(others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists())

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What a passkey shows beside the address."""
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return entity | {"name": "safecall"}


def _known(username: str) -> User | None:
    return User.objects.filter(username__iexact=username.strip()).first()


def _cipher() -> MultiFernet:
    return MultiFernet([Fernet(key) for key in settings.FIELD_KEYS])
