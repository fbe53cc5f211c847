"""Reading a template from its TOML file, and refusing one that would not do what it says."""

import tomllib
from collections.abc import Iterable
from typing import Any, Final

from safecall.feeds import shipped
from safecall.feeds.ali.template import Slice, Template, TemplateError

_SHIPPED = ("safecall.feeds.ali", "templates")
CHANNELS: Final = ("911", "non_emergency")
ENCODINGS: Final = ("ascii", "latin-1", "cp437", "utf-8")
_MOST_LINES: Final = 100
_MOST_COLUMNS: Final = 500
_LARGEST_RECORD: Final = 16_384
# Table -> (keys that it must have, keys that it may have).
_TABLES: Final[dict[str, tuple[set[str], set[str]]]] = {
    "": (
        {"name", "title", "frame", "lines", "fields", "read", "call"},
        {"encoding", "channel", "heartbeat", "classes"},
    ),
    "frame": ({"end"}, {"start", "check", "longest"}),
    "lines": (set(), {"break", "width"}),
    "heartbeat": ({"records"}, set()),
    "read": ({"callback"}, {"place", "latitude", "longitude", "radius", "class"}),
    "call": ({"same", "seconds"}, set()),
}


def names() -> list[str]:
    """The templates that ship with safecall."""
    return shipped.names(*_SHIPPED)


def load(name_or_path: str) -> Template:
    """A template by its name, or by the path of a TOML file. Raises `TemplateError`."""
    text = shipped.text(name_or_path, *_SHIPPED)
    if text is None:
        known = ", ".join(names())
        raise TemplateError(
            f"There is no template {name_or_path!r}. Give one of {known}, or a TOML file's path."
        )
    return parse(text, name_or_path)


