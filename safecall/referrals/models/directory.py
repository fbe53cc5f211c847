"""The directory: offices that help, never persons. Terms are those of Open Referral HSDS 3.0."""

from datetime import date, timedelta
from typing import ClassVar, Final
from uuid import uuid4

from django.conf import settings
from django.db import models

from safecall.privacy.fields import ScreenedTextField
from safecall.referrals.kinds import KINDS

#: After so many days a confirmation counts as old, and every page says so.
STALE_AFTER: Final = timedelta(days=90)
#: Numbers that are the same in the whole country; nobody has to confirm them.
NATIONAL: Final = frozenset({"211", "911", "988"})


class Directory(models.Model):
    """One row, which every change of the directory takes first: two changes that are right alone
    could make a circle together."""

    version = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name_plural = "directory"


class Organization(models.Model):
    """Whose service it is."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    name = ScreenedTextField()
    description = ScreenedTextField(blank=True, default="")
    website = models.CharField(max_length=200, blank=True, default="")

    def __str__(self) -> str:
        return str(self.name)


class Location(models.Model):
    """A place; coordinates may be those of a town's middle. An address is whole or empty."""

    id = models.UUIDField(primary_key=True, default=uuid4)
    organization = models.ForeignKey(
        Organization, on_delete=models.CASCADE, related_name="locations"
    )
    name = ScreenedTextField(blank=True, default="")
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    street = ScreenedTextField(blank=True, default="")
    city = ScreenedTextField(blank=True, default="")
    state = models.CharField(max_length=40, blank=True, default="")
    postal_code = models.CharField(max_length=12, blank=True, default="")
    country = models.CharField(max_length=2, blank=True, default="US")

    def __str__(self) -> str:
        return str(self.name)


class Service(models.Model):
    """What an office does for people.

    `needs` and `languages` hold codes with blanks between them, `hours` is weekly (`vocabulary/
    hours.py`; empty: not known). `takes_everyone`: a chain may end here, because somebody always
    answers. `confirmed_on` is the day on which staff last asked the office whether this is right.
    """

    KIND: ClassVar = [(code, str(code)) for code in KINDS]

    id = models.UUIDField(primary_key=True, default=uuid4)
    organization = models.ForeignKey(
        Organization, on_delete=models.PROTECT, related_name="services"
    )
    name = ScreenedTextField()
    description = ScreenedTextField(blank=True, default="")
    kind = models.CharField(max_length=20, choices=KIND, default="other")
    needs = models.CharField(max_length=200, blank=True, default="")
    languages = models.CharField(max_length=400, blank=True, default="")
    interpreter = models.BooleanField(default=False)
    hours = models.CharField(max_length=400, blank=True, default="")
    website = models.CharField(max_length=200, blank=True, default="")
    active = models.BooleanField(default=True)
    takes_everyone = models.BooleanField(default=False)
    locations = models.ManyToManyField(Location, blank=True, related_name="services")
    confirmed_on = models.DateField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, db_index=False
    )
    changed_at = models.DateTimeField(auto_now=True)
    rank = models.PositiveSmallIntegerField(default=100)

    def __str__(self) -> str:
        return str(self.name)

    @property
    def need_codes(self) -> list[str]:
        """The codes of `kinds.NEEDS` that it meets."""
        return self.needs.split()

    @property
    def tags(self) -> list[str]:
        """The BCP 47 tags of the languages that its staff speak."""
        return self.languages.split()

    def old(self, today: date) -> bool:
        """Whether the last confirmation is more than 90 days ago."""
        return self.confirmed_on is not None and today - self.confirmed_on > STALE_AFTER

    @property
    def shown_phones(self) -> "list[Phone]":
        """The numbers that may be given out: a number that nobody confirmed is none."""
        return [one for one in self.phones.all() if one.national or self.confirmed_on]


class Phone(models.Model):
    """A number of the service: E.164, or a short national one such as 211."""

    class Kind(models.TextChoices):
        VOICE = "voice"
        TEXT = "text"
        TTY = "tty"
        FAX = "fax"

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=20)
    extension = models.CharField(max_length=10, blank=True, default="")
    kind = models.CharField(max_length=5, choices=Kind.choices, default=Kind.VOICE)

    class Meta:
        ordering: ClassVar = ["id"]

    @property
    def national(self) -> bool:
        """Whether the number is the same in the whole country."""
        return self.number in NATIONAL

    @property
    def shown(self) -> str:
        """The number as people write it: (218) 555-0142 ext. 7."""
        text, digits = self.number, self.number.removeprefix("+1")
        if len(digits) == 10 and text.startswith("+1"):
            text = f"({digits[:3]}) {digits[3:6]}-{digits[6:]}"
        return f"{text} ext. {self.extension}" if self.extension else text

    @property
    def dialled(self) -> str:
        """The number in a `tel:` link (RFC 3966)."""
        return f"{self.number};ext={self.extension}" if self.extension else self.number


class PastNumber(models.Model):
    """A number that was once printed, kept as history. Never shown as one to call."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="past_numbers")
    number = models.CharField(max_length=20)
    printed_on = models.DateField()
    printed_in = models.CharField(max_length=120)

    class Meta:
        ordering: ClassVar = ["id"]


class Onward(models.Model):
    """Where a service refers people whom it cannot help; lower `rank`, sooner."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="onward")
    target = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="sent_from")
    rank = models.PositiveSmallIntegerField(default=1)

    class Meta:
        ordering: ClassVar = ["rank", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "target"], name="onward_once")
        ]
