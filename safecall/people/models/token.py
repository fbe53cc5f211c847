"""How another system, such as computer-aided dispatch, shows who it is."""

import hashlib
import secrets
import time
from typing import ClassVar, Final, Self

from django.db import models
from django.utils import timezone

PREFIX: Final = "safecall_"
CACHE_SECONDS: Final = 5.0


class SystemToken(models.Model):
    """A bearer token with scopes. Only its SHA-256 is kept: it holds 256 random bits."""

    SCOPES: ClassVar = (
        "contacts:read",
        "contacts:write",
        "engagements:read",
        "engagements:write",
    )

    name = models.CharField(max_length=80, unique=True)
    digest = models.BinaryField(max_length=32, unique=True)
    scopes = models.JSONField(default=list)
    answering_point = models.SlugField(max_length=40, blank=True, default="")
    created_at = models.DateTimeField(auto_now_add=True)
    last_used_on = models.DateField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    _known: ClassVar[dict[bytes, tuple[float, "SystemToken"]]] = {}

    def __str__(self) -> str:
        return self.name

    @classmethod
    def issue(cls, name: str, scopes: list[str], answering_point: str = "") -> tuple[Self, str]:
        """A new token, and the secret that is shown once. Raises `ValueError` on a scope."""
        if unknown := set(scopes) - set(cls.SCOPES):
            raise ValueError(f"no such scope: {', '.join(sorted(unknown))}")
        secret = PREFIX + secrets.token_urlsafe(32)
        token = cls.objects.create(
            name=name, digest=_digest(secret), scopes=scopes, answering_point=answering_point
        )
        return token, secret

    @classmethod
    def authenticate(cls, secret: str) -> "SystemToken | None":
        """The token of this secret, unless it was revoked; kept in memory for five seconds.

        The look-up is by digest, so its time says nothing about the secret.
        """
        if not secret.startswith(PREFIX):
            return None
        digest = _digest(secret)
        known = cls._known.get(digest)
        if known and time.monotonic() - known[0] < CACHE_SECONDS:
            return known[1]
        token = cls.objects.filter(digest=digest, revoked_at__isnull=True).first()
        if token is None:
            cls._known.pop(digest, None)
            return None
        today = timezone.localdate()
        if token.last_used_on != today:
            cls.objects.filter(pk=token.pk).update(last_used_on=today)
            token.last_used_on = today
        cls._known[digest] = (time.monotonic(), token)
        return token

    def revoke(self) -> None:
        """End the token for good; each process forgets it within five seconds."""
        self.revoked_at = timezone.now()
        self.save(update_fields=["revoked_at"])
        self._known.pop(bytes(self.digest), None)

    def allows(self, scope: str) -> bool:
        """Whether the token may do this."""
        return scope in self.scopes


def _digest(secret: str) -> bytes:
    return hashlib.sha256(secret.encode("utf-8", "replace")).digest()
