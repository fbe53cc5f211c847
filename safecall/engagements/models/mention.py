"""What became of a note that mentions an immigration authority."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from safecall.contacts.models import Note
from safecall.engagements.models.engagement import Engagement
from safecall.engagements.models.unchanging import WrittenOnce
from safecall.vocabulary.engagements import outcome


class MentionSettled(WrittenOnce):
    """A supervisor's answer: no engagement, with the reason, or the record that it became.

    `late`: more than five business days after the note.
    """

    note = models.OneToOneField(Note, on_delete=models.PROTECT, related_name="mention")
    reason = models.CharField(
        max_length=18, choices=outcome.Settled.choices(), blank=True, default=""
    )
    engagement = models.ForeignKey(
        Engagement, null=True, on_delete=models.PROTECT, related_name="mentions"
    )
    late = models.BooleanField(default=False)
    settled_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )
    settled_by_label = models.CharField(max_length=80)

    class Meta:
        verbose_name_plural = "mentions settled"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=(Q(engagement__isnull=True) & ~Q(reason=""))
                | Q(engagement__isnull=False, reason=""),
                name="mention_reason_or_record",
            ),
        ]

    def __str__(self) -> str:
        return self.reason or "record"
