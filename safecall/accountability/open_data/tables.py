"""The tables as CSV, and the dictionary of their columns."""

import csv
import io
from collections.abc import Iterable
from typing import Any, Final

from safecall.accountability.open_data.resources import BETWEEN, RESOURCES, Document, Resource, Row

DICTIONARY: Final = "dictionary"
DICTIONARY_COLUMNS: Final = ("table", "column", "type", "required", "means", "codes")


def as_csv(resource: Resource, document: Document, records: list[Row]) -> str:
    """A table. What is not known, or hidden, is empty."""
    names = [field.name for field in resource.fields]
    rows = resource.rows(document, records)
    return _csv(names, ([_cell(row[name]) for name in names] for row in rows))


def dictionary() -> str:
    """What each column of each table means."""
    return _csv(
        DICTIONARY_COLUMNS,
        (
            [
                resource.name,
                field.name,
                field.type,
                _cell(field.required),
                field.means,
                BETWEEN.join(field.codes),
            ]
            for resource in RESOURCES
            for field in resource.fields
        ),
    )


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return value


def _csv(columns: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue()
