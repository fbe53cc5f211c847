"""Counting a history: when which language was needed. Pure; a file's rows come in as text."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from safecall.interpreting.staffing.planning import Demand, Span
from safecall.vocabulary import languages

COLUMNS: Final = ("time", "language")
TEMPLATE: Final = """time,language
2026-03-01 00:12,en
2026-03-01 07:40,es
2026-03-01 23:05,Somali
2026-03-02 14:20,ase
"""
_BY_NAME: Final = {one.english.casefold(): tag for tag, one in languages.BY_TAG.items()}
_MOST_SHOWN: Final = 5


class HistoryUnusable(ValueError):
    """The history cannot be counted; the message says what to do."""


@dataclass
class History:
    """Calls by local hour and language, and the days that they were taken from."""

    calls: Counter[tuple[date, int, str]] = field(default_factory=Counter)
    #: Rows that name no language.
    without_language: int = 0

    @property
    def days(self) -> list[date]:
        """Days with at least one row, in order."""
        return sorted({day for day, _, _ in self.calls})

    @property
    def total(self) -> int:
        """Rows counted."""
        return self.calls.total()

    def demand(
        self, span: Span, *, only_days_with_rows: bool = False, also: Iterable[str] = ()
    ) -> Demand:
        """What was counted per slot, over every day from the first to the last.

        `only_days_with_rows`: leave out days without any row, as not recorded. `also`: languages
        to plan for though nobody called in them. Raises HistoryUnusable where a slot was never
        observed.
        """
        days = self.days
        if not days:
            raise HistoryUnusable("The history has no rows with a time and a language.")
        if not only_days_with_rows:
            days = [days[0] + timedelta(n) for n in range((days[-1] - days[0]).days + 1)]
        hours = [0.0] * span.slots
        for day in days:
            first = 0 if span is Span.DAY else day.weekday() * 24
            for hour in range(24):
                hours[first + hour] += 1
        if not all(hours):
            raise HistoryUnusable(
                "A plan by day of the week needs at least one of each day. Use --by day, or a "
                "history of a week and more."
            )
        tags = {tag for _, _, tag in self.calls} | set(also)
        counts = {tag: [0] * span.slots for tag in sorted(tags)}
        for (day, hour, tag), calls in self.calls.items():
            counts[tag][hour if span is Span.DAY else day.weekday() * 24 + hour] += calls
        return Demand(span, counts, hours)


def read(rows: Iterable[tuple[int, Mapping[str, str]]], zone: ZoneInfo | None = None) -> History:
    """Count rows of the columns `time` and `language`, numbered from 1.

    `time`: ISO 8601, local; with an offset it is put into `zone`. `language`: a BCP 47 tag, or an
    English name of `safecall.vocabulary.languages`; empty where it was not recorded.
    Raises HistoryUnusable naming the first rows that are wrong, never what they hold.
    """
    history = History()
    wrong: list[str] = []
    for number, row in rows:
        try:
            moment = _moment(row["time"], zone)
            tag = tag_of(row["language"])
        except ValueError as error:
            wrong.append(f"row {number}: {error}")
            continue
        if tag:
            history.calls[moment.date(), moment.hour, tag] += 1
        else:
            history.without_language += 1
    if wrong:
        more = f"\nand {len(wrong) - _MOST_SHOWN:,} more" if len(wrong) > _MOST_SHOWN else ""
        shown = "\n".join(wrong[:_MOST_SHOWN])
        raise HistoryUnusable(
            f"Rows that cannot be counted (1 is the first below the header):\n"
            f"{shown}{more}\nNothing was planned. Put them right or leave them out."
        )
    return history


def check_columns(names: Iterable[str]) -> None:
    """Raises HistoryUnusable where one of the two columns is missing."""
    missing = [name for name in COLUMNS if name not in set(names)]
    if missing:
        raise HistoryUnusable(
            f"The history has no column {' and no column '.join(missing)}. "
            "`safecall plan template` prints an example."
        )


def tag_of(text: str) -> str:
    """The tag of a tag or English name; "" of an empty text. Raises ValueError."""
    wanted = text.strip()
    if not wanted or languages.is_tag(wanted):
        return wanted
    try:
        return _BY_NAME[wanted.casefold()]
    except KeyError:
        raise ValueError(
            "the language is neither a tag such as es nor an English name such as Spanish"
        ) from None


def _moment(text: str, zone: ZoneInfo | None) -> datetime:
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ValueError("the time is not written as 2026-03-01 07:40") from None
    if moment.tzinfo is None:
        return moment
    if zone is None:
        raise ValueError("the time has an offset; say with --zone in which zone to plan")
    return moment.astimezone(zone)
