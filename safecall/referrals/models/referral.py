"""A referral: that somebody was told of a service, and what became of it. Nobody's name."""

from typing import ClassVar

from django.db import models

from safecall.referrals.models.directory import Service


class Referral(models.Model):
    """One step on the way of one person, of whom nothing is known.

    The steps of one code follow each other by `step`. Only the code's hash is kept; retention
    takes it away, so that the steps can then no longer be told to belong together.
    """

    class Source(models.TextChoices):
        DESK = "desk"
        SITE = "site"
        ONWARD = "onward"

    class Outcome(models.TextChoices):
        HELPED = "helped"
        SENT_ON = "sent_on"
        NOT_REACHED = "not_reached"

    class ToldBy(models.TextChoices):
        PERSON = "person"
        OFFICE = "office"

    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="referrals")
    code_hash = models.CharField(max_length=64, null=True)
    step = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=6, choices=Source.choices)
    given_on = models.DateField(db_index=True)
    outcome = models.CharField(max_length=11, choices=Outcome.choices, blank=True, default="")
    told_by = models.CharField(max_length=6, choices=ToldBy.choices, blank=True, default="")
    told_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code_hash", "step"], name="referral_step_once")
        ]

    def __str__(self) -> str:
        return f"referral {self.pk}"
