"""The open data as a folder of files, made from what the public pages show."""

import json
from typing import Any, Final

from safecall.accountability.models import Prepared
from safecall.accountability.open_data.catalogues import data_package, dcat_us
from safecall.accountability.open_data.resources import BY_NAME, RESOURCES
from safecall.accountability.open_data.tables import DICTIONARY, as_csv, dictionary
from safecall.accountability.periods import ALL
from safecall.accountability.statement import RECORDS

PACKAGE: Final = "datapackage.json"
CATALOGUE: Final = "data.json"
NAMES: Final = (
    *(f"{one.name}.csv" for one in RESOURCES), f"{DICTIONARY}.csv", PACKAGE, CATALOGUE,
)  # fmt: skip


class NotReady(LookupError):
    """No statement has been made ready yet."""


def file(name: str, base: str) -> bytes:
    """The file of this name. `base`: the folder's address, with a slash.

    Raises `KeyError` where there is no such file and `NotReady`. One query.
    """
    if name not in NAMES:
        raise KeyError(name)
    rows = Prepared.objects.filter(key__in=(ALL, RECORDS)).values_list("key", "document")
    found: dict[str, Any] = dict(rows)
    if ALL not in found or RECORDS not in found:
        raise NotReady
    document, records = found[ALL], found[RECORDS]["rows"]
    if name == PACKAGE:
        return _json(data_package(document))
    if name == CATALOGUE:
        return _json(dcat_us(document, base))
    stem = name.removesuffix(".csv")
    if stem == DICTIONARY:
        return dictionary().encode()
    return as_csv(BY_NAME[stem], document, records).encode()


def _json(value: dict[str, Any]) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()
