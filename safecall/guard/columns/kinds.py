"""What is found in a column."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from safecall.guard.kinds import Kind


class By(StrEnum):
    """What gave a column away."""

    NAME = "name"
    VALUES = "values"
    SHAPE = "shape"
    TEXT = "text"


@dataclass(frozen=True, slots=True)
class ValueFinding:
    """A coded value that carries status; ``rule`` is its id, ``reason`` a phrase in words."""

    value: str
    count: int
    kind: Kind
    rule: str
    source: str
    reason: str


@dataclass(frozen=True, slots=True)
class ColumnFinding:
    """Why a column carries status.

    ``reason`` reads on from the column's name: "says a person's nationality". ``values`` are the
    codes that carry it, most frequent first; none where the column holds text or numbers of
    persons. ``share`` is the part of the filled rows that carry it, 1 where the header says so.
    """

    column: str
    kind: Kind
    rule: str
    source: str
    reason: str
    by: By
    values: tuple[ValueFinding, ...] = ()
    share: float = 1.0

    @property
    def removed(self) -> bool:
        """Whether any of what it holds may not be kept; an authority is kept, and counted."""
        return self.kind != Kind.AUTHORITY or any(one.kind != Kind.AUTHORITY for one in self.values)
