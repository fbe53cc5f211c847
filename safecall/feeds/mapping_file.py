"""Reading a mapping from its TOML file, and refusing one that would not do what it says."""

import tomllib
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from safecall.feeds import shipped
from safecall.feeds.mapping import TIME_FIELDS, Mapping, MappingError, ValueRule
from safecall.feeds.times import TimeRule
from safecall.vocabulary import dispositions, incident_types

_SHIPPED = ("safecall.feeds", "mappings")
CHANNELS = frozenset({"911", "non_emergency", "text", "web", "counter", "officer"})
_CONTACT_FIELDS = {
    "source_number", "place", "narrative", "language", "latitude", "longitude", "priority",
}  # fmt: skip
_TABLES = {"name", "title", "timezone", "contact", "times", "channel", "types", "disposition"}


def names() -> list[str]:
    """The mappings that ship with safecall."""
    return shipped.names(*_SHIPPED)


def load(name_or_path: str) -> Mapping:
    """A mapping by its name, or by the path of a TOML file. Raises `MappingError`."""
    text = shipped.text(name_or_path, *_SHIPPED)
    if text is None:
        known = ", ".join(names())
        raise MappingError(
            f"There is no mapping {name_or_path!r}. Give one of {known}, or a TOML file's path."
        )
    return parse(text, name_or_path)


def parse(text: str, where: str) -> Mapping:
    """The mapping in a TOML text; `where` names it in errors. Raises `MappingError`."""
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"{where}: not readable as TOML: {error}.") from None
    try:
        return _mapping(data)
    except MappingError as error:
        raise MappingError(f"{where}: {error}") from None


def _mapping(data: dict[str, Any]) -> Mapping:
    _only(data, _TABLES | {"not_sent"}, "the file")
    if absent := sorted(_TABLES - set(data)):
        raise MappingError(f"missing: {', '.join(absent)}.")
    _only(data["contact"], _CONTACT_FIELDS, "[contact]")
    _only(data["times"], set(TIME_FIELDS), "[times]")
    if "received_at" not in data["times"]:
        raise MappingError("[times] needs received_at: when the call came in.")
    try:
        zone = ZoneInfo(data["timezone"])
    except (ZoneInfoNotFoundError, ValueError):
        raise MappingError(f"timezone: {data['timezone']!r} is not an IANA time zone.") from None
    mapping = Mapping(
        name=data["name"],
        title=data["title"],
        zone=zone,
        texts=data["contact"],
        times={field: _time(field, rule) for field, rule in data["times"].items()},
        channel=_values(data["channel"], "channel", "default", CHANNELS),
        types=_values(data["types"], "types", "fallback", frozenset(incident_types.BY_CODE)),
        disposition=_values(
            data["disposition"], "disposition", "default", frozenset(dispositions.BY_CODE)
        ),
        not_sent=data.get("not_sent", {}),
    )
    if both := sorted(mapping.columns & set(mapping.not_sent)):
        raise MappingError(f"both used and listed under [not_sent]: {', '.join(both)}.")
    return mapping


def _only(table: dict[str, Any], known: set[str], where: str) -> None:
    if unknown := sorted(set(table) - known):
        names = ", ".join(sorted(known))
        raise MappingError(f"{where} has {', '.join(unknown)}, which is not known. Known: {names}.")


def _time(field: str, rule: dict[str, Any]) -> TimeRule:
    _only(rule, {"columns", "format", "not_before", "rolls_over"}, f"times.{field}")
    if not rule.get("columns") or not rule.get("format"):
        raise MappingError(f"times.{field} needs columns and format.")
    return TimeRule(
        columns=tuple(rule["columns"]),
        format=rule["format"],
        not_before=rule.get("not_before", ""),
        rolls_over=rule.get("rolls_over", False),
    )


def _values(table: dict[str, Any], name: str, otherwise: str, known: frozenset[str]) -> ValueRule:
    _only(table, {"column", otherwise, "values"}, f"[{name}]")
    if otherwise not in table:
        raise MappingError(f"[{name}] needs {otherwise}, for values that are not listed.")
    values = table.get("values", {})
    if wrong := sorted({table[otherwise], *values.values()} - known):
        raise MappingError(f"[{name}] uses codes that do not exist here: {', '.join(wrong)}.")
    return ValueRule(table.get("column", ""), table[otherwise], values)
