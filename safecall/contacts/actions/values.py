"""Checks of coded values, with messages that say what to do."""

import math
import re
from datetime import datetime, timedelta

from django.utils import timezone

from safecall.contacts.actions.base import InvalidField
from safecall.vocabulary import dispositions, incident_types, languages

_SOURCE_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._/-]{0,39}")
_CLOCK_TOLERANCE = timedelta(minutes=5)
UNTYPED_PRIORITY = 3


def incident_type(code: str) -> str:
    """A code of the registry, or an empty string for "not known yet"."""
    if code and code not in incident_types.BY_CODE:
        raise InvalidField("incident_type", "Choose a type from the list of incident types.")
    return code


def start_priority(code: str) -> int:
    """The priority that a contact of this type starts with."""
    known = incident_types.BY_CODE.get(code)
    return known.priority if known else UNTYPED_PRIORITY


def priority(value: int) -> int:
    """1 (life in danger) to 5 (can wait)."""
    if not 1 <= value <= 5:
        raise InvalidField("priority", "Choose a priority from 1 (most urgent) to 5.")
    return value


def language(tag: str) -> str:
    """A BCP 47 tag, or an empty string."""
    if tag and not languages.is_tag(tag):
        raise InvalidField("language", "Choose a language from the list, or give its BCP 47 tag.")
    return tag


def disposition(code: str) -> str:
    """A code of the registry of dispositions; closing needs one."""
    if code not in dispositions.BY_CODE:
        raise InvalidField("disposition", "Choose how the contact ended from the list.")
    return code


def coordinates(lat: float | None, lon: float | None) -> tuple[float | None, float | None]:
    """WGS 84 degrees, both or neither."""
    if lat is None and lon is None:
        return None, None
    if lat is None or lon is None:
        raise InvalidField("place", "Give both latitude and longitude, or neither.")
    if not (math.isfinite(lat) and math.isfinite(lon) and abs(lat) <= 90 and abs(lon) <= 180):
        raise InvalidField("place", "Latitude is -90 to 90 degrees, longitude -180 to 180.")
    return lat, lon


def source_number(text: str) -> str:
    """The number of the contact in the system that it came from."""
    if text and not _SOURCE_NUMBER.fullmatch(text):
        raise InvalidField(
            "source_number", "At most 40 letters, digits, spaces, and the signs . _ / -"
        )
    return text


def past(name: str, at: datetime) -> datetime:
    """A time with its zone that has been (clocks may differ by five minutes)."""
    if timezone.is_naive(at):
        raise InvalidField(name, "Give the time with its offset from UTC.")
    if at > timezone.now() + _CLOCK_TOLERANCE:
        raise InvalidField(name, "This time is in the future. Check the clock that it comes from.")
    return at
