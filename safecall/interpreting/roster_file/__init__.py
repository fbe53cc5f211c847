"""Interpreters and vendors from a spreadsheet: one CSV file, checked line by line, then kept.

A line is an interpreter with one language (further languages: further lines with the same code), or
a vendor. Nothing is kept unless every line is right. An import only adds and changes; who is to be
asked no more gets `active` no.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.db import transaction

from safecall.contacts.actions.base import InvalidField
from safecall.interpreting.actions.keeping import (
    AuthorityRefused,
    InterpreterData,
    VendorData,
    keep_interpreter,
    keep_vendor,
)
from safecall.interpreting.models import Interpreter, Vendor
from safecall.interpreting.roster_file.columns import COLUMNS, REQUIRED, template
from safecall.interpreting.roster_file.lines import Row, take_interpreter, take_vendor

__all__ = ["COLUMNS", "Fault", "Preview", "keep", "read", "template"]

MOST_LINES: Final = 20_000
# A field of the acts -> the column that it comes from, where the names differ.
_COLUMN: Final = {
    "kind": "what",
    "languages": "language",
    "source": "level",
    "modalities": "by",
    "dial_string": "dial",
}


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
                take_vendor(row, vendors, interpreters)
            else:
                take_interpreter(row, interpreters, vendors)
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
