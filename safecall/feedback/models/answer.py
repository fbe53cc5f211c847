"""Three answers of somebody who dealt with the police, from whom nobody knows."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from safecall.privacy.fields import SealedTextField


class Reply(models.TextChoices):
    """One answer."""

    YES = "yes", "Yes"
    NO = "no", "No"
    UNSAID = "unsaid", "Does not know or does not say"


class Answers(models.Model):
    """The three answers, and words if any. Made by `actions.give_answers` alone.

    Only the month is kept, no contact, language or address; the id is random and says nothing of
    the order. `coded`: given with the code of a report, once for each. `asked` is about what the
    police did; whether somebody has a status to ask about is nowhere.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    month = models.DateField(help_text="Its first day")
    coded = models.BooleanField(default=False)
    helped = models.CharField(max_length=6, choices=Reply.choices)
    own_language = models.CharField(max_length=6, choices=Reply.choices)
    asked = models.CharField(max_length=6, choices=Reply.choices)
    words = SealedTextField(blank=True, default="")
    removed = models.PositiveSmallIntegerField(default=0)
    seen_at = models.DateTimeField(null=True, blank=True)
    words_destroyed_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        verbose_name_plural = "answers"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(condition=Q(month__day=1), name="answers_first_of_month"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["month"], name="answers_by_month"),
            models.Index(
                fields=["id"],
                name="answers_unseen",
                condition=Q(asked="yes", seen_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"answers {self.pk}"


class Answered(models.Model):
    """A report whose writer has answered: a keyed hash of it. Nothing leads to the answers."""

    key = models.CharField(max_length=64, primary_key=True)

    class Meta:
        verbose_name_plural = "answered"

    def __str__(self) -> str:
        return "answered"
