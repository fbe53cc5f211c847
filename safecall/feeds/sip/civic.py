"""A civic address (RFC 5139, RFC 6848) as the words that an American call taker expects."""

from typing import Final
from xml.etree.ElementTree import Element

from safecall.feeds.sip import xml
from safecall.feeds.wire.calls import LONGEST_PLACE, plain

_STREET: Final = ("HNP", "HNO", "HNS", "PRM", "PRD", "STP", "RD", "STS", "POD", "POM")
# Name of the element -> the word before its value.
_INSIDE: Final = {
    "BLD": "Bldg", "UNIT": "Unit", "FLR": "Floor", "ROOM": "Room", "SEAT": "Seat", "LOC": "",
}  # fmt: skip
_LANDMARK: Final = ("NAM", "LMK")
_LONGEST_VALUE: Final = 120


def words(address: Element) -> str:
    """Such as "211 W 2nd St, Unit 4, Duluth, MN 55802"; "" where nothing is filled in."""
    values: dict[str, str] = {}
    for element in address:
        name, value = xml.local(element), plain(element.text or "", _LONGEST_VALUE)
        if value:
            values.setdefault(name, value)
    crossing = values.get("RDSEC", "")
    street = " ".join(values[name] for name in _STREET if name in values)
    pieces = [f"{street} & {crossing}" if street and crossing and "HNO" not in values else street]
    pieces += [_labelled(label, values[name]) for name, label in _INSIDE.items() if name in values]
    pieces += [values[name] for name in _LANDMARK if name in values]
    pieces.append(values.get("PCN") or values.get("A3") or values.get("A4") or "")
    pieces.append(" ".join(values[name] for name in ("A1", "PC") if name in values))
    return ", ".join(piece for piece in pieces if piece)[:LONGEST_PLACE]


def _labelled(label: str, value: str) -> str:
    """ "Floor 2"; a value that names itself ("2nd Floor") is left as it is."""
    return f"{label} {value}" if label and value.replace("-", "").isalnum() else value
