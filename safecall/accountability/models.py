"""Figures made ready, so that no page counts records when somebody looks at it."""

from typing import ClassVar

from django.db import models


class Tally(models.Model):
    """How many of something a month had; `month` is its first day in the department's zone."""

    CONTACTS: ClassVar = "contacts"  # code: the channel
    LEDGER: ClassVar = "ledger"  # code: the type of entry
    OLD: ClassVar = "old"  # code: what a contact from old files could be
    KINDS: ClassVar = [
        (CONTACTS, "contacts by channel"),
        (LEDGER, "entries of the ledger by type"),
        (OLD, "contacts from old files"),
    ]

    kind = models.CharField(max_length=10, choices=KINDS)
    month = models.DateField()
    code = models.CharField(max_length=20)
    count = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["kind", "month", "code"], name="tally_once"),
        ]
        verbose_name_plural = "tallies"

    def __str__(self) -> str:
        return f"{self.kind} {self.month:%Y-%m} {self.code}: {self.count}"


class YearTable(models.Model):
    """A table about residents, released once after its year; it stands as it was released.

    `cells`: `{"counts": {name: count or null}, "total": count or null, "more": {name: {...}}}`.
    """

    table = models.CharField(max_length=30)
    year = models.PositiveSmallIntegerField()
    cells = models.JSONField()
    released_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["table", "year"], name="year_table_once"),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.year}"


class Prepared(models.Model):
    """The statement of a period as the public pages show it, with the time it was made."""

    key = models.CharField(max_length=8, primary_key=True)
    first = models.DateField()
    last = models.DateField()
    document = models.JSONField()
    made_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "prepared statements"

    def __str__(self) -> str:
        return f"{self.key}: {self.first} to {self.last}"
