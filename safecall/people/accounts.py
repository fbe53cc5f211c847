"""What an administrator does with accounts; each act is written into the record of sign-ins."""

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction

from safecall.people import audit
from safecall.people.models import SignInEvent, User
from safecall.people.passwords import new_password

Kind = SignInEvent.Kind


@transaction.atomic
def add(username: str, role: str, display_name: str) -> tuple[User, str]:
    """A new account and its first password. Raises `ValidationError`."""
    password = new_password()
    user = User(username=username, role=role, display_name=display_name)
    user.set_password(password)
    user.full_clean()
    if User.objects.filter(username__iexact=username).exists():
        raise ValidationError({"username": "Somebody has this user name already."})
    user.save()
    audit.record(Kind.ACCOUNT_CHANGED, username, user, None)
    return user, password


@transaction.atomic
def renew_password(user: User) -> str:
    """A new password; it ends the person's sessions and unlocks the account."""
    password = new_password()
    user.set_password(password)
    user.save(update_fields=["password"])
    audit.record(Kind.PASSWORD_CHANGED, user.username, user, None)
    audit.unlock(user)
    return password


@transaction.atomic
def change(user: User, *, role: str | None = None, is_active: bool | None = None) -> None:
    """Another role, or open or closed. Both hold from the person's next request on."""
    user.role = role or user.role
    user.is_active = user.is_active if is_active is None else is_active
    user.full_clean()
    user.save(update_fields=["role", "is_active"])
    audit.record(Kind.ACCOUNT_CHANGED, user.username, user, None)


@transaction.atomic
def remove_second_factors(user: User) -> int:
    """For somebody who lost them all. Returns how many there were."""
    count: int = Authenticator.objects.filter(user=user).delete()[0]
    audit.record(Kind.FACTOR_REMOVED, user.username, user, None)
    return count
