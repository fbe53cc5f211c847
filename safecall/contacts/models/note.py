"""Narrative notes: append-only and screened."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from safecall.contacts.models.contact import Contact
from safecall.privacy.fields import ScreenedTextField


class Note(models.Model):
    """What somebody said or saw. A note is never edited; a later note corrects it."""

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="notes")
    at = models.DateTimeField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, db_index=False
    )
    author_label = models.CharField(max_length=80)
    text = ScreenedTextField()
    removed = models.PositiveSmallIntegerField(default=0)
    mentions_authority = models.BooleanField(default=False)
    mention_seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["-id"],
                name="note_mention_unseen",
                condition=Q(mentions_authority=True, mention_seen_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"note {self.pk}"
