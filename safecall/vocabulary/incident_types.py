"""Incident types: NENA-STA-021.1b's common registry, citing APCO ANS 2.103.2-2019.

The standard list has a code for immigration, `ALIEN`. It does not exist here: it is never offered
and never emitted, and an import that carries it is counted and mapped to `REPLACED`'s value.
"""

from dataclasses import dataclass
from typing import Final

from safecall.vocabulary._table import rows

REPLACED: Final = {"ALIEN": "INFO"}


@dataclass(frozen=True, slots=True)
class IncidentType:
    """`priority` is the one that an answering point starts from: 1 (life in danger) to 5."""

    code: str
    label: str
    family: str
    priority: int


BY_CODE: Final[dict[str, IncidentType]] = {
    row["code"]: IncidentType(row["code"], row["label"], row["family"], int(row["priority"]))
    for row in rows("incident_types")
}
FAMILIES: Final[tuple[str, ...]] = tuple(dict.fromkeys(t.family for t in BY_CODE.values()))


def label(code: str) -> str:
    """The short label, or the code itself where it is not in the registry."""
    found = BY_CODE.get(code)
    return found.label if found else code
