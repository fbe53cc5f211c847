"""The times page's chart: where each bar of it stands, in the units of its drawing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from safecall.interpreting.measures import Row, Spread

#: Our goals: rostered languages p50, every language p90, in seconds to the first word.
GOALS: Final = (20, 60)
PERIODS: Final = (7, 30, 90, 365)
_LEFT: Final = 190
_WIDTH: Final = 560
_ROW: Final = 34
_TOP: Final = 28
_LEAST_SCALE: Final = 75.0


@dataclass(frozen=True, slots=True)
class Bar:
    """One language: half were helped within `half`, nine in ten within `nine` (drawing units)."""

    label: str
    y: int
    half: float
    nine: float
    text: str
    text_x: float

    @property
    def middle(self) -> int:
        """The baseline of its words."""
        return self.y + 15


@dataclass(frozen=True, slots=True)
class Line:
    """A vertical line of the scale, at so many seconds."""

    x: float
    seconds: int
    goal: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """The whole drawing."""

    bars: tuple[Bar, ...]
    lines: tuple[Line, ...]
    left: int
    width: int
    height: int
    bottom: int


def chart(rows: Iterable[Row]) -> Chart | None:
    """Waiting to the first interpreted word, by language; None where no language may be shown."""
    shown = [(row.label, row.first_word) for row in rows if row.first_word is not None]
    if not shown:
        return None
    top = max(_LEAST_SCALE, *(spread.p90 for _, spread in shown)) * 1.05
    scale = _WIDTH / top
    bars = tuple(
        _bar(label, spread, _TOP + place * _ROW, scale)
        for place, (label, spread) in enumerate(shown)
    )
    bottom = _TOP + len(bars) * _ROW
    step = 20 if top <= 200 else 60 if top <= 600 else 300
    marks = sorted({*GOALS, *range(0, int(top) + 1, step)})
    lines = tuple(Line(_LEFT + at * scale, at, at in GOALS) for at in marks)
    return Chart(bars, lines, _LEFT, _LEFT + _WIDTH + 110, bottom + 12, bottom)


def _bar(label: str, spread: Spread, y: int, scale: float) -> Bar:
    text = f"{spread.p50:.0f} s / {spread.p90:.0f} s"
    nine = spread.p90 * scale
    return Bar(label, y, spread.p50 * scale, nine, text, _LEFT + nine + 8)
