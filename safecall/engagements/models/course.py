"""What happens around a record: approval, the steps of the two tracks, findings."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from safecall.engagements.models.engagement import Engagement
from safecall.engagements.models.unchanging import WrittenOnce
from safecall.vocabulary.engagements import occasion, outcome

_PERSON = settings.AUTH_USER_MODEL


class Approval(models.Model):
    """What a second person said. Asked for before there is a record, or said to one that is there.

    It changes once, from asked to approved or refused, and once more when it is joined to its
    record. `role` is the rank of who said it.
    """

    engagement = models.ForeignKey(
        Engagement, null=True, on_delete=models.PROTECT, related_name="approvals"
    )
    state = models.CharField(max_length=8, choices=outcome.ApprovalState.choices())
    authority = models.CharField(max_length=40, choices=occasion.Authority.choices())
    direction = models.CharField(max_length=17, choices=occasion.Direction.choices())
    subject_role = models.CharField(max_length=13, choices=occasion.SubjectRole.choices())
    offense_level = models.CharField(
        max_length=25, choices=occasion.OffenseLevel.choices(), blank=True, default=""
    )
    stage = models.CharField(
        max_length=14, choices=occasion.Stage.choices(), blank=True, default=""
    )
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        _PERSON, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    asked_by_label = models.CharField(max_length=80)
    approved_at = models.DateTimeField(null=True)
    role = models.CharField(max_length=12, blank=True, default="")
    approved_by = models.ForeignKey(
        _PERSON, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    approved_by_label = models.CharField(max_length=80, blank=True, default="")
    exigency_code = models.CharField(
        max_length=16, choices=outcome.Exigency.choices(), blank=True, default=""
    )

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(state="asked", approved_at__isnull=True)
                | (~Q(state="asked") & Q(approved_at__isnull=False)),
                name="approval_said_has_time",
            ),
            models.CheckConstraint(
                condition=Q(approved_by__isnull=True)
                | Q(asked_by__isnull=True)
                | ~Q(approved_by=models.F("asked_by")),
                name="approval_by_a_second_person",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["asked_at"], name="approval_waits", condition=Q(state="asked")),
        ]

    def __str__(self) -> str:
        return self.state


class TrackStep(WrittenOnce):
    """One step on one of the two tracks of an engagement."""

    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="steps")
    track = models.CharField(max_length=13, choices=outcome.Track.choices())
    step = models.CharField(max_length=14, choices=outcome.Step.choices())
    closing = models.CharField(
        max_length=21, choices=outcome.Closing.choices(), blank=True, default=""
    )
    happened_at = models.DateTimeField()
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        _PERSON, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    recorded_by_label = models.CharField(max_length=80)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(
                    track=outcome.Track.INVESTIGATION.value,
                    step__in=[one.value for one in outcome.STEPS[outcome.Track.INVESTIGATION]],
                )
                | Q(
                    track=outcome.Track.AUTHORITY.value,
                    step__in=[one.value for one in outcome.STEPS[outcome.Track.AUTHORITY]],
                ),
                name="step_on_its_own_track",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.track}: {self.step}"


class PolicyFinding(models.Model):
    """A finding on an engagement (its first record), and what became of it.

    It pages the supervisor until somebody has seen it. A later amendment, approval or step can
    settle it; it can come back, as a row of its own.
    """

    CODES: ClassVar = [(one.value, one.label) for one in outcome.Finding]

    engagement = models.ForeignKey(
        Engagement, on_delete=models.PROTECT, related_name="policy_findings"
    )
    code = models.CharField(max_length=36, choices=CODES)
    raised_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    seen_at = models.DateTimeField(null=True)
    seen_by = models.ForeignKey(
        _PERSON, null=True, on_delete=models.PROTECT, db_index=False, related_name="+"
    )
    seen_by_label = models.CharField(max_length=80, blank=True, default="")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["engagement", "code"],
                name="finding_stands_once",
                condition=Q(settled_at__isnull=True),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["-raised_at"], name="finding_unseen", condition=Q(seen_at__isnull=True)
            ),
        ]

    def __str__(self) -> str:
        return self.code
