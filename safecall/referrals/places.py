"""How far it is, about: from a town or ZIP code that somebody typed. Nobody is located.

No service is asked; the table of places is a file, and knows the middle of each alone.
"""

import math
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

SHIPPED: Final = Path(__file__).with_name("places.toml")
_EARTH_MILES: Final = 3958.8
_ZIP: Final = re.compile(r"\b([0-9]{5})(?:-[0-9]{4})?\b")


class PlacesError(ValueError):
    """The file of places cannot be used; the message says what to change."""


@dataclass(frozen=True, slots=True)
class Point:
    """A place on the earth, in degrees."""

    latitude: float
    longitude: float

    def miles_to(self, other: "Point") -> float:
        """The great-circle distance in miles (haversine, a round earth)."""
        a, b = math.radians(self.latitude), math.radians(other.latitude)
        across = math.radians(other.longitude - self.longitude)
        half = math.sin((b - a) / 2) ** 2 + math.cos(a) * math.cos(b) * math.sin(across / 2) ** 2
        return 2 * _EARTH_MILES * math.asin(min(1.0, math.sqrt(half)))


@lru_cache(maxsize=4)
def table(path: Path = SHIPPED) -> dict[str, Point]:
    """Places by folded name. Raises `PlacesError`."""
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))["places"]
        return {_folded(name): Point(float(at[0]), float(at[1])) for name, at in entries.items()}
    except (OSError, tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, IndexError):
        raise PlacesError(
            f'{path.name}: write [places] and below it lines such as "duluth" = [46.79, -92.10]'
        ) from None


def find(typed: str, path: Path | None = None) -> Point | None:
    """The place that was typed: a ZIP code in it, or the name of a town. None where unknown."""
    known = table(path or SHIPPED)
    if code := _ZIP.search(typed):
        return known.get(code[1])
    words = _folded(typed).split()
    for length in range(len(words), 0, -1):
        for begin in range(len(words) - length + 1):
            if found := known.get(" ".join(words[begin : begin + length])):
                return found
    return None


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char if char.isalnum() else " " for char in plain if not _mark(char))
    return " ".join(kept.split())


def _mark(char: str) -> bool:
    return unicodedata.combining(char) != 0
