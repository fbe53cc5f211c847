"""The two logs: one inside, in the order of arrival; one public, released in shuffled epochs."""

from typing import ClassVar

from django.db import models


class Log(models.Model):
    """How far a log has come. Its row is the lock under which it grows."""

    INSIDE: ClassVar = "inside"
    PUBLIC: ClassVar = "public"
    NAMES: ClassVar = [(INSIDE, "inside"), (PUBLIC, "public")]

    name = models.CharField(max_length=6, choices=NAMES, primary_key=True)
    size = models.BigIntegerField(default=0)
    root = models.BinaryField(max_length=32)
    totals = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.name}: {self.size}"


class StoredTile(models.Model):
    """256 hashes of a log (fewer at its edge), or at level -1 a gzipped bundle of entries."""

    log = models.CharField(max_length=6, choices=Log.NAMES)
    level = models.SmallIntegerField()
    n = models.BigIntegerField()
    data = models.BinaryField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["log", "level", "n"], name="ledger_tile_once"),
        ]

    def __str__(self) -> str:
        return f"{self.log} {self.level}/{self.n}"


class SignedHead(models.Model):
    """A checkpoint that was signed, with the cosignatures that came back."""

    log = models.CharField(max_length=6, choices=Log.NAMES)
    size = models.BigIntegerField()
    note = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["log", "size"], name="ledger_head_once"),
        ]

    def __str__(self) -> str:
        return f"{self.log} at {self.size}"


class Epoch(models.Model):
    """Days, or a month, whose entries were released together; `size` is the ledger's after it."""

    DAYS: ClassVar = "days"
    MONTH: ClassVar = "month"
    KINDS: ClassVar = [(DAYS, "days"), (MONTH, "month")]

    kind = models.CharField(max_length=5, choices=KINDS)
    first = models.DateField()
    last = models.DateField()
    size = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "last"], name="ledger_epoch_once"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.first} to {self.last}"
