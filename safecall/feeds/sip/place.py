"""Where the caller is: location objects (PIDF-LO) that come with the call.

RFC 4119, 5139, 5491 and 6442. A location by reference is noted, not fetched: this software sends
nothing. The first location is used, in the order of the Geolocation header (RFC 5491 section 3.3
wants the most preferred first); words and coordinates are taken together only from one object.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from safecall.feeds.sip import civic, geodetic, xml
from safecall.feeds.sip.bodies import Part
from safecall.feeds.wire.calls import NOWHERE, Position

_PIDF: Final = "application/pidf+xml"
# The registry of location methods (RFC 4119 section 6.1): shown to the call taker.
_METHODS: Final = {
    "cell": "cell tower", "gps": "GPS", "a-gps": "GPS", "agps": "GPS", "gnss": "GPS",
    "wiremap": "line", "dhcp": "network port", "manual": "entered by hand",
    "triangulation": "triangulation", "802.11": "Wi-Fi",
}  # fmt: skip
_CID = re.compile(r"<\s*cid:([^>]{1,300})>", re.IGNORECASE)
_ELSEWHERE = re.compile(r"<\s*(?:https?|held|sips?|pres):", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Located:
    """`radius` is metres or None; `method` is words for people; `unreadable` counts objects.

    `elsewhere`: the network also holds a location by reference. `others`: how many further
    locations came along.
    """

    position: Position = NOWHERE
    radius: float | None = None
    method: str = ""
    elsewhere: bool = False
    others: int = 0
    unreadable: int = 0


def locate(parts: Iterable[Part], geolocation: str) -> Located:
    """The first location among the parts of a message with this Geolocation header."""
    wanted = [one.strip() for one in _CID.findall(geolocation)]
    objects = [part for part in parts if part.kind == _PIDF]
    # Python's sort is stable: what the header does not name keeps its place behind what it names.
    objects.sort(
        key=lambda p: wanted.index(p.content_id) if p.content_id in wanted else len(wanted)
    )
    found: list[Located] = []
    unreadable = 0
    for part in objects:
        root = xml.read(part.data)
        inside = [] if root is None else [_read(one) for one in xml.every(root, "geopriv")]
        located = [one for one in inside if one.position]
        unreadable += not located
        found += located
    elsewhere = bool(_ELSEWHERE.search(geolocation))
    if not found:
        return Located(elsewhere=elsewhere, unreadable=unreadable)
    first = found[0]
    others = sum(one.position != first.position for one in found[1:])
    return Located(first.position, first.radius, first.method, elsewhere, others, unreadable)


def _read(geopriv: Element) -> Located:
    """A civic address, a shape, or both of the same place; and how it was found."""
    info = next(xml.every(geopriv, "location-info"), None)
    if info is None:
        return Located()
    address = next(xml.every(info, "civicAddress"), None)
    point = geodetic.point(info)
    position = Position(
        "" if address is None else civic.words(address),
        point.lat if point else None,
        point.lon if point else None,
    )
    method = _METHODS.get(xml.text(geopriv, "method").lower(), "")
    return Located(position, point.radius if point else None, method)
