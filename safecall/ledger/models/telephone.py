"""What the telephone system says about a day, to stand beside what we counted."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q


class TelephoneDay(models.Model):
    """The first and last of the telephone system's own numbers on a day, and how many calls."""

    day = models.DateField(primary_key=True)
    first = models.BigIntegerField()
    last = models.BigIntegerField()
    count = models.BigIntegerField()
    reported_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=Q(first__gte=0, count__gte=0, last__gte=F("first")),
                name="ledger_telephone_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"
