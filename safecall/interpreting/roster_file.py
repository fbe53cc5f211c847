"""Interpreters and vendors from a spreadsheet: one CSV file, checked line by line, then kept.

A line is an interpreter with one language (further languages: further lines with the same code), or
a vendor. Nothing is kept unless every line is right. An import only adds and changes; who is to be
asked no more gets `active` no.
"""

import csv
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, TypeVar

from django.db import transaction
from iso639 import Language as Registered
from iso639 import LanguageNotFoundError

from safecall.contacts.actions.base import InvalidField
from safecall.interpreting.actions.keeping import (
    AuthorityRefused,
    InterpreterData,
    SkillData,
    VendorData,
    interpreter_columns,
    keep_interpreter,
    keep_vendor,
    skill_columns,
    vendor_columns,
)
from safecall.interpreting.models import Interpreter, Vendor
from safecall.interpreting.terms import Modality
from safecall.people.models import User
from safecall.vocabulary import hours, languages

T = TypeVar("T")
MOST_LINES: Final = 20_000
# Column -> what stands in it.
COLUMNS: Final[dict[str, str]] = {
    "what": "staff, roster or vendor",
    "code": "your own short code; the same code again: a further language of the same one",
    "name": "by which the desk knows them",
    "language": "an English name or a tag (so, mww); vendors: several with blanks, or *",
    "level": "ILR such as 2+, ACTFL such as advanced-mid, or empty",
    "tested_on": "the day of the test, 2026-01-31",
    "certificate": "fcice, state_court, chi, cmi, nic, cdi or empty",
    "certified_until": "2027-01-31, or empty",
    "by": "telephone, video, in_person, text; several with blanks",
    "hours": "Mo-Fr 08:00-17:00; Sa 09:00-12:00, or always, or never",
    "telephone": "of an interpreter",
    "email": "of an interpreter, for offers",
    "webhook": "https address for offers, or empty",
    "works_for": "an interpreter's employer, or empty",
    "gender": "woman or man, only where the interpreter says so",
    "user": "the user name with which they sign in, or empty",
    "dial": "vendors: what is dialled, +18005550100,,1",
    "account_secret": "vendors: the NAME of the secret with the account code",
    "price": "vendors: dollars a minute, 0.95",
    "rank": "vendors: 1 is dialled first",
    "active": "yes or no; empty is yes",
}
REQUIRED: Final = ("what", "code", "name", "language")
EXAMPLES: Final = (
    {
        "what": "staff",
        "code": "es-1",
        "name": "Example One (invented)",
        "language": "Spanish",
        "level": "3",
        "tested_on": "2026-01-31",
        "by": "telephone in_person",
        "hours": "Mo-Fr 08:00-16:00",
    },
    {
        "what": "roster",
        "code": "so-1",
        "name": "Example Two (invented)",
        "language": "so",
        "level": "advanced-mid",
        "tested_on": "2025-11-02",
        "certificate": "state_court",
        "certified_until": "2027-12-31",
        "by": "telephone video",
        "hours": "always",
        "telephone": "(218) 555-0123",
        "email": "two@example.org",
    },
    {
        "what": "vendor",
        "code": "line-1",
        "name": "Invented Language Line",
        "language": "*",
        "by": "telephone",
        "hours": "always",
        "dial": "+18005550100,,1",
        "account_secret": "LINE_1_ACCOUNT",
        "price": "0.95",
        "rank": "1",
    },
)


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line (1 is the heading) and what to write instead."""

    line: int
    column: str
    message: str
    finding: str = ""

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. With faults it does nothing."""

    new: tuple[str, ...]
    changed: tuple[str, ...]
    faults: tuple[Fault, ...]
    interpreters: tuple[InterpreterData, ...]
    vendors: tuple[VendorData, ...]


def template() -> str:
    """A file to start from: the heading and three invented lines."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(COLUMNS), lineterminator="\r\n")
    writer.writeheader()
    writer.writerows(EXAMPLES)
    return out.getvalue()


def read(content: bytes) -> Preview:
    """Check a file, as a spreadsheet saves it (UTF-8, with commas or semicolons)."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _refused(1, "file", 'Save it as "CSV UTF-8"; this file is in another encoding.')
    heading = text.split("\n", 1)[0]
    dialect = ";" if heading.count(";") > heading.count(",") else ","
    rows = csv.DictReader(io.StringIO(text), delimiter=dialect)
    names = [name.strip().lower() for name in rows.fieldnames or ()]
    if missing := [name for name in REQUIRED if name not in names]:
        return _refused(1, "heading", f"These columns are missing: {', '.join(missing)}.")
    if unknown := [name for name in names if name and name not in COLUMNS]:
        # Such a column might hold what is not kept here; it is never read.
        known = ", ".join(COLUMNS)
        return _refused(1, "heading", f"{len(unknown)} columns are not known. Known are: {known}.")
    rows.fieldnames = names
    try:
        return _check(list(_numbered(rows)))
    except csv.Error:
        return _refused(
            rows.line_num, "file", "This is no CSV from here on; a quote is not closed."
        )


def keep(preview: Preview) -> int:
    """Keep all lines in one transaction; how many interpreters and vendors.

    Raises `ValueError` where the preview has faults.
    """
    if preview.faults:
        raise ValueError("a file with faults is not imported")
    with transaction.atomic():
        for interpreter in preview.interpreters:
            keep_interpreter(interpreter)
        for vendor in preview.vendors:
            keep_vendor(vendor)
    return len(preview.interpreters) + len(preview.vendors)


Row = Mapping[str, str]


def _numbered(rows: "csv.DictReader[str]") -> Iterator[tuple[int, Row]]:
    for row in rows:
        plain = {name: (value or "").strip() for name, value in row.items() if name in COLUMNS}
        if any(plain.values()):
            yield rows.line_num, plain


def _refused(line: int, column: str, message: str) -> Preview:
    return Preview((), (), (Fault(line, column, message),), (), ())


def _check(rows: list[tuple[int, Row]]) -> Preview:
    if not rows:
        return _refused(2, "file", "There is no line below the heading.")
    if len(rows) > MOST_LINES:
        return _refused(MOST_LINES, "file", f"At most {MOST_LINES:,} lines; split the file.")
    faults: list[Fault] = []
    interpreters: dict[str, InterpreterData] = {}
    vendors: dict[str, VendorData] = {}
    for line, row in rows:
        try:
            if row["what"].lower() == "vendor":
                _take_vendor(row, vendors, interpreters)
            else:
                _take_interpreter(row, interpreters, vendors)
        except InvalidField as error:
            finding = error.finding if isinstance(error, AuthorityRefused) else ""
            faults.append(
                Fault(line, _COLUMN.get(error.field, error.field), error.message, finding)
            )
    known = {*Interpreter.objects.values_list("code", flat=True)} | {
        *Vendor.objects.values_list("code", flat=True)
    }
    codes = [*interpreters, *vendors]
    return Preview(
        tuple(code for code in codes if code not in known),
        tuple(code for code in codes if code in known),
        tuple(faults),
        tuple(interpreters.values()),
        tuple(vendors.values()),
    )


# A field of the acts -> the column that it comes from, where the names differ.
_COLUMN: Final = {
    "kind": "what",
    "languages": "language",
    "source": "level",
    "modalities": "by",
    "dial_string": "dial",
}


def _take_vendor(
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


def _take_interpreter(
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
