"""Versions of a department's own texts, and suggestions from those who read the translations."""

import uuid
from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from safecall.people.models import User
from safecall.privacy.fields import ScreenedTextField


class Version(models.Model):
    """One version of one text in one language. What was published is never changed again.

    `number` is given when it is published. `sha256` is that of the body, as the ledger has it.
    """

    class Name(models.TextChoices):
        """Which text it is."""

        POLICY = "policy", "The policy (/policy)"
        PROMISE = "promise", "A word of our own on the first page"

    class State(models.TextChoices):
        """Where it is on its way."""

        DRAFT = "draft", "Draft"
        PROPOSED = "proposed", "Waits for a second person"
        PUBLISHED = "published", "Published"
        SENT_BACK = "sent_back", "Sent back"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=20, choices=Name.choices)
    lang = models.CharField(max_length=12, default="en")
    number = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    body = models.TextField()
    changed = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    published_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["name", "lang", "number"],
                condition=Q(number__isnull=False),
                name="texts_one_version_a_number",
            ),
            models.CheckConstraint(
                condition=Q(published_by__isnull=True) | ~Q(published_by=F("written_by")),
                name="texts_a_second_person_publishes",
            ),
            models.CheckConstraint(
                condition=Q(state="published", number__isnull=False, published_by__isnull=False)
                | (~Q(state="published") & Q(number__isnull=True)),
                name="texts_published_has_number",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["name", "lang", "-number"], name="texts_history"),
            models.Index(fields=["state", "written_at"], name="texts_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.lang} {self.number or self.state}"


class Suggestion(models.Model):
    """A better translation, from somebody who speaks the language. Nothing says who it was.

    `page` is the language of the translation; it stays, settled or not.
    """

    class State(models.TextChoices):
        """What became of it."""

        NEW = "new", "New"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    lang = models.CharField(max_length=12)
    wrong = ScreenedTextField(blank=True)
    better = ScreenedTextField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.NEW)
    received_on = models.DateField()
    settled_by = models.ForeignKey(User, models.PROTECT, related_name="+", null=True)
    settled_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "id"], name="texts_suggestions"),
        ]

    def __str__(self) -> str:
        return f"{self.lang} {self.state}"
