"""A mapping says which columns of an export make which field of a contact.

It is a closed world: a column that the mapping neither uses nor lists under `not_sent` stops the
replay, so that a new column of personal data is never sent by accident.
"""

import hashlib
import json
import re
from collections.abc import Iterable
from collections.abc import Mapping as Map
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from safecall.feeds.times import TimeRule, UnreadableTime

TEXT_FIELDS = ("source_number", "narrative", "language")
TIME_FIELDS = ("received_at", "answered_at", "finished_at")
_PLACEHOLDER = re.compile(r"\{([^{}]+)\}")


class MappingError(ValueError):
    """The mapping cannot be used; the message says what to change."""


class RowRefused(ValueError):
    """A row that cannot become a contact; the message never holds the row's words."""


@dataclass(frozen=True, slots=True)
class ValueRule:
    """Values of one column, each with the code that it becomes."""

    column: str
    default: str
    values: Map[str, str]

    def code(self, row: dict[str, str]) -> tuple[str, bool]:
        """The code, and whether the value itself was listed."""
        if not self.column:
            return self.default, True
        value = row[self.column].strip()
        return self.values.get(value, self.default), value in self.values


@dataclass(frozen=True, slots=True)
class SourceCall:
    """One row made ready to send. `key` is the same whenever the same call is sent again."""

    row: int
    key: str
    payload: dict[str, Any]
    finished_at: str
    disposition: str
    type_mapped: bool


@dataclass(frozen=True, slots=True)
class Mapping:
    """One source's mapping, read and checked."""

    name: str
    title: str
    zone: ZoneInfo
    texts: Map[str, str]
    times: Map[str, TimeRule]
    channel: ValueRule
    types: ValueRule
    disposition: ValueRule
    not_sent: Map[str, str]

    @property
    def columns(self) -> frozenset[str]:
        """The columns that are read."""
        named = {name for text in self.texts.values() for name in _PLACEHOLDER.findall(text)}
        named |= {name for rule in self.times.values() for name in rule.columns}
        rules = (self.channel, self.types, self.disposition)
        return frozenset(named | {rule.column for rule in rules if rule.column})

    def check_columns(self, found: Iterable[str]) -> None:
        """Raises `MappingError` where the file and the mapping do not speak of the same columns."""
        there = set(found)
        if missing := sorted(self.columns - there):
            raise MappingError(
                f"The mapping {self.name!r} needs columns that the file does not have: "
                f"{', '.join(missing)}. Is it the right mapping? --describe proposes one."
            )
        if unknown := sorted(there - self.columns - set(self.not_sent)):
            raise MappingError(
                f"The file has columns that the mapping {self.name!r} does not speak of: "
                f"{', '.join(unknown)}. Use them, or list them under [not_sent] with the reason."
            )

    def call(self, number: int, row: dict[str, str]) -> SourceCall:
        """The row as a call to send. Raises `RowRefused`."""
        if sum(value == column for column, value in row.items()) * 2 > len(self.columns):
            raise RowRefused("The row repeats the column names.")
        times = self._times(row)
        texts = {field: _filled(text, row) for field, text in self.texts.items()}
        incident_type, type_mapped = self.types.code(row)
        payload: dict[str, Any] = {
            "channel": self.channel.code(row)[0],
            "incident_type": incident_type,
            **{
                field: times[field].isoformat()
                for field in ("received_at", "answered_at")
                if field in times
            },
            **{field: texts[field] for field in TEXT_FIELDS if texts.get(field)},
        }
        if place := _place(texts):
            payload["place"] = place
        if priority := texts.get("priority"):
            payload["priority"] = int(_number("priority", priority))
        return SourceCall(
            row=number,
            key=self._key(number, payload),
            payload=payload,
            finished_at=times["finished_at"].isoformat() if "finished_at" in times else "",
            disposition=self.disposition.code(row)[0],
            type_mapped=type_mapped,
        )

    def _times(self, row: dict[str, str]) -> dict[str, datetime]:
        found: dict[str, datetime] = {}
        for field in TIME_FIELDS:
            rule = self.times.get(field)
            try:
                moment = rule.read(row, self.zone) if rule else None
            except UnreadableTime as error:
                raise RowRefused(f"{field}: {error}.") from None
            if rule and moment:
                earliest = found.get(rule.not_before, moment)
                found[field] = rule.after(moment, earliest)
        if "received_at" not in found:
            raise RowRefused("received_at: the row does not say when the call came in.")
        return found

    def _key(self, number: int, payload: dict[str, Any]) -> str:
        # The source's own number names the call wherever its row stands. Without one, the row does.
        of = payload.get("source_number") or f"{number}:{json.dumps(payload, sort_keys=True)}"
        return f"replay-{hashlib.sha256(f'{self.name}:{of}'.encode()).hexdigest()[:40]}"


def _filled(template: str, row: dict[str, str]) -> str:
    text = _PLACEHOLDER.sub(lambda found: row[found[1]].strip(), template)
    return " ".join(text.split()).strip(" ,;/")


def _number(field: str, text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise RowRefused(f"{field}: not a number.") from None


def _place(texts: dict[str, str]) -> dict[str, Any]:
    place: dict[str, Any] = {}
    if words := texts.get("place"):
        place["words"] = words
    if texts.get("latitude") and texts.get("longitude"):
        latitude = _number("latitude", texts["latitude"])
        longitude = _number("longitude", texts["longitude"])
        # Exports write "no coordinates" as zero, or as something next to it.
        if abs(latitude) > 0.1 or abs(longitude) > 0.1:
            place |= {"latitude": latitude, "longitude": longitude}
    return place
