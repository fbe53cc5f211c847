"""The ledger's rows, as they are written in the transaction of the act that they record."""

from typing import ClassVar

from django.db import models
from django.db.models import Q


class LedgerRow(models.Model):
    """One leaf to be: its commitment now, its places in the trees when they are given.

    `salt` is destroyed with the record under retention, after which nobody can open `commitment`;
    the row itself stays, so the count stays. Nothing here names a person or holds free text.
    `record` is kept only where the opening is published: codes and numbers about the department.
    """

    class Kind(models.TextChoices):
        """What a leaf may be about. Anything but `contact_act` is a public leaf."""

        CONTACT = "contact"
        CONTACT_ACT = "contact_act"
        ENGAGEMENT = "engagement"
        REQUEST_DECLINED = "request_declined"
        GUARD_REMOVED = "guard_removed"
        RULE_CHANGE = "rule_change"
        SEAL = "seal"
        NIL_RETURN = "nil_return"
        KEY_CHANGE = "key_change"
        CORRECTION = "correction"
        RETENTION = "retention"

    kind = models.CharField(max_length=20, choices=Kind.choices)
    subject = models.UUIDField(null=True, editable=False)
    day = models.DateField()
    salt = models.BinaryField(max_length=32, null=True)
    commitment = models.BinaryField(max_length=32)
    record = models.JSONField(null=True, editable=False)
    # Null until the sequencer takes the row. A database serial would leave gaps after a rollback.
    index = models.BigIntegerField(null=True, editable=False)
    # Its place in the public ledger; null until its epoch is released.
    released = models.BigIntegerField(null=True, editable=False)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["id"], name="ledger_unsequenced", condition=Q(index__isnull=True)),
            models.Index(
                fields=["kind", "day"],
                name="ledger_unreleased",
                # No kind is left out here: SQLite uses a partial index only where no parameter
                # has to be known for it.
                condition=Q(released__isnull=True),
            ),
            models.Index(
                fields=["released"], name="ledger_opened", condition=Q(record__isnull=False)
            ),
            # Few rows say in the open what they are about; each month asks for some of them.
            models.Index(
                fields=["kind", "day"], name="ledger_open_kind", condition=Q(record__isnull=False)
            ),
            models.Index(fields=["subject"], name="ledger_subject"),
            # Which rules were recorded last is asked at every start.
            models.Index(fields=["id"], name="ledger_rule_change", condition=Q(kind="rule_change")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} on {self.day}"
