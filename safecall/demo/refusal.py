"""Where a demonstration has no business."""

from django.conf import settings

from safecall.contacts.models import Agency
from safecall.demo.department import AGENCY_CODE


class DemoRefused(Exception):
    """The demonstration must not be made here; the message says what to do instead."""


def refuse_production() -> None:
    """Raises `DemoRefused` in production."""
    if settings.ENVIRONMENT == "production":
        raise DemoRefused(
            "This is a production service (SAFECALL_ENV=production). "
            "The demonstration makes invented people and calls, so it keeps away."
        )


def refuse_where_real() -> None:
    """Raises `DemoRefused` in production, and in a database that holds another department."""
    refuse_production()
    if Agency.objects.exclude(code=AGENCY_CODE).exists():
        raise DemoRefused(
            "This database holds another department than the demonstration's. Name a database of "
            "its own in SAFECALL_DATABASE_URL, or leave that out for the one in var/."
        )
