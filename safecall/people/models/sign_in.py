"""Who signed in when, and who could not."""

from django.conf import settings
from django.db import models


class SignInEvent(models.Model):
    """One step of a sign-in, or one change of how somebody signs in. Kept for a year.

    The name that was typed is kept only as a keyed hash: people type passwords there by mistake.
    Source: CJIS Security Policy 6.0, AU-2 and AU-11.
    """

    class Kind(models.TextChoices):
        """What happened."""

        SIGNED_IN = "signed_in", "Signed in"
        SIGNED_OUT = "signed_out", "Signed out"
        REFUSED = "refused", "Wrong user name or password"
        CODE_REFUSED = "code_refused", "Wrong second factor"
        LOCKED = "locked", "Tried while locked"
        UNLOCKED = "unlocked", "Unlocked by an administrator"
        PASSWORD_CHANGED = "password_changed", "Password changed"
        FACTOR_ADDED = "factor_added", "Second factor added"
        FACTOR_REMOVED = "factor_removed", "Second factor removed"
        ACCOUNT_CHANGED = "account_changed", "Account made or changed"

    at = models.DateTimeField()
    kind = models.CharField(max_length=16, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="sign_ins"
    )
    name_digest = models.BinaryField(max_length=32)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["name_digest", "at"], name="people_sign_in_by_name"),
            models.Index(fields=["at"], name="people_sign_in_by_time"),
        ]
