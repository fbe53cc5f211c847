"""What a statement is made of when it is shown: sections of sentences, tables and drawings."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final


@dataclass(frozen=True, slots=True)
class Table:
    """A table with a title. Each row begins with what it is about."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    total: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: where it stands in the drawing, in its units, and what it says."""

    label: str
    text: str
    y: int
    length: float
    text_x: float

    @property
    def middle(self) -> int:
        """The baseline of its words."""
        return self.y + 17


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars side by side; the table with the same figures stands below it."""

    title: str
    bars: tuple[Bar, ...]
    left: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a statement. `alerts` are what a reader must not overlook."""

    name: str
    title: str
    sentences: tuple[str, ...] = ()
    alerts: tuple[str, ...] = ()
    chart: Chart | None = None
    tables: tuple[Table, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the headline figures."""

    label: str
    value: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A whole statement as it is shown."""

    title: str
    sentence: str
    more: tuple[str, ...]
    figures: tuple[Figure, ...]
    sections: tuple[Section, ...]
    as_of: str
    demonstration: str = ""
    facts: dict[str, str] = field(default_factory=dict)


_LEFT: Final = 52
_BARS: Final = 310
_TEXT: Final = 82
_ROW: Final = 30
_LEAST_BAR: Final = 1.5


def chart(title: str, bars: Sequence[tuple[str, int, str]]) -> Chart | None:
    """Bars for label, value and the value in words; None where there is nothing to draw."""
    most = max((value for _, value, _ in bars), default=0)
    if not most:
        return None
    made = []
    for place, (label, value, text) in enumerate(bars):
        # What is there can be seen, also beside something a thousand times as large.
        length = max(_LEAST_BAR, _BARS * value / most) if value else 0.0
        made.append(Bar(label, text, place * _ROW + 3, length, _LEFT + length + 8))
    return Chart(title, tuple(made), _LEFT, _LEFT + _BARS + _TEXT, len(made) * _ROW)
