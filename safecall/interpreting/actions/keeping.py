"""Keeping interpreters and vendors. An immigration authority is refused at this door."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from safecall.contacts.actions.base import Actor, ActRefused, InvalidField
from safecall.contacts.actions.text import TextDoor
from safecall.interpreting import deliver
from safecall.interpreting.actions.base import at_the_desk
from safecall.interpreting.authority import FINDING, TOLD, is_immigration_authority
from safecall.interpreting.models import Availability, Interpreter, Skill, Vendor
from safecall.interpreting.models.skill import ACTFL, ILR
from safecall.interpreting.models.vendor import EVERY_LANGUAGE
from safecall.interpreting.terms import Kind, Modality
from safecall.people.models import User
from safecall.privacy.kept import KeptText
from safecall.vocabulary import hours
from safecall.vocabulary.languages import is_tag

_CODE: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
_DIALLED: Final = re.compile(r"[0-9+*#,;() -]{3,60}")
_SECRET: Final = re.compile(r"[A-Z][A-Z0-9_]{0,59}")
_COLUMNS: Final = {
    Modality.TELEPHONE: "by_telephone",
    Modality.VIDEO: "by_video",
    Modality.IN_PERSON: "in_person",
    Modality.TEXT: "by_text",
}


class AuthorityRefused(InvalidField):
    """An immigration authority was about to become an interpreter or a vendor."""

    finding = FINDING

    def __init__(self, name: str) -> None:
        super().__init__(name, f"{TOLD} ({FINDING})")


@dataclass(frozen=True, slots=True)
class SkillData:
    """One language: tag, who tested it (`ilr`, `actfl`, `untested`), level, day, certificate."""

    tag: str
    source: str = Skill.Source.UNTESTED.value
    level: str = ""
    tested_on: date | None = None
    certificate: str = ""
    certified_until: date | None = None


@dataclass(frozen=True, slots=True)
class InterpreterData:
    """An interpreter as a form or a line of a file gives them; `code` names them for good."""

    code: str
    name: str
    skills: tuple[SkillData, ...]
    kind: str = Kind.ROSTER.value
    user: User | None = None
    works_for: str = ""
    gender: str = ""
    telephone: str = ""
    email: str = ""
    webhook: str = ""
    modalities: frozenset[Modality] = frozenset({Modality.TELEPHONE})
    hours: str = hours.NEVER
    active: bool = True
    demo: bool = False


@dataclass(frozen=True, slots=True)
class VendorData:
    """A vendor as a form or a line of a file gives it; `account_secret` is a secret's name."""

    code: str
    name: str
    dial_string: str
    languages: tuple[str, ...] = (EVERY_LANGUAGE,)
    account_secret: str = ""
    hours: str = hours.ALWAYS
    price: Decimal | None = None
    rank: int = 1
    modalities: frozenset[Modality] = field(default=frozenset({Modality.TELEPHONE}))
    certified: bool = False
    active: bool = True
    demo: bool = False


def keep_interpreter(data: InterpreterData) -> Interpreter:
    """Make the interpreter of this code, or change them; their skills become exactly these.

    Raises `AuthorityRefused`, `InvalidField`, `guard.GuardUnavailable`.
    """
    columns = interpreter_columns(data)
    skills = [skill_columns(one) for one in data.skills]
    if not skills:
        raise InvalidField("languages", "Name at least one language.")
    if len({one["tag"] for one in skills}) < len(skills):
        raise InvalidField("languages", "Name each language once.")
    with transaction.atomic():
        interpreter, _ = Interpreter.objects.update_or_create(code=data.code, defaults=columns)
        interpreter.skills.exclude(tag__in=[one["tag"] for one in skills]).delete()
        for one in skills:
            Skill.objects.update_or_create(interpreter=interpreter, tag=one["tag"], defaults=one)
    return interpreter


def keep_vendor(data: VendorData) -> Vendor:
    """Make the vendor of this code, or change it.

    Raises `AuthorityRefused`, `InvalidField`, `guard.GuardUnavailable`.
    """
    vendor, _ = Vendor.objects.update_or_create(code=data.code, defaults=vendor_columns(data))
    return vendor


def set_availability(
    actor: Actor, interpreter: Interpreter, begins_at: datetime, ends_at: datetime, available: bool
) -> Availability:
    """Away, or there, in this time, whatever the weekly hours say.

    Raises `ActRefused` where the actor is neither the interpreter nor at the desk, `InvalidField`.
    """
    own = actor.user is not None and interpreter.user_id == actor.user.pk
    if not (own or at_the_desk(actor)):
        raise ActRefused("Interpreters change their own times.")
    if ends_at <= begins_at:
        raise InvalidField("ends_at", "The end comes after the beginning.")
    with transaction.atomic():
        inside = Availability.objects.filter(
            interpreter=interpreter, begins_at__gte=begins_at, ends_at__lte=ends_at
        )
        inside.delete()
        return Availability.objects.create(
            interpreter=interpreter, begins_at=begins_at, ends_at=ends_at, available=available
        )


