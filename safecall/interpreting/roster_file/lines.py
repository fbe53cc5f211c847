"""One line of a roster's file as what is to be kept. Each raises `InvalidField`, which names the
column and what to write instead."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar

from iso639 import Language as Registered
from iso639 import LanguageNotFoundError

from safecall.contacts.actions.base import InvalidField
from safecall.interpreting.actions.keeping import (
    InterpreterData,
    SkillData,
    VendorData,
    interpreter_columns,
    skill_columns,
    vendor_columns,
)
from safecall.interpreting.terms import Modality
from safecall.people.models import User
from safecall.vocabulary import hours, languages

T = TypeVar("T")
Row = Mapping[str, str]


def take_vendor(
    row: Row, vendors: dict[str, VendorData], interpreters: Mapping[str, object]
) -> None:
    if row["code"] in vendors or row["code"] in interpreters:
        raise InvalidField("code", "Another line has this code already.")
    tags = tuple(word if word == "*" else _tag(word) for word in row["language"].split())
    data = VendorData(
        code=row["code"],
        name=row["name"],
        dial_string=row.get("dial", ""),
        languages=tags,
        account_secret=row.get("account_secret", ""),
        hours=row.get("hours") or hours.ALWAYS,
        price=_read(row, "price", _decimal, "Dollars a minute, such as 0.95."),
        rank=_read(row, "rank", int, "A whole number; 1 is dialled first.") or 1,
        modalities=_ways(row),
        certified=bool(row.get("certificate")),
        active=_yes(row),
    )
    vendor_columns(data)
    vendors[data.code] = data


def take_interpreter(
    row: Row, interpreters: dict[str, InterpreterData], vendors: Mapping[str, object]
) -> None:
    skill = _skill(row)
    skill_columns(skill)
    before = interpreters.get(row["code"])
    if row["code"] in vendors:
        raise InvalidField("code", "A vendor has this code already.")
    if before:
        _refuse_other_person(row, before)
        if skill.tag in [one.tag for one in before.skills]:
            raise InvalidField("language", "This interpreter has this language already.")
        interpreters[before.code] = replace(before, skills=(*before.skills, skill))
        return
    data = InterpreterData(
        code=row["code"],
        name=row["name"],
        skills=(skill,),
        kind=row["what"].lower(),
        user=_user(row),
        works_for=row.get("works_for", ""),
        gender=row.get("gender", "").lower(),
        telephone=row.get("telephone", ""),
        email=row.get("email", ""),
        webhook=row.get("webhook", ""),
        modalities=_ways(row),
        hours=row.get("hours") or hours.NEVER,
        active=_yes(row),
    )
    interpreter_columns(data)
    interpreters[data.code] = data


def _refuse_other_person(row: Row, before: InterpreterData) -> None:
    if (row["name"], row["what"].lower()) != (before.name, before.kind):
        raise InvalidField(
            "code", "This code belongs to another name above. Give a code of its own."
        )


def _skill(row: Row) -> SkillData:
    level = row.get("level", "").lower()
    source = "untested" if not level else "actfl" if level[0].isalpha() else "ilr"
    wrong_day = "Write the day as 2026-01-31."
    return SkillData(
        tag=_tag(row["language"]),
        source=source,
        level=level,
        tested_on=_read(row, "tested_on", date.fromisoformat, wrong_day),
        certificate=row.get("certificate", "").lower(),
        certified_until=_read(row, "certified_until", date.fromisoformat, wrong_day),
    )


def _tag(text: str) -> str:
    """The tag of a language given by tag or by its English name; never a guess."""
    if languages.is_tag(text) and _registered(text.split("-", maxsplit=1)[0]):
        return text
    named = [one.tag for one in languages.BY_TAG.values() if one.english.lower() == text.lower()]
    if len(named) == 1:
        return named[0]
    raise InvalidField(
        "language", "Give one language by its tag (so, mww, ase) or its English name in our list."
    )


def _registered(code: str) -> bool:
    """Whether the code is a language of ISO 639-1 or 639-3, or a group of ours."""
    find = Registered.from_part1 if len(code) == 2 else Registered.from_part3
    try:
        find(code)
    except LanguageNotFoundError:
        return languages.find(code) is not None
    return True


def _ways(row: Row) -> frozenset[Modality]:
    words = row.get("by", "").lower().replace(",", " ").split() or [Modality.TELEPHONE.value]
    if unknown := set(words) - set(Modality):
        raise InvalidField("by", f"{len(unknown)} not known. Choose of: {', '.join(Modality)}.")
    return frozenset(Modality(word) for word in words)


def _user(row: Row) -> User | None:
    name = row.get("user", "")
    user = User.objects.filter(username=name).first() if name else None
    if name and user is None:
        raise InvalidField("user", "Nobody has this user name. Make the account first.")
    return user


def _yes(row: Row) -> bool:
    said = row.get("active", "").lower() or "yes"
    if said not in ("yes", "no"):
        raise InvalidField("active", "Write yes or no.")
    return said == "yes"


def _decimal(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ValueError(text) from None


def _read(row: Row, name: str, reader: Callable[[str], T], message: str) -> T | None:
    text = row.get(name, "")
    try:
        return reader(text) if text else None
    except ValueError:
        raise InvalidField(name, message) from None
