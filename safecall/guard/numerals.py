"""Which texts of a batch may hold a number that is a finding by itself."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from safecall.guard.shapes import STARTS, standing_alone

#: The shortest number that a shape knows, in letters and digits.
FEWEST: Final = 6


class Numerals:
    """Looks for numbers of these shapes; made once for an engine."""

    def __init__(self, shapes: Iterable[str]) -> None:
        self._pattern = re.compile(standing_alone(shapes))

    def among(self, text: str) -> bool:
        """Whether there is such a number in a straight text."""
        return self._pattern.search(text) is not None


def starts(shapes: Iterable[str]) -> re.Pattern[str]:
    """What matches a folded word that such a number may begin with."""
    every = sorted({start.strip() for shape in shapes for start in STARTS[shape]})
    return re.compile("|".join(f"{start}(?:[0-9]|$)" for start in every) or "(?!)")
