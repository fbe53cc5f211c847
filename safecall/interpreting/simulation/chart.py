"""The simulation's chart as SVG: times per language, and who was reached at which step."""

from collections.abc import Sequence
from html import escape
from typing import Final

from safecall.interpreting.simulation.figures import (
    EVERY_P90_S,
    ROSTERED_P50_S,
    Figures,
    Step,
)
from safecall.vocabulary import languages

_LEFT, _TIMES, _GAP, _STEPS, _RIGHT = 230, 400, 40, 330, 20
_TOP, _ROW = 108, 34
_AXIS_S: Final = 120.0
_COLOURS: Final = {
    Step.ALONE: "#093448",
    Step.ALL: "#35718f",
    Step.AGAIN: "#a3cbdc",
    Step.VENDOR: "#e5b45c",
    Step.FURTHER_VENDOR: "#b45309",
    Step.NOBODY: "#a3211b",
}


def draw(found: Sequence[Figures], subtitle: str) -> str:
    """One row per language. Whoever cannot see it has the same figures in the printed table."""
    bottom = _TOP + _ROW * len(found)
    width = _LEFT + _TIMES + _GAP + _STEPS + _RIGHT
    rows = "".join(_row(one, _TOP + _ROW * number) for number, one in enumerate(found))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {bottom + 84}" '
        'role="img" aria-labelledby="title desc" font-family="system-ui, sans-serif" '
        'font-size="13" fill="#16222d">'
        '<title id="title">From the need to the first interpreted word</title>'
        f'<desc id="desc">{escape(_described(found))}</desc>'
        f'<rect width="{width}" height="{bottom + 84}" fill="#fff"/>'
        '<text x="20" y="30" font-size="18" font-weight="700">'
        "From the need to the first interpreted word (simulated)</text>"
        f'<text x="20" y="52" fill="#4b5761">{escape(subtitle)}</text>'
        f"{_axis(bottom)}{rows}{_legend(bottom)}</svg>\n"
    )


def _described(found: Sequence[Figures]) -> str:
    return " ".join(
        f"{_name(one)}: half within {one.first_word.p50:.0f} s, nine tenths within "
        f"{one.first_word.p90:.0f} s."
        for one in found
    )


def _name(one: Figures) -> str:
    return languages.label(one.language) if one.language else "All"


def _x(seconds: float) -> float:
    return _LEFT + _TIMES * min(seconds, _AXIS_S) / _AXIS_S


def _axis(bottom: int) -> str:
    goals = {ROSTERED_P50_S: "goal p50", EVERY_P90_S: "goal p90"}
    marks = []
    for seconds in range(0, int(_AXIS_S) + 1, 20):
        x = _x(seconds)
        goal = goals.get(seconds)
        line = 'stroke="#b45309" stroke-dasharray="4 3"' if goal else 'stroke="#d9d7cf"'
        marks.append(f'<line x1="{x}" x2="{x}" y1="{_TOP - 10}" y2="{bottom}" {line}/>')
        marks.append(f'<text x="{x}" y="{bottom + 18}" text-anchor="middle">{seconds}</text>')
        if goal:
            marks.append(
                f'<text x="{x}" y="{_TOP - 16}" text-anchor="middle" fill="#8a3f06">{goal}</text>'
            )
    middle = _LEFT + _TIMES / 2
    marks.append(f'<text x="{middle}" y="{bottom + 36}" text-anchor="middle">seconds</text>')
    marks.append(
        f'<text x="{_LEFT + _TIMES + _GAP}" y="{_TOP - 16}" fill="#4b5761">who was reached</text>'
    )
    return "".join(marks)


def _row(one: Figures, y: int) -> str:
    word, middle = one.first_word, y + _ROW // 2
    weight = "" if one.language else ' font-weight="700"'
    name = f'<text x="20" y="{middle + 4}"{weight}>{escape(_name(one))}'
    parts = [
        f'{name}<tspan fill="#4b5761" font-weight="400"> {one.needs:,}</tspan></text>',
        _line((_x(word.p50), middle), (_x(word.p90), middle), "#35718f", 4),
        f'<circle cx="{_x(word.p50):.1f}" cy="{middle}" r="6" fill="#093448"/>',
        _line((_x(word.p90), middle - 8), (_x(word.p90), middle + 8), "#093448", 3),
    ]
    x: float = _LEFT + _TIMES + _GAP
    for step, colour in _COLOURS.items():
        length = _STEPS * one.steps[step] / one.needs
        if length:
            bar = f'<rect x="{x:.1f}" y="{y + 6}" width="{length:.1f}" height="{_ROW - 12}"'
            parts.append(f'{bar} fill="{colour}"><title>{step}: {one.steps[step]:,}</title></rect>')
        x += length
    return "".join(parts)


def _line(start: tuple[float, int], end: tuple[float, int], colour: str, width: int) -> str:
    ends = f'x1="{start[0]:.1f}" y1="{start[1]}" x2="{end[0]:.1f}" y2="{end[1]}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"/>'


def _legend(bottom: int) -> str:
    y = bottom + 62
    parts = [
        f'<circle cx="30" cy="{y}" r="6" fill="#093448"/>',
        f'<text x="42" y="{y + 4}">half (p50)</text>',
        _line((125, y - 8), (125, y + 8), "#093448", 3),
        f'<text x="134" y="{y + 4}">nine tenths (p90)</text>',
    ]
    x = 262.0
    for step, colour in _COLOURS.items():
        parts.append(f'<rect x="{x:.1f}" y="{y - 6}" width="12" height="12" fill="{colour}"/>')
        parts.append(f'<text x="{x + 17:.1f}" y="{y + 4}" font-size="11.5">{step}</text>')
        x += 36 + 6.4 * len(step)
    return "".join(parts)
