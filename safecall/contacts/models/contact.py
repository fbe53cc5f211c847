"""The contact itself."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from safecall.contacts.models.agency import Agency, AnsweringPoint
from safecall.contacts.workflow import State
from safecall.privacy.fields import ScreenedTextField, SealedTextField


class Contact(models.Model):
    """One time that somebody reached the police, by whichever way.

    There is no column for anyone's status, origin or documents, and there will be none.
    """

    class Channel(models.TextChoices):
        """How the contact came in."""

        EMERGENCY = "911", "911"
        NON_EMERGENCY = "non_emergency", "Non-emergency line"
        TEXT = "text", "Text"
        WEB = "web", "Web report"
        COUNTER = "counter", "Counter"
        OFFICER = "officer", "Officer-initiated"

    class ForWhom(models.TextChoices):
        """Whom the caller wants helped."""

        SELF = "self", "The caller"
        OTHER = "other", "Someone the caller is concerned about"

    class Source(models.TextChoices):
        """Whether it was counted as it came in, or taken over from an export later."""

        LIVE = "live", "As it came in"
        HISTORICAL = "historical", "Taken over from an export"

    STATES: ClassVar = [
        (State.RECEIVED.value, "Ringing or unread"),
        (State.ANSWERED.value, "Being helped"),
        (State.CLOSED.value, "Closed"),
    ]

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # Both null until the numbering worker takes the contact, milliseconds after it was opened.
    year = models.PositiveSmallIntegerField(null=True, editable=False)
    serial = models.PositiveIntegerField(null=True, editable=False)

    channel = models.CharField(max_length=15, choices=Channel.choices)
    source = models.CharField(max_length=10, choices=Source.choices, default=Source.LIVE)
    state = models.CharField(max_length=10, choices=STATES, default=State.RECEIVED.value)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, db_index=False)
    answering_point = models.ForeignKey(AnsweringPoint, on_delete=models.PROTECT, db_index=False)
    version = models.PositiveIntegerField(default=1)

    opened_at = models.DateTimeField(default=timezone.now)
    received_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    answer_ms = models.PositiveIntegerField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    personal_destroyed_at = models.DateTimeField(null=True, blank=True)

    place_words = ScreenedTextField(blank=True, default="")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    callback = SealedTextField(blank=True, default="")
    caller_name = SealedTextField(blank=True, default="")
    for_whom = models.CharField(max_length=5, choices=ForWhom.choices, default=ForWhom.SELF)
    concern_who = SealedTextField(blank=True, default="")
    concern_where = SealedTextField(blank=True, default="")

    incident_type = models.CharField(max_length=12, blank=True, default="")
    priority = models.PositiveSmallIntegerField(default=3)
    language = models.CharField(max_length=16, blank=True, default="")
    source_number = models.CharField(max_length=40, blank=True, default="")
    disposition = models.CharField(max_length=3, blank=True, default="")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, db_index=False
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["opened_at", "id"], name="contact_opened"),
            models.Index(
                fields=["opened_at"], name="contact_unnumbered", condition=Q(serial__isnull=True)
            ),
            models.Index(
                fields=["priority", "received_at"],
                name="contact_queue",
                condition=~Q(state=State.CLOSED.value),
            ),
            models.Index(
                fields=["closed_at"],
                name="contact_to_destroy",
                condition=Q(closed_at__isnull=False, personal_destroyed_at__isnull=True),
            ),
            models.Index(
                fields=["received_at"], name="contact_911", condition=Q(answer_ms__isnull=False)
            ),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["year", "serial"], name="contact_number_once"),
            models.CheckConstraint(
                condition=Q(priority__gte=1, priority__lte=5), name="contact_priority_1_to_5"
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED.value, closed_at__isnull=False)
                | (~Q(state=State.CLOSED.value) & Q(closed_at__isnull=True)),
                name="contact_closed_has_time",
            ),
        ]

    def __str__(self) -> str:
        return self.number or str(self.id)

    @property
    def number(self) -> str | None:
        """The number that people use, such as 2026-000123; None for some milliseconds."""
        if self.year is None or self.serial is None:
            return None
        return f"{self.year}-{self.serial:06d}"


class NumberSeries(models.Model):
    """The last number given out in a year; the row that the numbering worker locks."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "number series"

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"
