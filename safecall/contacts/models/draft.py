"""A note that is being typed, so that nothing is lost; screened like any text that is stored."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from safecall.contacts.models.contact import Contact
from safecall.privacy.fields import SealedTextField


class Draft(models.Model):
    """What one person is typing in one place, until it is added or dropped."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.CASCADE)
    key = models.SlugField(max_length=60)
    text = SealedTextField()
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "key"], name="draft_once"),
        ]

    def __str__(self) -> str:
        return f"draft {self.key}"
