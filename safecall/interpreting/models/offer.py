"""One ring: an interpreter who is asked, a vendor's line that is dialled, a supervisor told."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from safecall.interpreting.models.interpreter import Interpreter
from safecall.interpreting.models.request import InterpreterRequest
from safecall.interpreting.models.vendor import Vendor
from safecall.interpreting.terms import Kind, Outcome, Reason

_ACCEPTED = Q(outcome=Outcome.ACCEPTED.value) & ~Q(kind=Kind.SUPERVISOR.value)
_RINGING = Q(outcome="")


class Offer(models.Model):
    """To whom, when, and what became of it (`outcome` is empty while it rings).

    `over_at` is empty while it rings and while they interpret: an interpreter is at one thing at a
    time. The database itself holds that, and that a request has one winner.
    """

    KINDS: ClassVar = [(kind.value, kind.value) for kind in Kind]
    OUTCOMES: ClassVar = [(outcome.value, outcome.value) for outcome in Outcome]
    REASONS: ClassVar = [
        (Reason.TAKEN.value, "Taken by somebody else"),
        (Reason.OVER.value, "No longer needed"),
        (Reason.MORE_URGENT.value, "Needed for a more urgent call"),
        (Reason.GONE.value, "Not for this call"),
    ]

    request = models.ForeignKey(
        InterpreterRequest, on_delete=models.CASCADE, related_name="offers", db_index=False
    )
    kind = models.CharField(max_length=10, choices=KINDS)
    interpreter = models.ForeignKey(
        Interpreter, null=True, on_delete=models.PROTECT, related_name="offers", db_index=False
    )
    vendor = models.ForeignKey(
        Vendor, null=True, on_delete=models.PROTECT, related_name="offers", db_index=False
    )
    tag = models.CharField(max_length=16, blank=True, default="")
    at = models.DateTimeField()
    shown_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=9, choices=OUTCOMES, blank=True, default="")
    outcome_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=11, choices=REASONS, blank=True, default="")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )
    over_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["request", "id"], name="offer_story"),
            models.Index(fields=["interpreter", "-id"], name="offer_of_interpreter"),
            models.Index(fields=["vendor"], name="offer_of_vendor"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["request"], name="one_winner_a_request", condition=_ACCEPTED
            ),
            models.UniqueConstraint(
                fields=["interpreter"],
                name="one_thing_at_a_time",
                condition=Q(over_at__isnull=True, interpreter__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["request", "vendor"],
                name="one_line_at_a_time",
                condition=_RINGING & Q(vendor__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["request"],
                name="one_page_at_a_time",
                condition=_RINGING & Q(kind=Kind.SUPERVISOR.value),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.outcome or 'ringing'}"
