"""The staffing plan: for each language and slot of the day or week, how many are needed."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from safecall.interpreting.staffing.queues import (
    Assumptions,
    Goal,
    connected_in_time,
    people_needed,
)
from safecall.interpreting.staffing.rates import Rate, pooled

#: The true rate lies in the interval with this chance.
LEVEL: Final = 0.9
DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


class Span(StrEnum):
    """What the plan distinguishes: the hours of any day, or those of each day of the week."""

    DAY = "day"
    WEEK = "week"

    @property
    def slots(self) -> int:
        """How many hours it has."""
        return 24 if self is Span.DAY else 7 * 24


@dataclass(frozen=True, slots=True)
class Demand:
    """How often each language was needed: `counts[language][slot]`, in `hours[slot]` observed."""

    span: Span
    counts: Mapping[str, Sequence[int]]
    hours: Sequence[float]


@dataclass(frozen=True, slots=True)
class Need:
    """One language in one slot: calls counted, their rate, and how many people meet the goal.

    `low` and `high` are the people for the ends of the rate's interval; `reached` is the share of
    callers connected in time with `people` at the mean rate.
    """

    slot: int
    calls: int
    rate: Rate
    people: int
    low: int
    high: int
    reached: float


@dataclass(frozen=True, slots=True)
class LanguageNeeds:
    """The needs of one language, one per slot."""

    tag: str
    calls: int
    needs: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The plan, with what it rests on; languages by calls, most first."""

    span: Span
    goal: Goal
    assumed: Assumptions
    languages: tuple[LanguageNeeds, ...]


def make(
    demand: Demand,
    goal: Goal,
    assumed: Assumptions,
    no_interpreter: frozenset[str] = frozenset({"en"}),
    progress: Callable[[], None] = lambda: None,
) -> Plan:
    """The plan for what was counted.

    Languages in `no_interpreter` need none, but their calls tell how busy each hour is.
    `progress` is called after each of the other languages.
    """
    rates = pooled(demand.counts, demand.hours, LEVEL)
    wanted = [tag for tag in demand.counts if tag not in no_interpreter]
    languages = []
    for tag in sorted(wanted, key=lambda tag: (-sum(demand.counts[tag]), tag)):
        counted = demand.counts[tag]
        needs = tuple(
            _need(slot, counted[slot], rate, goal, assumed) for slot, rate in enumerate(rates[tag])
        )
        languages.append(LanguageNeeds(tag, sum(counted), needs))
        progress()
    return Plan(demand.span, goal, assumed, tuple(languages))


def _need(slot: int, calls: int, rate: Rate, goal: Goal, assumed: Assumptions) -> Need:
    people = people_needed(rate.mean, goal, assumed)
    return Need(
        slot=slot,
        calls=calls,
        rate=rate,
        people=people,
        low=people_needed(rate.low, goal, assumed),
        high=people_needed(rate.high, goal, assumed),
        reached=connected_in_time(people, rate.mean, goal.within_s, assumed),
    )
