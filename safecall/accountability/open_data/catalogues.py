"""Two catalogues of the same tables: a Frictionless Data Package, and DCAT-US 1.1 (`data.json`).

Formats: specs.frictionlessdata.io (Tabular Data Package); resources.data.gov (DCAT-US 1.1).
"""

from typing import Any, Final

from django.conf import settings

from safecall.accountability.open_data.resources import RESOURCES, Document, Field, Resource
from safecall.accountability.open_data.tables import DICTIONARY, DICTIONARY_COLUMNS

LICENSE: Final = "https://creativecommons.org/publicdomain/zero/1.0/"
SCHEMA: Final = "https://project-open-data.cio.gov/v1.1/schema"
KEYWORDS: Final = ("police", "accountability", "immigration authorities", "language access")


def data_package(document: Document) -> dict[str, Any]:
    """The descriptor that lies beside the tables, with relative paths."""
    return {
        "profile": "tabular-data-package",
        "name": "police-accountability",
        "title": title(document),
        "description": _described(document),
        "created": document["as_of"],
        "licenses": [{"name": "CC0-1.0", "path": LICENSE, "title": "CC0 1.0"}],
        "resources": [*map(_table, RESOURCES), _dictionary()],
    }


def dcat_us(document: Document, base: str) -> dict[str, Any]:
    """The catalogue for data portals; `base` is the address of the folder, with a slash.

    Its contact address is `SAFECALL_OPEN_DATA_CONTACT`; portals want one.
    """
    contact = {"@type": "vcard:Contact", "fn": f"{document['department']}, records"}
    if settings.OPEN_DATA_CONTACT:
        contact["hasEmail"] = f"mailto:{settings.OPEN_DATA_CONTACT}"
    return {
        "@context": "https://project-open-data.cio.gov/v1.1/schema/catalog.jsonld",
        "@type": "dcat:Catalog",
        "conformsTo": SCHEMA,
        "describedBy": f"{SCHEMA}/catalog.json",
        "dataset": [
            {
                "@type": "dcat:Dataset",
                "identifier": f"{base}{one.name}",
                "title": f"{one.title}, {document['department']}",
                "description": f"{one.means} {_described(document)}",
                "keyword": list(KEYWORDS),
                "modified": document["as_of"][:10],
                "publisher": {"@type": "org:Organization", "name": document["department"]},
                "contactPoint": contact,
                "accessLevel": "public",
                "license": LICENSE,
                "temporal": f"{document['from']}/{document['to']}",
                "describedBy": f"{base}{DICTIONARY}.csv",
                "describedByType": "text/csv",
                "distribution": [
                    {
                        "@type": "dcat:Distribution",
                        "downloadURL": f"{base}{one.name}.csv",
                        "mediaType": "text/csv",
                        "title": one.title,
                    }
                ],
            }
            for one in RESOURCES
        ],
    }


def title(document: Document) -> str:
    """The name of the whole."""
    return f"{document['department']}: contacts and engagements, in numbers"


def _described(document: Document) -> str:
    said = f"Counted {document['as_of'][:10]}. Small counts about residents are hidden."
    if document["demonstration"]:
        return f"Demonstration data: everything here is invented. {said}"
    return said


def _table(one: Resource) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": one.name,
        "title": one.title,
        "description": one.means,
        "path": f"{one.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [*map(_field, one.fields)],
            "missingValues": [""],
            "primaryKey": list(one.key),
        },
    }


def _field(one: Field) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": one.required}
    if one.codes:
        constraints["enum"] = list(one.codes)
    return {
        "name": one.name,
        "type": one.type,
        "description": one.means,
        "constraints": constraints,
    }


def _dictionary() -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": DICTIONARY,
        "title": "What each column means",
        "path": f"{DICTIONARY}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [
                {"name": name, "type": "boolean" if name == "required" else "string"}
                for name in DICTIONARY_COLUMNS
            ],
            "missingValues": [""],
        },
    }
