"""What a field of the directory may hold. Each raises `InvalidField` with what to write instead."""

import re
from typing import Final
from urllib.parse import urlsplit

import phonenumbers

from safecall import guard
from safecall.contacts.actions.base import InvalidField
from safecall.contacts.actions.text import TextDoor
from safecall.privacy.kept import KeptText
from safecall.referrals.kinds import KINDS, NEEDS
from safecall.referrals.models import Phone
from safecall.referrals.models.directory import NATIONAL
from safecall.vocabulary import hours, languages

_EXTENSION: Final = re.compile(r"[0-9]{1,10}")
_POSTAL: Final = re.compile(r"[A-Z0-9][A-Z0-9 -]{1,11}")
_STATE: Final = re.compile(r"[A-Za-z .-]{1,40}")
_COUNTRY: Final = re.compile(r"[A-Z]{2}")


class Asks(InvalidField):
    """A text of the directory asks what is never asked."""


def words(field: str, text: str, *, needed: bool = False) -> KeptText:
    """A text of the directory, whole: what the guard would cut is refused, not shown in pieces."""
    plain = " ".join(text.split())
    if needed and not plain:
        raise InvalidField(field, "Please fill this in.")
    if guard.ask(plain):
        raise Asks(field, "This reads as a question about someone's status. Please reword it.")
    door = TextDoor()
    kept = door.words(field, plain)
    if door.removed or str(kept) != plain:
        raise InvalidField(
            field,
            "The guard would take words out of this, as if they were about a person. Please say "
            "what the office does: help with immigration papers, for example.",
        )
    return kept


def kind(code: str) -> str:
    """A code of `kinds.KINDS`."""
    if code not in KINDS:
        raise InvalidField("kind", f"Choose one of: {', '.join(KINDS)}.")
    return code


def needs(codes: tuple[str, ...]) -> str:
    """Codes of `kinds.NEEDS`, in their order there."""
    if unknown := [code for code in codes if code not in NEEDS]:
        raise InvalidField("needs", f"{unknown[0]} is none of: {', '.join(NEEDS)}.")
    return " ".join(code for code in NEEDS if code in codes)


def tags(given: tuple[str, ...]) -> str:
    """BCP 47 tags of languages."""
    if not all(languages.is_tag(tag) for tag in given):
        raise InvalidField("languages", "Give BCP 47 tags with blanks between: en es so.")
    return " ".join(dict.fromkeys(given))


def weekly(text: str) -> str:
    """Weekly hours in their one form; empty where nobody knows them."""
    if not text.strip():
        return ""
    try:
        return hours.canonical(text)
    except hours.BadHours as error:
        raise InvalidField("hours", str(error)) from None


def website(text: str) -> str:
    """An http(s) address without user name and password, or nothing."""
    plain = text.strip()
    parts = urlsplit(plain)
    good = parts.scheme in {"http", "https"} and parts.hostname and not parts.username
    if plain and (not good or len(plain) > 200):
        raise InvalidField("website", "Give an address such as https://www.example.org.")
    return plain


def number(text: str) -> tuple[str, str]:
    """The number in E.164 (or a short national one) and its extension."""
    plain = text.strip()
    if plain in NATIONAL:
        return plain, ""
    try:
        parsed = phonenumbers.parse(plain, "US")
    except phonenumbers.NumberParseException:
        parsed = None
    if parsed is None or not phonenumbers.is_possible_number(parsed):
        raise InvalidField(
            "phones", "Give a number with its area code, such as (218) 555-0142 ext. 7, or 211."
        )
    extension = parsed.extension or ""
    parsed.extension = None
    return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164), extension


def phone_kind(code: str) -> str:
    """What the number is for."""
    if code not in Phone.Kind.values:
        raise InvalidField("phones", f"A number is one of: {', '.join(Phone.Kind.values)}.")
    return code


def extension(text: str) -> str:
    """Digits; leading zeros stay."""
    if text and not _EXTENSION.fullmatch(text):
        raise InvalidField("phones", "An extension has digits alone.")
    return text


def matching(field: str, text: str) -> str:
    """A state, a postal code or a country, as letters and digits alone."""
    forms = {"state": _STATE, "postal_code": _POSTAL, "country": _COUNTRY}
    plain = text.strip()
    if plain and not forms[field].fullmatch(plain):
        raise InvalidField(field, "Letters and digits such as MN, 55802, US.")
    return plain


def coordinates(latitude: float | None, longitude: float | None) -> None:
    """Both or none, in degrees."""
    if (latitude is None) != (longitude is None):
        raise InvalidField("latitude", "Give both latitude and longitude, or neither.")
    if (
        latitude is not None
        and longitude is not None
        and not (-90 <= latitude <= 90 and -180 <= longitude <= 180)
    ):
        raise InvalidField("latitude", "Degrees: latitude up to 90, longitude up to 180.")
