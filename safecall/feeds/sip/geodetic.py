"""A point from the shapes of a location object (RFC 5491), and how far off it may be."""

import math
from dataclasses import dataclass
from typing import Final
from xml.etree.ElementTree import Element

from safecall.feeds.sip import xml

_SHAPES: Final = {
    "Point": "", "Circle": "radius", "Sphere": "radius", "Ellipse": "semiMajorAxis",
    "Ellipsoid": "semiMajorAxis", "ArcBand": "outerRadius", "Polygon": "", "Prism": "",
}  # fmt: skip
# WGS 84 with latitude first, in two and three dimensions; other systems are not guessed at.
_SYSTEMS: Final = ("4326", "4979")
_MOST_NUMBERS: Final = 600
_METRES_A_DEGREE: Final = 111_320.0


@dataclass(frozen=True, slots=True)
class Point:
    """WGS 84 degrees; the caller is within `radius` metres, where that is known."""

    lat: float
    lon: float
    radius: float | None = None


def point(info: Element) -> Point | None:
    """The first shape below `info` that can be read."""
    for shape in xml.every(info, *_SHAPES):
        if not _known_system(shape):
            continue
        dimensions = 3 if shape.get("srsName", "").endswith("4979") else 2
        middle = _middle(shape, dimensions)
        if middle is not None:
            given = _SHAPES[xml.local(shape)]
            radius = _metres(xml.text(shape, given)) if given else middle.radius
            return Point(middle.lat, middle.lon, radius)
    return None


def _known_system(shape: Element) -> bool:
    named = shape.get("srsName", "")
    return not named or named.endswith(_SYSTEMS)


def _middle(shape: Element, dimensions: int) -> Point | None:
    """The shape's only position, or the middle of its outline."""
    outline: list[tuple[float, float]] = []
    for element in xml.every(shape, "pos", "posList"):
        numbers = _numbers(element.text or "")
        step = dimensions if xml.local(element) == "posList" else max(len(numbers), 1)
        outline += [(numbers[at], numbers[at + 1]) for at in range(0, len(numbers) - 1, step)]
    if not outline or not all(abs(lat) <= 90 and abs(lon) <= 180 for lat, lon in outline):
        return None
    if len(outline) > 1 and outline[0] == outline[-1]:
        outline.pop()
    lat = sum(one[0] for one in outline) / len(outline)
    lon = sum(one[1] for one in outline) / len(outline)
    farthest = max(_distance(lat, lon, *one) for one in outline)
    return Point(lat, lon, round(farthest) if len(outline) > 1 else None)


def _numbers(text: str) -> list[float]:
    try:
        numbers = [float(word) for word in text.split()[:_MOST_NUMBERS]]
    except ValueError:
        return []
    return numbers if all(math.isfinite(number) for number in numbers) else []


def _metres(text: str) -> float | None:
    numbers = _numbers(text)
    return numbers[0] if len(numbers) == 1 and 0 < numbers[0] < 1e7 else None


def _distance(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Metres, for distances within one outline."""
    north = (other_lat - lat) * _METRES_A_DEGREE
    east = (other_lon - lon) * _METRES_A_DEGREE * math.cos(math.radians(lat))
    return math.hypot(north, east)
