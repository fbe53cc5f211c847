"""The record: one communication, request or joint act, as it was said; amended by later records."""

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from safecall.contacts.models import Contact
from safecall.engagements.models.unchanging import WrittenOnce
from safecall.vocabulary.engagements import occasion, outcome


class Series(models.Model):
    """The last number given out in a year; the row that an act locks while it takes the next."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "series"

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Engagement(WrittenOnce):
    """One record. An amendment says everything anew, under the number of the record that it amends.

    `version` is 1 for the record and rises with each amendment; the highest one holds. There is no
    column for a name, a number of a person, an origin, a status or free text, and there will be
    none. `contact` is known inside alone.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    year = models.PositiveSmallIntegerField(editable=False)
    serial = models.PositiveIntegerField(editable=False)
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    record_type = models.CharField(max_length=10, choices=occasion.RecordType.choices())
    amends = models.ForeignKey(
        "self", null=True, on_delete=models.PROTECT, related_name="amendments"
    )
    source = models.CharField(max_length=17, choices=occasion.Source.choices())
    contact = models.ForeignKey(
        Contact, null=True, on_delete=models.PROTECT, related_name="engagements"
    )

    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        on_delete=models.PROTECT,
        db_index=False,
        related_name="+",
    )
    recorded_by_label = models.CharField(max_length=80)

    direction = models.CharField(max_length=17, choices=occasion.Direction.choices())
    authority = models.CharField(max_length=40, choices=occasion.Authority.choices())
    purpose_class = models.CharField(max_length=30, choices=occasion.Purpose.choices())

    subject_role = models.CharField(max_length=13, choices=occasion.SubjectRole.choices())
    subject_count = models.PositiveSmallIntegerField(default=0)
    offense_code = models.CharField(max_length=12, blank=True, default="")
    offense_level = models.CharField(
        max_length=25, choices=occasion.OffenseLevel.choices(), blank=True, default=""
    )
    stage = models.CharField(
        max_length=14, choices=occasion.Stage.choices(), blank=True, default=""
    )
    investigation_continues = models.BooleanField(null=True)
    how_identified = models.CharField(max_length=21, choices=occasion.Identified.choices())

    decision = models.CharField(max_length=15, choices=outcome.Decision.choices())
    decline_reason = models.CharField(
        max_length=22, choices=outcome.DeclineReason.choices(), blank=True, default=""
    )
    decided_at = models.DateTimeField(null=True)
    legal_basis = models.CharField(max_length=36, choices=outcome.Basis.choices())

    custody_outcome = models.CharField(max_length=25, choices=outcome.Custody.choices())
    custody_event_at = models.DateTimeField(null=True)
    custody_received_by = models.CharField(
        max_length=21, choices=outcome.Receiver.choices(), blank=True, default=""
    )
    held_beyond_release = models.BooleanField(default=False)
    held_minutes = models.PositiveIntegerField(default=0)
    subject_notice = models.CharField(max_length=14, choices=outcome.Notice.choices())
    interview_consent = models.CharField(max_length=14, choices=outcome.Consent.choices())

    resource_people = models.PositiveIntegerField(default=0)
    resource_minutes = models.PositiveIntegerField(default=0)
    resource_vehicles = models.PositiveIntegerField(default=0)
    resource_facilities = models.PositiveIntegerField(default=0)
    task_force = models.CharField(max_length=40, blank=True, default="")
    task_force_purpose = models.CharField(
        max_length=27, choices=occasion.TaskForcePurpose.choices(), blank=True, default=""
    )
    task_force_arrests = models.PositiveIntegerField(default=0)
    task_force_immigration_arrests = models.PositiveIntegerField(default=0)
    exigency_code = models.CharField(
        max_length=16, choices=outcome.Exigency.choices(), blank=True, default=""
    )

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["happened_at", "id"], name="engagement_happened"),
            models.Index(fields=["-recorded_at"], name="engagement_recorded"),
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["year", "serial", "version"], name="engagement_number_once"
            ),
            models.CheckConstraint(
                condition=Q(record_type="engagement", amends__isnull=True, version=1)
                | Q(record_type="amendment", amends__isnull=False, version__gt=1),
                name="engagement_amends_one",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """The number that people use, such as E-2026-0007; an amendment keeps it."""
        return f"E-{self.year}-{self.serial:04d}"

    @property
    def root_id(self) -> uuid.UUID:
        """The id of the record that began it: its own, or that of the one it amends."""
        return self.amends_id or self.id


class _Part(WrittenOnce):
    """A row that belongs to one record."""

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return str(getattr(self, "kind", ""))


class RequestType(_Part):
    """One thing that was asked for, or that the contact was about."""

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="request_types"
    )
    kind = models.CharField(max_length=31, choices=occasion.RequestKind.choices())

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["engagement", "kind"], name="request_type_once"),
        ]


class ActionTaken(_Part):
    """One thing that the department did."""

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="actions_taken"
    )
    kind = models.CharField(max_length=29, choices=outcome.Action.choices())

    class Meta:
        verbose_name_plural = "actions taken"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["engagement", "kind"], name="action_taken_once"),
        ]


class TaskForceAgency(_Part):
    """One kind of agency in the joint task force that the record names."""

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="task_force_agencies"
    )
    kind = models.CharField(max_length=35, choices=occasion.Agency.choices())

    class Meta:
        verbose_name_plural = "task force agencies"
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["engagement", "kind"], name="task_force_agency_once"),
        ]


class Instrument(_Part):
    """One paper that was shown."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="instruments")
    kind = models.CharField(max_length=27, choices=occasion.InstrumentKind.choices())
    signed_by = models.CharField(max_length=19, choices=occasion.Signer.choices())
    issuing_court = models.CharField(
        max_length=17, choices=occasion.Court.choices(), blank=True, default=""
    )
    judicial = models.BooleanField()
