"""A complaint that a promise was broken. It has a code to come back by and no name."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from safecall.privacy.fields import SealedTextField


class Complaint(models.Model):
    """What is complained of, how far it is, and how it ended.

    Made and changed by `actions` alone. What was said is in `ComplaintWords`; only a hash of the
    code is kept. `subject` is the key of its ledger rows.
    """

    class Kind(models.TextChoices):
        """Which promise, in the words of the department."""

        ASKED = "asked", "Asked what is never asked"
        AGENCY = "agency", "Called or helped an immigration agency"
        HELD = "held", "Somebody was held longer for immigration"
        INTERPRETER = "interpreter", "No interpreter"
        TREATED = "treated", "Treated badly"
        OTHER = "other", "Something else"

    class State(models.TextChoices):
        """How far it is."""

        RECEIVED = "received", "Received"
        LOOKED_AT = "looked_at", "Being looked at"
        SETTLED = "settled", "Settled"

    class Outcome(models.TextChoices):
        """How it ended."""

        BROKEN = "broken", "A rule was broken"
        KEPT = "kept", "No rule was broken"
        UNCLEAR = "unclear", "Could not be found out"
        PASSED_ON = "passed_on", "Passed on to an office outside the police"
        OTHER_AGENCY = "other_agency", "About another agency"

    subject = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    code_hash = models.CharField(max_length=64, unique=True)
    received_on = models.DateField()
    kind = models.CharField(max_length=11, choices=Kind.choices)
    state = models.CharField(max_length=9, choices=State.choices, default=State.RECEIVED)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True, default="")
    settled_on = models.DateField(null=True, blank=True)
    #: Something was added that no supervisor has read.
    news = models.BooleanField(default=True)
    version = models.PositiveIntegerField(default=1)
    words_destroyed_at = models.DateTimeField(null=True, blank=True)
    demo = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="settled", settled_on__isnull=False) & ~Q(outcome="")
                | ~Q(state="settled") & Q(settled_on__isnull=True, outcome=""),
                name="complaint_settled_with_outcome",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["received_on"], name="complaint_by_day"),
            models.Index(fields=["id"], name="complaint_news", condition=Q(news=True)),
        ]

    def __str__(self) -> str:
        return f"complaint {self.pk}"


class ComplaintWords(models.Model):
    """What the one who complains said, at first or later. Never edited."""

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="words")
    on = models.DateField()
    text = SealedTextField()
    removed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        verbose_name_plural = "complaint words"

    def __str__(self) -> str:
        return f"words {self.pk}"


class ComplaintStep(models.Model):
    """One act on a complaint: which, on which day, by whom of the staff; codes only."""

    class Act(models.TextChoices):
        """What was done."""

        RECEIVE = "receive", "Received"
        ADD = "add", "More was said"
        LOOK = "look", "Taken up"
        SETTLE = "settle", "Settled"
        REOPEN = "reopen", "Opened again"
        DESTROY = "destroy", "Words destroyed"

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="steps")
    act = models.CharField(max_length=7, choices=Act.choices)
    on = models.DateField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )
    actor_label = models.CharField(max_length=80)
    outcome = models.CharField(
        max_length=12, choices=Complaint.Outcome.choices, blank=True, default=""
    )

    def __str__(self) -> str:
        return f"{self.act} {self.pk}"
