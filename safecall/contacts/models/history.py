"""What was done with a contact, by whom and when: codes and numbers, never words."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from safecall.contacts.models.contact import Contact
from safecall.contacts.workflow import Act


class HistoryEntry(models.Model):
    """One act. `version` is the contact's version after it; `data` holds codes and numbers."""

    ACTS: ClassVar = [(act.value, act.value) for act in Act]

    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="history")
    act = models.CharField(max_length=12, choices=ACTS)
    at = models.DateTimeField()
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, db_index=False
    )
    actor_label = models.CharField(max_length=80)
    version = models.PositiveIntegerField()
    data = models.JSONField(default=dict)

    class Meta:
        verbose_name_plural = "history entries"

    def __str__(self) -> str:
        return f"{self.act} {self.pk}"
