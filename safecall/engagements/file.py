"""Engagements from a spreadsheet: one CSV file, checked line by line, then recorded by the act.

Nothing is recorded unless every line is right. A line is known again by its key, so the same file
given twice records once. Columns that are not known are not read at all, and counted: an export
with somebody's origin or status in it brings none of it here.
"""

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, Final
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone

from safecall.contacts import selectors as contacts
from safecall.contacts.actions.base import Actor, InvalidField
from safecall.contacts.models import Contact
from safecall.engagements import reading
from safecall.engagements.actions.checks import checked
from safecall.engagements.actions.recording import Said, record, role
from safecall.engagements.facts import Facts
from safecall.engagements.models import Engagement
from safecall.vocabulary.engagements import occasion, outcome

MOST_LINES: Final = 5_000
_KEYS: Final = UUID("6e0a7e0e-7c3b-5f0e-9f57-4c1a5b1f9a10")
_NOON: Final = time(12)
_LATER: Final = "Write the time as 2026-01-31 14:30, or the day alone."

#: Column -> what stands in it. The codes of each are in safecall/vocabulary/engagements/.
COLUMNS: Final[dict[str, str]] = {
    "key": "your own key of the line, such as a case number; it is hashed, never kept",
    "happened_at": "2026-01-31 14:30, or the day alone (then noon), in the department's time",
    "direction": "who turned to whom: inbound_request, outbound_contact, ...",
    "authority": "CBP_USBP, ICE_ERO, ...",
    "purpose_class": "civil_immigration_enforcement, criminal_investigation, ...",
    "request_types": "several with blanks: detainer_hold release_notification",
    "papers": "several with blanks, each kind/signed_by/issuing_court: I-247A/immigration_officer",
    "subject_role": "suspect, arrestee, victim, witness, caller, other, no_individual, unknown",
    "subject_count": "how many people",
    "offense_level": "felony, misdemeanor, ...",
    "offense_code": "the statute's or NIBRS' number: 609.52, 13A",
    "stage": "investigation, probable_cause, arrested, charged, convicted",
    "investigation_continues": "yes, no, or empty where not known",
    "how_identified": "booking_fingerprints, court_record, asked, ...",
    "decision": "granted_full, declined, ...",
    "decline_reason": "no_judicial_instrument, civil_purpose, ...",
    "decided_at": "as happened_at",
    "legal_basis": "judicial_warrant, criminal_suspect_predicate, ...",
    "actions_taken": "several with blanks; empty: nothing was done",
    "custody_outcome": "not_in_custody, taken_by_authority, ...",
    "custody_event_at": "as happened_at",
    "custody_received_by": "immigration_authority, county_jail, ...",
    "held_beyond_release": "yes or no",
    "held_minutes": "minutes past release",
    "subject_notice": "given, not_given, ...",
    "interview_consent": "given, refused, ...",
    "people": "our people",
    "minutes": "their minutes, added up",
    "vehicles": "vehicles",
    "facilities": "rooms or facilities lent",
    "task_force": "its short code, lake-superior-drugs",
    "task_force_purpose": "narcotics, firearms, ...; where immigration is one of several purposes, "
    "border_or_immigration_crime",
    "task_force_agencies": "several with blanks, kinds and no names: ICE_HSI fbi county_sheriff",
    "task_force_arrests": "arrests in all",
    "task_force_immigration_arrests": "of these, for immigration",
    "exigency_code": "why there was no time to ask before: threat_to_life, ...",
    "approval": "approved, refused, or empty",
    "approved_at": "as happened_at",
    "approval_role": "the rank of who approved: sergeant",
    "contact_number": "2026-000123, or empty",
    "source": "historical_import (also where empty) or live",
}
REQUIRED: Final = ("key", "happened_at", "direction", "authority", "purpose_class", "subject_role")
EXAMPLES: Final = (
    {
        "key": "example-1",
        "happened_at": "2019-03-14 21:10",
        "direction": "outbound_contact",
        "authority": "CBP_USBP",
        "purpose_class": "criminal_investigation",
        "subject_role": "suspect",
        "subject_count": "1",
        "offense_level": "felony",
        "offense_code": "609.52",
        "stage": "charged",
        "investigation_continues": "yes",
        "how_identified": "court_record",
        "legal_basis": "criminal_suspect_predicate",
        "actions_taken": "told_of_suspect",
        "custody_outcome": "kept_on_local_charge",
    },
    {
        "key": "example-2",
        "happened_at": "2020-07-02",
        "direction": "inbound_request",
        "authority": "ICE_ERO",
        "purpose_class": "civil_immigration_enforcement",
        "request_types": "detainer_hold release_notification",
        "papers": "I-247A/immigration_officer",
        "subject_role": "arrestee",
        "subject_count": "1",
        "decision": "declined",
        "decline_reason": "no_judicial_instrument",
        "legal_basis": "none_declined",
        "custody_outcome": "released_as_anyone",
    },
)
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a line (1 is the heading) and what to write instead."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class Line:
    """One record to be."""

    record_id: UUID
    facts: Facts
    approval: Said | None
    contact: Contact | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do; with faults, nothing. `unread`: how many columns are not known."""

    new: tuple[Line, ...]
    known: int
    unread: int
    faults: tuple[Fault, ...]


def template() -> str:
    """A file to start from: the heading and two invented lines."""
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
    rows.fieldnames = names
    unread = sum(1 for name in names if name and name not in COLUMNS)
    try:
        return _check(list(_numbered(rows)), unread)
    except csv.Error:
        return _refused(
            rows.line_num, "file", "This is no CSV from here on; a quote is not closed."
        )


def keep(actor: Actor, preview: Preview) -> list[Engagement]:
    """Record all lines in one transaction. Raises `ValueError` where the preview has faults."""
    if preview.faults:
        raise ValueError("a file with faults is not imported")
    with transaction.atomic():
        return [
            record(
                actor,
                one.facts,
                contact=one.contact,
                approval=one.approval,
                record_id=one.record_id,
            )
            for one in preview.new
        ]


def _numbered(rows: "csv.DictReader[str]") -> Iterator[tuple[int, Row]]:
    for row in rows:
        plain = {name: (value or "").strip() for name, value in row.items() if name in COLUMNS}
        if any(plain.values()):
            yield rows.line_num, plain


def _refused(line: int, column: str, message: str) -> Preview:
    return Preview((), 0, 0, (Fault(line, column, message),))


def _check(rows: list[tuple[int, Row]], unread: int) -> Preview:
    if not rows:
        return _refused(2, "file", "There is no line below the heading.")
    if len(rows) > MOST_LINES:
        return _refused(MOST_LINES, "file", f"At most {MOST_LINES:,} lines; split the file.")
    faults: list[Fault] = []
    lines: dict[UUID, Line] = {}
    for number, row in rows:
        try:
            one = _line(row)
        except InvalidField as error:
            faults.append(Fault(number, _COLUMN.get(error.field, error.field), error.message))
            continue
        if one.record_id in lines:
            faults.append(Fault(number, "key", "Another line has this key already."))
        lines[one.record_id] = one
    known = set(Engagement.objects.filter(pk__in=lines).values_list("pk", flat=True))
    new = tuple(one for pk, one in lines.items() if pk not in known)
    return Preview(new, len(known), unread, tuple(faults))


#: A field of the acts -> the column that it comes from, where the names differ.
_COLUMN: Final = {"instruments": "papers"}


def _line(row: Row) -> Line:
    if not row["key"]:
        raise InvalidField("key", "Give each line a key of its own.")
    source = reading.code(
        occasion.Source, "source", row.get("source") or occasion.Source.HISTORICAL_IMPORT
    )
    said: dict[str, Any] = {name: row.get(name, "") for name in reading.CODES}
    said |= {name: row.get(name, "").split() for name in reading.LISTS}
    said |= {name: _count(row, name) for name in reading.COUNTS}
    said |= {name: _time(row, name) for name in reading.TIMES}
    said |= {name: _yes(row, name) for name in reading.FLAGS}
    said |= {name: row.get(name, "") for name in reading.TEXTS}
    said["instruments"] = [_paper(word) for word in row.get("papers", "").split()]
    facts = checked(reading.facts(said, source))
    return Line(uuid5(_KEYS, row["key"]), facts, _approval(row), _contact(row))


def _paper(word: str) -> dict[str, str]:
    kind, _, rest = word.partition("/")
    signed, _, court = rest.partition("/")
    return {"kind": kind, "signed_by": signed, "issuing_court": court}


def _approval(row: Row) -> Said | None:
    state = row.get("approval", "")
    if not state:
        return None
    at = _time(row, "approved_at")
    if at is None:
        raise InvalidField("approved_at", "Say when it was approved or refused.")
    known = [outcome.ApprovalState.APPROVED.value, outcome.ApprovalState.REFUSED.value]
    if state not in known:
        raise InvalidField("approval", f"Choose one of: {', '.join(known)}.")
    return Said(outcome.ApprovalState(state), at, role(row.get("approval_role", "")))


def _contact(row: Row) -> Contact | None:
    number = row.get("contact_number", "")
    if not number:
        return None
    found = contacts.by_number(number)
    if found is None:
        raise InvalidField("contact_number", "No contact has this number, as 2026-000123.")
    return found


def _count(row: Row, name: str) -> int:
    text = row.get(name, "") or "0"
    if not (text.isascii() and text.isdigit() and len(text) < 10):
        raise InvalidField(name, "Write a whole number.")
    return int(text)


def _time(row: Row, name: str) -> datetime | None:
    text = row.get(name, "")
    if not text:
        return None
    try:
        at = (
            datetime.combine(date.fromisoformat(text), _NOON)
            if len(text) == len("2026-01-31")
            else datetime.fromisoformat(text)
        )
    except ValueError:
        raise InvalidField(name, _LATER) from None
    return timezone.make_aware(at) if timezone.is_naive(at) else at


def _yes(row: Row, name: str) -> bool | None:
    text = row.get(name, "").lower()
    if text not in {"", "yes", "no"}:
        raise InvalidField(name, "Write yes or no.")
    return {"yes": True, "no": False}.get(text)
