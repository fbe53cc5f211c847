"""Units, and their response to contacts."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from safecall.contacts.models.agency import Agency
from safecall.contacts.models.contact import Contact
from safecall.vocabulary.unit_status import LABELS, Primary, Step


class Unit(models.Model):
    """A unit that can be sent, with its APCO primary status."""

    callsign = models.SlugField(max_length=12, unique=True)
    kind = models.CharField(max_length=40, default="Patrol")
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT)
    primary_status = models.CharField(
        max_length=24,
        choices=[(status.value, status.value) for status in Primary],
        default=Primary.AVAILABLE.value,
    )

    def __str__(self) -> str:
        return self.callsign


class Assignment(models.Model):
    """One unit's response to one contact, with the time of each step."""

    STEPS: ClassVar = [(step.value, LABELS[step]) for step in Step]

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="assignments")
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="assignments")
    status = models.CharField(max_length=20, choices=STEPS, default=Step.ASSIGNED.value)
    assigned_at = models.DateTimeField()
    enroute_at = models.DateTimeField(null=True, blank=True)
    on_scene_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["unit"], name="unit_on_one_contact", condition=Q(ended_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.status}"
