"""One need of an interpreter, with the times of its steps."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from safecall.contacts.models import Contact
from safecall.interpreting.models.interpreter import Interpreter
from safecall.interpreting.terms import Purpose


class InterpreterRequest(models.Model):
    """From *need recognised* to *ended*. A contact has at most one that is open.

    `language` is the tag as stated, `served` the tag in which it is interpreted. `version` rises
    with every change, for pages that ask whether there is news.
    """

    class Ending(models.TextChoices):
        """How it ended."""

        INTERPRETED = "interpreted", "Interpreted"
        WITHOUT = "without", "Ended without an interpreter"
        NOT_NEEDED = "not_needed", "Not needed after all"

    PURPOSES: ClassVar = [
        (Purpose.DISPATCH.value, "Speaking with the caller"),
        (Purpose.INTERVIEW.value, "Interview or statement"),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="interpreter_requests"
    )
    language = models.CharField(max_length=16)
    second_languages = models.CharField(max_length=80, blank=True, default="")
    served = models.CharField(max_length=16, blank=True, default="")
    consented = models.BooleanField(default=False)
    language_confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )
    purpose = models.CharField(max_length=9, choices=PURPOSES, default=Purpose.DISPATCH.value)
    priority = models.PositiveSmallIntegerField()
    wish = models.CharField(
        max_length=5, choices=Interpreter.Gender.choices, blank=True, default=""
    )
    by_itself = models.BooleanField(default=False)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )

    needed_at = models.DateTimeField()
    requested_at = models.DateTimeField()
    offered_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    first_word_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
    ending = models.CharField(max_length=11, choices=Ending.choices, blank=True, default="")
    stage = models.CharField(max_length=13, blank=True, default="")
    wake_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["contact"],
                name="one_open_request_a_contact",
                condition=Q(ended_at__isnull=True),
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True, ending="")
                | (Q(ended_at__isnull=False) & ~Q(ending="")),
                name="request_ended_says_how",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["requested_at"],
                name="request_waiting",
                condition=Q(ended_at__isnull=True, answered_at__isnull=True),
            ),
            models.Index(fields=["needed_at"], name="request_needed"),
        ]

    def __str__(self) -> str:
        return f"{self.language} {self.id}"
