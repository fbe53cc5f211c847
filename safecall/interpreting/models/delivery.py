"""Telling an interpreter of an offer by webhook, e-mail or web push, beside their own page."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from safecall.interpreting.models.offer import Offer


class Delivery(models.Model):
    """One message of one offer by one way. What went wrong is a code, never an answer's words."""

    class Way(models.TextChoices):
        """How it goes out."""

        WEBHOOK = "webhook", "Webhook"
        EMAIL = "email", "E-mail"
        PUSH = "push", "Web push"

    class State(models.TextChoices):
        """How far it is."""

        WAITING = "waiting", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"
        LATE = "late", "Not sent: the offer was over"

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="deliveries")
    way = models.CharField(max_length=7, choices=Way.choices)
    state = models.CharField(max_length=7, choices=State.choices, default=State.WAITING)
    made_at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    problem = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        verbose_name_plural = "deliveries"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["offer", "way"], name="told_once_a_way"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], name="delivery_waiting", condition=Q(state="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.way} {self.state}"
