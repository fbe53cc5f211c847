"""From one record to what it tells of a call."""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import xor
from typing import Final

from safecall.feeds.ali.template import Template
from safecall.feeds.sip.callback import NO_SERVICE, cannot_be_rung, number_of
from safecall.feeds.wire.calls import LONGEST_PLACE, Call, Earlier, Malformed, Position, plain

_READABLE: Final = 0.9


@dataclass(frozen=True, slots=True)
class Read:
    """`call` is None for a heartbeat. `values` are the template's fields, for a dry run alone.

    `same` is what all records of one call have in common.
    """

    what: str
    call: Call | None = None
    same: str = ""
    values: tuple[tuple[str, str], ...] = ()


def read(data: bytes, received_at: datetime, template: Template) -> Read:
    """What a record tells. Raises `Malformed`, and nothing else, whatever the bytes are."""
    record = _inside(data, template)
    text = record.decode(template.encoding, "replace")
    if text.strip() in template.heartbeats:
        return Read("heartbeat")
    shown = sum(char.isprintable() or char in "\r\n\t" for char in text)
    if not text.strip() or shown < _READABLE * len(text):
        raise Malformed("record that is not text")
    values = template.values(record)
    number = number_of("".join(values[name] for name in template.callback))
    position = _position(values, template)
    if not number and not position:
        raise Malformed("record without number and place")
    no_service = cannot_be_rung(number)
    base, key, earlier = _keys(values, received_at, template)
    if not base.strip():
        raise Malformed("record without what makes it one call")
    call = Call(
        key=key,
        received_at=received_at,
        channel=template.channel,
        callback="" if no_service else number,
        position=position,
        narrative=_narrative(values, template, no_service=no_service),
        earlier=earlier,
    )
    return Read("call", call, base, tuple(values.items()))


def _inside(data: bytes, template: Template) -> bytes:
    """The record without its frame. Raises `Malformed`."""
    checked = data[:-1] if template.xor else data
    if not checked.endswith(template.end) or not data.startswith(template.start):
        raise Malformed("record without its end")
    if template.xor and reduce(xor, checked[len(template.start) :], 0) != data[-1]:
        raise Malformed("check that does not fit")
    record = checked[len(template.start) : len(checked) - len(template.end)]
    if len(record) > template.longest:
        raise Malformed("larger than the limit")
    return record


def _keys(
    values: dict[str, str], at: datetime, template: Template
) -> tuple[str, str, Earlier | None]:
    """What is the same in all records of a call; the keys of this span of time and the one before.

    A record names no call, so one call is what agrees in these fields within some seconds.
    """
    base = "\n".join(values[name] for name in template.same)
    span = int(at.timestamp() // template.seconds)
    named = f"{template.name}\n{base}"
    since = at - timedelta(seconds=template.seconds)
    return base, f"{named}\n{span}", Earlier(f"{named}\n{span - 1}", since)


def _position(values: dict[str, str], template: Template) -> Position:
    groups = [
        " ".join(" ".join(values[name] for name in group).split()) for group in template.place
    ]
    words = plain(", ".join(group for group in groups if group), LONGEST_PLACE)
    lat = _degrees(values.get(template.latitude, ""), 90)
    lon = _degrees(values.get(template.longitude, ""), 180)
    if lat is None or lon is None or lat == lon == 0:
        return Position(words)
    return Position(words, lat, lon)


def _degrees(text: str, most: int) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= most else None


def _narrative(values: dict[str, str], template: Template, *, no_service: bool) -> str:
    lines = []
    radius = values.get(template.radius, "")
    if radius.isascii() and radius.isdigit() and len(radius) < 8 and int(radius):
        lines.append(f"The position may be off by {int(radius):,} m.")
    if words := template.classes.get(values.get(template.class_of_service, ""), ""):
        lines.append(f"Class of service: {words}.")
    if no_service:
        lines.append(NO_SERVICE)
    return " ".join(lines)
