"""HSDS as a tabular data package: a zip of one CSV file a table, with its `datapackage.json`."""

import csv
import io
import json
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Final

Row = dict[str, Any]

#: Table -> file and columns, in the order of HSDS; what a package of ours can hold.
TABLES: Final[dict[str, tuple[str, tuple[str, ...]]]] = {
    "organization": ("organizations.csv", ("id", "name", "description", "website")),
    "service": (
        "services.csv",
        (
            *("id", "organization_id", "name", "description", "url", "status"),
            *("interpretation_services", "assured_date", "last_modified"),
        ),
    ),
    "location": (
        "locations.csv",
        ("id", "location_type", "organization_id", "name", "latitude", "longitude"),
    ),
    "service_at_location": (
        "service_at_location.csv",
        ("id", "service_id", "location_id"),
    ),
    "phone": ("phones.csv", ("id", "service_id", "number", "extension", "type")),
    "schedule": (
        "schedules.csv",
        (
            *("id", "service_id", "freq", "byday", "opens_at", "closes_at"),
            *("description", "notes"),
        ),
    ),
    "language": ("languages.csv", ("id", "service_id", "name", "code", "note")),
    "address": (
        "addresses.csv",
        (
            *("id", "location_id", "address_1", "city", "state_province", "postal_code"),
            *("country", "address_type"),
        ),
    ),
    "attribute": (
        "attributes.csv",
        (*("id", "link_id", "link_entity", "link_type", "taxonomy_term_id", "value"),),
    ),
    "taxonomy_term": ("taxonomy_terms.csv", ("id", "code", "name", "description", "taxonomy")),
}
#: A file of ours has a few hundred kilobytes; a zip can unpack to anything.
MOST_BYTES: Final = 50_000_000


class NoPackage(ValueError):
    """The file is no package that can be read; the message says what to bring."""


def write(services: Iterable[Row], terms: Iterable[Row]) -> bytes:
    """The package of these HSDS services, with the terms of the taxonomy."""
    tables: dict[str, dict[str, Row]] = {name: {} for name in TABLES}

    def put(name: str, row: Mapping[str, Any]) -> None:
        tables[name][row["id"]] = {column: row.get(column, "") for column in TABLES[name][1]}

    for term in terms:
        put("taxonomy_term", term)
    for one in services:
        for name, row in _rows_of(one):
            put(name, row)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("datapackage.json", _description())
        for name, (file, columns) in TABLES.items():
            package.writestr(file, _csv(columns, tables[name].values()))
    return out.getvalue()


def _rows_of(one: Row) -> Iterator[tuple[str, Row]]:
    """The service and the rows of the other tables that stand in it, each with its table."""
    yield "service", one
    yield "organization", one["organization"]
    for name in ("phone", "schedule", "language", "attribute"):
        yield from ((name, row) for row in one.get(f"{name}s", ()))
    for at in one.get("service_at_locations", ()):
        yield "service_at_location", at
        yield "location", at["location"]
        yield from (("address", row) for row in at["location"].get("addresses", ()))


def _csv(columns: tuple[str, ...], rows: Iterable[Row]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _description() -> str:
    resources = [
        {
            "name": name,
            "path": file,
            "profile": "tabular-data-resource",
            "format": "csv",
            "mediatype": "text/csv",
            "schema": {"fields": [{"name": column} for column in columns]},
        }
        for name, (file, columns) in TABLES.items()
    ]
    package = {"name": "human-services-data", "profile": "tabular-data-package"}
    return json.dumps({**package, "resources": resources}, indent=2)


def read(content: bytes) -> list[tuple[str, Row]]:
    """The services of a package as HSDS JSON, each with the place of its line.

    Raises `NoPackage`.
    """
    tables = _unpacked(content)
    of = _by(tables)
    terms = {row["id"]: row for _, row in tables["taxonomy_term"]}
    organizations = {row["id"]: row for _, row in tables["organization"]}
    locations = {row["id"]: row for _, row in tables["location"]}
    found = []
    for place, one in tables["service"]:
        key = one["id"]
        service: Row = dict(one)
        if organization := organizations.get(one.get("organization_id", "")):
            service["organization"] = organization
        for name in ("phone", "schedule", "language"):
            service[f"{name}s"] = of(name, "service_id").get(key, [])
        service["attributes"] = [
            {**row, "taxonomy_term": terms.get(row.get("taxonomy_term_id", ""), {})}
            for row in of("attribute", "link_id").get(key, [])
        ]
        service["service_at_locations"] = [
            {**at, "location": _whole(locations[at["location_id"]], of)}
            for at in of("service_at_location", "service_id").get(key, [])
            if at.get("location_id") in locations
        ]
        found.append((place, service))
    return found


Groups = Callable[[str, str], dict[str, list[Row]]]


def _by(tables: Mapping[str, list[tuple[str, Row]]]) -> Groups:
    made: dict[tuple[str, str], dict[str, list[Row]]] = {}

    def grouped(name: str, column: str) -> dict[str, list[Row]]:
        if (name, column) not in made:
            groups: dict[str, list[Row]] = {}
            for _, row in tables[name]:
                groups.setdefault(row.get(column, ""), []).append(row)
            made[name, column] = groups
        return made[name, column]

    return grouped


def _whole(location: Row, of: Groups) -> Row:
    return {**location, "addresses": of("address", "location_id").get(location["id"], [])}


def _unpacked(content: bytes) -> dict[str, list[tuple[str, Row]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            names = {name.rpartition("/")[2]: name for name in package.namelist()}
            if sum(entry.file_size for entry in package.infolist()) > MOST_BYTES:
                raise NoPackage(f"The package unpacks to more than {MOST_BYTES:,} bytes.")
            if TABLES["service"][0] not in names:
                raise NoPackage("The zip holds no services.csv. Bring an HSDS 3.0 package.")
            return {
                table: _rows(file, package.read(names[file])) if file in names else []
                for table, (file, _) in TABLES.items()
            }
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError):
        raise NoPackage("The zip cannot be read. Bring it again, without a password.") from None


def _rows(file: str, content: bytes) -> list[tuple[str, Row]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NoPackage(f"{file} is not UTF-8. Save it as CSV UTF-8.") from None
    try:
        reader = csv.DictReader(io.StringIO(text), strict=True)
        rows = [
            (f"{file} line {reader.line_num}", {k: (v or "").strip() for k, v in row.items() if k})
            for row in reader
        ]
    except csv.Error as error:
        raise NoPackage(f"{file} line {reader.line_num} is no CSV: {error}.") from None
    if rows and "id" not in rows[0][1]:
        raise NoPackage(f"{file} has no column id.")
    return rows
