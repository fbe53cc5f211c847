"""The people who interpret: staff of this house and people on the roster."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from safecall.contacts.models import Contact
from safecall.interpreting.terms import Kind, Modality
from safecall.privacy.fields import ScreenedTextField, SealedTextField


class Interpreter(models.Model):
    """Somebody who can be asked to interpret. Made by `actions.keep_interpreter` alone.

    Name and addresses are sealed. `user` is the account with which they sign in to their page, if
    they have one. `hours` are weekly, in the department's time (`hours.py`).
    """

    KINDS: ClassVar = [(Kind.STAFF.value, "Staff"), (Kind.ROSTER.value, "On the roster")]

    class Gender(models.TextChoices):
        """For callers who ask for it; kept only where the interpreter says so."""

        WOMAN = "woman", "A woman"
        MAN = "man", "A man"

    code = models.SlugField(max_length=40, unique=True)
    kind = models.CharField(max_length=6, choices=KINDS, default=Kind.ROSTER.value)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="interpreter",
    )
    name = SealedTextField()
    works_for = ScreenedTextField(blank=True, default="")
    gender = models.CharField(max_length=5, choices=Gender.choices, blank=True, default="")
    telephone = SealedTextField(blank=True, default="")
    email = SealedTextField(blank=True, default="")
    webhook = SealedTextField(blank=True, default="")
    by_telephone = models.BooleanField(default=True)
    by_video = models.BooleanField(default=False)
    in_person = models.BooleanField(default=False)
    by_text = models.BooleanField(default=False)
    hours = models.CharField(max_length=400, default="never")
    active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)
    added_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.code

    @property
    def modalities(self) -> frozenset[Modality]:
        """How they can work."""
        return modalities(self)


def modalities(who: models.Model) -> frozenset[Modality]:
    """The modalities of a row with the four columns."""
    columns = {
        "by_telephone": Modality.TELEPHONE,
        "by_video": Modality.VIDEO,
        "in_person": Modality.IN_PERSON,
        "by_text": Modality.TEXT,
    }
    return frozenset(way for column, way in columns.items() if getattr(who, column))


class Availability(models.Model):
    """A time in which the weekly hours do not hold: away, or there although they are not due."""

    interpreter = models.ForeignKey(
        Interpreter, on_delete=models.CASCADE, related_name="exceptions"
    )
    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    available = models.BooleanField()

    class Meta:
        verbose_name_plural = "availabilities"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begins_at")), name="availability_in_order"
            ),
        ]

    def __str__(self) -> str:
        return f"{'available' if self.available else 'away'} {self.pk}"


class Conflict(models.Model):
    """This one is never asked for this contact. It names no caller and no reason in words."""

    class Why(models.TextChoices):
        """Who said so."""

        INTEREST = "interest", "Conflict of interest"
        REFUSED = "refused", "The caller does not want this interpreter"

    interpreter = models.ForeignKey(Interpreter, on_delete=models.CASCADE, related_name="conflicts")
    contact = models.ForeignKey(
        Contact, on_delete=models.CASCADE, related_name="interpreter_conflicts"
    )
    why = models.CharField(max_length=8, choices=Why.choices)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["interpreter", "contact"], name="conflict_once"),
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.pk}"
