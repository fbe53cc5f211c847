"""Who answers and who comes: often two different bodies.

Duluth's 911 calls, for one, are answered by its county's emergency communications.
"""

from django.db import models


class Agency(models.Model):
    """A police department."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)

    class Meta:
        verbose_name_plural = "agencies"

    def __str__(self) -> str:
        return self.name


class AnsweringPoint(models.Model):
    """A public safety answering point (PSAP), with the agency that it sends by default."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    agency = models.ForeignKey(Agency, on_delete=models.PROTECT, related_name="answering_points")

    def __str__(self) -> str:
        return self.name