def interpreter_columns(data: InterpreterData) -> dict[str, object]:
    """The columns that may be stored. Raises as `keep_interpreter`."""
    _code(data.code)
    if is_immigration_authority(data.name, data.works_for, data.email, data.webhook):
        raise AuthorityRefused("works_for" if data.works_for else "name")
    door = TextDoor()
    if not data.name.strip():
        raise InvalidField("name", "Give a name by which the desk knows the interpreter.")
    return {
        "name": door.words("name", data.name),
        "works_for": door.words("works_for", data.works_for),
        "kind": _choice("kind", data.kind, [Kind.STAFF.value, Kind.ROSTER.value]),
        "user": data.user,
        "gender": _choice("gender", data.gender, ["", *Interpreter.Gender.values]),
        "telephone": door.callback(data.telephone),
        "email": _email(data.email),
        "webhook": _webhook(data.webhook),
        "hours": _hours(data.hours),
        "active": data.active,
        "demo": data.demo,
        **_ways(data.modalities),
    }


def vendor_columns(data: VendorData) -> dict[str, object]:
    """The columns that may be stored. Raises as `keep_vendor`."""
    _code(data.code)
    if is_immigration_authority(data.name):
        raise AuthorityRefused("name")
    if not data.name.strip():
        raise InvalidField("name", "Give the company's name.")
    if not _DIALLED.fullmatch(data.dial_string):
        raise InvalidField("dial_string", "Digits and the signs + * # , ; alone: what is dialled.")
    if data.account_secret and not _SECRET.fullmatch(data.account_secret):
        raise InvalidField(
            "account_secret",
            "The NAME of the secret that holds the account code, in capitals; never the code.",
        )
    if data.price is not None and not 0 <= data.price < 1000:
        raise InvalidField("price", "Dollars a minute, such as 0.95.")
    if not 1 <= data.rank <= 99:
        raise InvalidField("rank", "A whole number from 1 (dialled first) to 99.")
    return {
        "name": TextDoor().words("name", data.name),
        "dial_string": data.dial_string,
        "account_secret": data.account_secret,
        "languages": " ".join(_tags(data.languages)),
        "hours": _hours(data.hours),
        "price": data.price,
        "rank": data.rank,
        "certified": data.certified,
        "active": data.active,
        "demo": data.demo,
        **_ways(data.modalities),
    }


def skill_columns(data: SkillData) -> dict[str, object]:
    """The columns that may be stored. Raises `InvalidField`."""
    source = _choice("source", data.source, Skill.Source.values)
    scale: tuple[str, ...] = {"ilr": ILR, "actfl": tuple(ACTFL)}.get(source, ("",))
    level = _choice("level", data.level, scale)
    return {
        "tag": _tags((data.tag,))[0],
        "source": source,
        "level": level,
        "tested_on": data.tested_on,
        "certificate": _choice("certificate", data.certificate, Skill.Certificate.values),
        "certified_until": data.certified_until,
    }


def _tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    if not tags or not all(is_tag(tag) or tag == EVERY_LANGUAGE for tag in tags):
        raise InvalidField("languages", "Give BCP 47 tags such as so, es, mww (a vendor: or *).")
    return tags


def _code(code: str) -> None:
    if not _CODE.fullmatch(code):
        raise InvalidField("code", "At most 40 small letters, digits and hyphens, such as so-1.")


def _choice(name: str, value: str, allowed: "list[str] | tuple[str, ...]") -> str:
    if value not in allowed:
        raise InvalidField(name, f"Choose one of: {', '.join(one for one in allowed if one)}.")
    return value


def _email(text: str) -> KeptText:
    try:
        if text:
            validate_email(text)
    except ValidationError:
        raise InvalidField("email", "Give an e-mail address, or leave it empty.") from None
    # An address holds no words that the guard could read.
    return KeptText.stored(text)


def _webhook(text: str) -> KeptText:
    if text and not deliver.allowed(text):
        raise InvalidField("webhook", "Give an https address without user name and password.")
    return KeptText.stored(text)


def _hours(text: str) -> str:
    try:
        return hours.canonical(text or hours.NEVER)
    except hours.BadHours as error:
        raise InvalidField("hours", str(error)) from None


def _ways(modalities: frozenset[Modality]) -> dict[str, bool]:
    if not modalities:
        raise InvalidField("modalities", f"Name at least one of: {', '.join(Modality)}.")
    return {column: modality in modalities for modality, column in _COLUMNS.items()}
