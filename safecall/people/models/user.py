"""The people who work here."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.validators import UnicodeUsernameValidator
from django.db import models
from django.utils import timezone


class UserManager(BaseUserManager["User"]):
    """Makes accounts; nobody signs up by themselves."""

    def create_user(self, username: str, password: str | None = None, **fields: Any) -> "User":
        """A new account; without a password nobody can sign in to it yet."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, username: str, password: str | None = None) -> "User":
        """The first administrator (`safecall manage createsuperuser`)."""
        return self.create_user(username, password, role=User.Role.ADMIN)


class User(AbstractBaseUser):
    """A member of staff; what they may do follows from their one role (`permissions.py`).

    No e-mail address, no first and last name: colleagues need one name to see, no more.
    """

    class Role(models.TextChoices):
        """What somebody's work is."""

        CALL_TAKER = "call_taker", "Call taker"
        DISPATCHER = "dispatcher", "Dispatcher"
        SUPERVISOR = "supervisor", "Supervisor"
        RECORDS = "records", "Records clerk"
        INTERPRETER = "interpreter", "Interpreter"
        ADMIN = "admin", "Administrator"

    username = models.CharField(
        "user name",
        max_length=60,
        unique=True,
        validators=[UnicodeUsernameValidator()],
        error_messages={"unique": "Somebody has this user name already. Choose another."},
    )
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.CALL_TAKER)
    display_name = models.CharField(max_length=80, blank=True, default="")
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    def __str__(self) -> str:
        return self.display_name or self.get_username()
