"""What the API remembers of requests, so that one sent twice acts once."""

from collections import Counter
from datetime import timedelta

from django.db import models
from django.utils import timezone

from safecall.contacts.models import Contact, Note

NOT_KEPT = ("narrative", "place", "callback", "caller_name", "concern_who", "concern_where")


class IdempotencyKey(models.Model):
    """A request that was carried out, written in the transaction that carried it out.

    Nothing readable is kept: `digest` and `fingerprint` are keyed hashes (of the caller's key
    together with its token, and of the request's body).
    """

    digest = models.BinaryField(max_length=32, unique=True)
    fingerprint = models.BinaryField(max_length=32)
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, db_index=False)
    note = models.ForeignKey(Note, null=True, on_delete=models.CASCADE, db_index=False)
    statements = models.PositiveSmallIntegerField(default=0)
    questions = models.PositiveSmallIntegerField(default=0)
    identifiers = models.PositiveSmallIntegerField(default=0)
    proxies = models.PositiveSmallIntegerField(default=0)
    # One bit for each of NOT_KEPT: the fields that were left out because no guard was there.
    not_kept_bits = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"request {self.pk}"

    @property
    def removed(self) -> Counter[str]:
        """How many findings of each kind the guard took out of what was sent."""
        kinds = {
            "statement": self.statements,
            "question": self.questions,
            "identifier": self.identifiers,
            "proxy": self.proxies,
        }
        return Counter({kind: count for kind, count in kinds.items() if count})

    @property
    def not_kept(self) -> list[str]:
        """The fields of which the text was not kept, and has to be sent again."""
        return [name for bit, name in enumerate(NOT_KEPT) if self.not_kept_bits >> bit & 1]

    @classmethod
    def purge(cls, keep: timedelta) -> int:
        """Forget the requests that are older than this; returns how many."""
        return cls.objects.filter(created_at__lt=timezone.now() - keep).delete()[0]
