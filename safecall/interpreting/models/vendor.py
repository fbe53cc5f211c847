"""Companies that interpret by telephone or video."""

from typing import Final

from django.conf import settings
from django.db import models

from safecall.interpreting.models.interpreter import modalities
from safecall.interpreting.terms import Modality
from safecall.privacy.fields import ScreenedTextField

EVERY_LANGUAGE: Final = "*"


class Vendor(models.Model):
    """A company's line. The account code is a secret: `account_secret` only names it.

    `languages` holds tags with blanks between them, or `*`. `dial_string` is what is dialled:
    digits and `+*#,;`. `price` is dollars a minute. Lower `rank`, dialled sooner.
    """

    code = models.SlugField(max_length=40, unique=True)
    name = ScreenedTextField()
    dial_string = models.CharField(max_length=60)
    account_secret = models.CharField(max_length=60, blank=True, default="")
    languages = models.TextField(default=EVERY_LANGUAGE)
    hours = models.CharField(max_length=400, default="always")
    price = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    rank = models.PositiveSmallIntegerField(default=1)
    by_telephone = models.BooleanField(default=True)
    by_video = models.BooleanField(default=False)
    in_person = models.BooleanField(default=False)
    by_text = models.BooleanField(default=False)
    certified = models.BooleanField(default=False)
    active = models.BooleanField(default=True)
    demo = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.code

    @property
    def modalities(self) -> frozenset[Modality]:
        """How they can work."""
        return modalities(self)

    @property
    def account_code(self) -> str:
        """The account code from the secret of this name; empty where it is not set."""
        return str(settings.VENDOR_ACCOUNTS.get(self.account_secret, ""))

    @property
    def tags(self) -> list[str]:
        """The languages; a line for every language has `*` alone."""
        return self.languages.split()
