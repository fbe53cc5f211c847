"""How long people waited for an interpreter, from the need to the first interpreted word.

Per language, with small counts hidden: 1 to 10 people of a language in a small city could be told
who they are. 0 is shown. Where one hidden cell could be computed from the others and the sum, the
next smallest is hidden too (the model of the Centers for Medicare & Medicaid Services).
"""

import csv
import io
import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Min

from safecall.interpreting.models import InterpreterRequest
from safecall.vocabulary.languages import label

SMALL: Final = 10
HIDDEN: Final = "1-10"
HIDDEN_BESIDE: Final = "hidden"
Ending = InterpreterRequest.Ending


@dataclass(frozen=True, slots=True)
class Wait:
    """One request as it is measured; seconds, None where that step was not reached."""

    language: str
    to_request: float
    to_offer: float | None
    to_answer: float | None
    to_first_word: float | None
    help_first: bool | None
    without: bool


@dataclass(frozen=True, slots=True)
class Spread:
    """Seconds that half (`p50`) and nine in ten (`p90`) waited at most; of `of` people."""

    p50: float
    p90: float
    of: int


@dataclass(frozen=True, slots=True)
class Row:
    """One language, or all together (`language` empty). None: hidden, or nothing to measure.

    `help_first`: the share of those with units sent where these came before the interpreter.
    `without`: how many ended without an interpreter though one was needed.
    """

    language: str
    requests: int | None
    without: int | None
    answered: Spread | None
    first_word: Spread | None
    help_first: float | None
    hidden: bool = False

    @property
    def label(self) -> str:
        """The language's English name."""
        return label(self.language) if self.language else "All languages"


@dataclass(frozen=True, slots=True)
class Report:
    """The rows, most requests first, the sum, and the steps of all requests together."""

    rows: tuple[Row, ...]
    total: Row
    steps: dict[str, Spread | None]


def report(since: datetime, until: datetime, *, purpose: str = "dispatch") -> Report:
    """Needs recognised from `since` up to, not including, `until`. Two queries."""
    return summarise(_waits(since, until, purpose))


def summarise(waits: Iterable[Wait]) -> Report:
    """The report of these requests. Pure."""
    by_language: dict[str, list[Wait]] = defaultdict(list)
    for wait in waits:
        by_language[wait.language].append(wait)
    groups = sorted(by_language.items(), key=lambda item: (-len(item[1]), item[0]))
    everything = [wait for _, group in groups for wait in group]
    hidden = _hidden([group for _, group in groups])
    rows = tuple(
        _hidden_row(language) if hides else _row(language, group)
        for (language, group), hides in zip(groups, hidden, strict=True)
    )
    # A sum from which nothing is taken away but hidden rows would tell them.
    total = _hidden_row("") if hidden and all(hidden) else _row("", everything)
    return Report(rows, total, {} if total.hidden else _steps(everything))


def to_csv(made: Report) -> str:
    """The report as a table; a hidden count is `1-10`, or `hidden` beside one."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(CSV_COLUMNS)
    for row in (*made.rows, made.total):
        writer.writerow(
            [
                row.language or "all",
                row.label,
                HIDDEN_BESIDE if row.hidden else _shown(row.requests),
                HIDDEN_BESIDE if row.hidden else _shown(row.without),
                *_seconds(row.answered),
                *_seconds(row.first_word),
                "" if row.help_first is None else f"{row.help_first:.3f}",
            ]
        )
    return out.getvalue()


CSV_COLUMNS: Final = (
    "language",
    "name",
    "requests",
    "ended_without_interpreter",
    "seconds_to_answer_p50",
    "seconds_to_answer_p90",
    "seconds_to_first_word_p50",
    "seconds_to_first_word_p90",
    "share_help_sent_before_interpreter",
)


def spread(values: Iterable[float | None]) -> Spread | None:
    """Nearest-rank percentiles; None where there are 1 to 10 values, or none."""
    known = sorted(value for value in values if value is not None)
    if len(known) <= SMALL:
        return None
    return Spread(_rank(known, 0.5), _rank(known, 0.9), len(known))


def hide(counts: Sequence[int]) -> list[bool]:
    """Which of these cells are hidden so that none follows from the others and their sum.

    Hidden are those of 1 to 10, and the next smallest, until the hidden ones' sum leaves each of
    them more than one possible value.
    """
    hidden = [0 < count <= SMALL for count in counts]
    by_size = sorted(
        (count, place) for place, count in enumerate(counts) if count and not hidden[place]
    )
    for _, place in by_size:
        if not any(hidden) or not _follows(counts, hidden):
            break
        hidden[place] = True
    return hidden


def _follows(counts: Sequence[int], hidden: Sequence[bool]) -> bool:
    """Whether the hidden cells follow from their sum: one alone, or all at one end of 1 to 10."""
    inside = [count for count, hides in zip(counts, hidden, strict=True) if hides]
    return len(inside) == 1 or sum(inside) in (len(inside), SMALL * len(inside))


def _waits(since: datetime, until: datetime, purpose: str) -> list[Wait]:
    rows = (
        InterpreterRequest.objects.filter(
            needed_at__gte=since, needed_at__lt=until, purpose=purpose
        )
        .annotate(help_at=Min("contact__assignments__assigned_at"))
        .values_list(
            "language",
            "needed_at",
            "requested_at",
            "offered_at",
            "answered_at",
            "first_word_at",
            "help_at",
            "ending",
        )
    )
    return [
        Wait(
            language,
            _since(requested, needed) or 0.0,
            _since(offered, needed),
            _since(answered, needed),
            _since(first_word, needed),
            _help_first(help_at, answered),
            ending == Ending.WITHOUT,
        )
        for language, needed, requested, offered, answered, first_word, help_at, ending in rows
    ]


def _since(at: datetime | None, needed: datetime) -> float | None:
    return max(timedelta(0), at - needed).total_seconds() if at else None


def _help_first(help_at: datetime | None, answered_at: datetime | None) -> bool | None:
    if help_at is None:
        return None
    return answered_at is None or help_at <= answered_at


def _hidden(groups: Sequence[Sequence[Wait]]) -> list[bool]:
    """A language is hidden where the count of its requests is."""
    return hide([len(group) for group in groups])


def _row(language: str, group: Sequence[Wait]) -> Row:
    without = sum(wait.without for wait in group)
    sent = [wait.help_first for wait in group if wait.help_first is not None]
    return Row(
        language,
        len(group),
        without if _may_show(without, len(group)) else None,
        spread(wait.to_answer for wait in group),
        spread(wait.to_first_word for wait in group),
        sum(sent) / len(sent) if sent and _may_show(sum(sent), len(sent)) else None,
    )


def _hidden_row(language: str) -> Row:
    return Row(language, None, None, None, None, None, hidden=True)


def _may_show(part: int, whole: int) -> bool:
    """Whether neither the part nor the rest is small, so that the one does not tell the other."""
    return all(count == 0 or count > SMALL for count in (part, whole - part)) and whole > SMALL


def _steps(everything: Sequence[Wait]) -> dict[str, Spread | None]:
    return {
        "requested": spread(wait.to_request for wait in everything),
        "offered": spread(wait.to_offer for wait in everything),
        "answered": spread(wait.to_answer for wait in everything),
        "first_word": spread(wait.to_first_word for wait in everything),
    }


def _rank(ordered: Sequence[float], share: float) -> float:
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]


def _shown(count: int | None) -> str:
    return HIDDEN if count is None else str(count)


def _seconds(made: Spread | None) -> tuple[str, str]:
    return (f"{made.p50:.1f}", f"{made.p90:.1f}") if made else ("", "")
