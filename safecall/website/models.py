"""Counting tries, so that nobody can try without end."""

from django.db import models


class Tries(models.Model):
    """How often one address did one thing in one hour.

    The key is a keyed hash of action, address and hour: no address is stored, and two hours of
    the same address cannot be told to belong together.
    """

    key = models.CharField(max_length=64, primary_key=True)
    count = models.PositiveIntegerField(default=0)
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name_plural = "tries"