def parse(text: str, where: str) -> Template:
    """The template in a TOML text; `where` names it in errors. Raises `TemplateError`."""
    try:
        return _template(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise TemplateError(f"{where}: not readable as TOML: {error}.") from None
    except TemplateError as error:
        raise TemplateError(f"{where}: {error}") from None


def _template(data: dict[str, Any]) -> Template:
    for table, (needed, allowed) in _TABLES.items():
        _check_keys(data.get(table, {}) if table else data, table, needed, allowed)
    read, frame, lines = data["read"], data["frame"], data["lines"]
    if ("break" in lines) == ("width" in lines):
        raise TemplateError('[lines] needs either break = "0D" or width = 32.')
    fields = {name: _slice(name, one) for name, one in data["fields"].items()}
    made = Template(
        name=_text(data, "name"),
        title=_text(data, "title"),
        channel=_choice(data, "channel", CHANNELS),
        encoding=_choice(data, "encoding", ENCODINGS),
        start=_bytes(frame, "start", "frame", may_be_empty=True),
        end=_bytes(frame, "end", "frame"),
        xor=_choice(frame, "check", ("none", "xor")) == "xor",
        longest=_number(frame, "longest", 1, _LARGEST_RECORD, 2048),
        line_break=_bytes(lines, "break", "lines") if "break" in lines else b"",
        width=_number(lines, "width", 1, _MOST_COLUMNS, 0),
        fields=fields,
        callback=_names(read, "callback"),
        place=tuple(_group(one) for one in read.get("place", [])),
        latitude=_optional(read, "latitude"),
        longitude=_optional(read, "longitude"),
        radius=_optional(read, "radius"),
        class_of_service=_optional(read, "class"),
        same=_names(data["call"], "same"),
        seconds=_number(data["call"], "seconds", 1, 86_400),
        classes=_classes(data.get("classes", {})),
        heartbeats=frozenset(data.get("heartbeat", {}).get("records", [])),
    )
    _check_fields(made)
    return made


def _check_keys(table: Any, name: str, needed: set[str], allowed: set[str]) -> None:
    where = f"[{name}]" if name else "the file"
    if not isinstance(table, dict):
        raise TemplateError(f"{where} has to be a table.")
    if unknown := sorted(set(table) - needed - allowed):
        known = ", ".join(sorted(needed | allowed))
        raise TemplateError(
            f"{where} has {', '.join(unknown)}, which is not known. Known: {known}."
        )
    if table or name != "heartbeat":
        absent = sorted(needed - set(table))
        if absent:
            raise TemplateError(f"{where} needs {', '.join(absent)}.")


def _check_fields(made: Template) -> None:
    single = (made.latitude, made.longitude, made.radius, made.class_of_service)
    used = {*made.callback, *made.same, *(one for group in made.place for one in group)}
    used |= {one for one in single if one}
    if unknown := sorted(used - set(made.fields)):
        raise TemplateError(f"[fields] has no {', '.join(unknown)}.")
    if unread := sorted(set(made.fields) - used - {"position"}):
        raise TemplateError(
            f"[fields] has {', '.join(unread)}, which nothing reads. Leave out what is not needed."
        )
    if bool(made.latitude) != bool(made.longitude):
        raise TemplateError("[read] needs both latitude and longitude, or neither.")
    if not made.place and not made.latitude:
        raise TemplateError("[read] needs place, or latitude and longitude.")


def _slice(name: str, one: Any) -> Slice:
    where = f"fields.{name}"
    if not isinstance(one, dict) or set(one) != {"line", "from", "to"}:
        raise TemplateError(f"{where} is written as {{ line = 1, from = 2, to = 15 }}.")
    try:
        made = Slice(
            _number(one, "line", 1, _MOST_LINES),
            _number(one, "from", 1, _MOST_COLUMNS),
            _number(one, "to", 1, _MOST_COLUMNS),
        )
    except TemplateError as error:
        raise TemplateError(f"{where}: {error}") from None
    if made.last < made.first:
        raise TemplateError(f"{where} ends before it begins.")
    return made


def _text(table: dict[str, Any], key: str) -> str:
    value = table[key]
    if not isinstance(value, str) or not value.strip():
        raise TemplateError(f"{key} is a text.")
    return value.strip()


def _choice(table: dict[str, Any], key: str, choices: tuple[str, ...]) -> str:
    """The first choice where nothing is said."""
    value = table.get(key, choices[0])
    if value not in choices:
        raise TemplateError(f"{key} is one of {', '.join(choices)}.")
    return str(value)


def _number(
    table: dict[str, Any], key: str, least: int, most: int, otherwise: int | None = None
) -> int:
    """A whole number; where there is no `otherwise`, it has to be given."""
    if key not in table and otherwise is not None:
        return otherwise
    value = table.get(key)
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise TemplateError(f"{key} is a whole number from {least} to {most}.")
    return value


def _bytes(table: dict[str, Any], key: str, where: str, *, may_be_empty: bool = False) -> bytes:
    """Bytes written as hexadecimal digits, such as "0D 0A"."""
    value = table.get(key, "" if may_be_empty else None)
    try:
        made = bytes.fromhex(value) if isinstance(value, str) else b""
    except ValueError:
        made = b""
    if len(made) > 8 or (not made and (value or not may_be_empty)):
        raise TemplateError(f'[{where}] {key} is bytes in hexadecimal, such as "0D" or "0D 0A".')
    return made


def _names(table: dict[str, Any], key: str) -> tuple[str, ...]:
    value = table[key]
    if not isinstance(value, list) or not value or not _all_texts(value):
        raise TemplateError(f'{key} is a list of fields, such as ["area", "number"].')
    return tuple(value)


def _group(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value or not _all_texts(value):
        raise TemplateError('place is a list of groups, such as [["house", "street"], ["city"]].')
    return tuple(value)


def _optional(table: dict[str, Any], key: str) -> str:
    value = table.get(key, "")
    if not isinstance(value, str):
        raise TemplateError(f"{key} is the name of one field.")
    return value


def _classes(table: Any) -> dict[str, str]:
    if not isinstance(table, dict) or not _all_texts(table.values()):
        raise TemplateError("[classes] gives each class of service its words, or an empty text.")
    return dict(table)


def _all_texts(values: Iterable[Any]) -> bool:
    return all(isinstance(one, str) for one in values)
