"""The people who work here."""

from django.contrib.auth.models import AbstractUser
from django.db import models


class User(AbstractUser):
    """A member of staff; what they may do follows from their one role (`permissions.py`)."""

    class Role(models.TextChoices):
        """What somebody's work is."""

        CALL_TAKER = "call_taker", "Call taker"
        DISPATCHER = "dispatcher", "Dispatcher"
        SUPERVISOR = "supervisor", "Supervisor"
        RECORDS = "records", "Records clerk"
        ADMIN = "admin", "Administrator"

    role = models.CharField(max_length=12, choices=Role.choices, default=Role.CALL_TAKER)
    display_name = models.CharField(max_length=80, blank=True, default="")

    def __str__(self) -> str:
        return self.display_name or self.get_username()
