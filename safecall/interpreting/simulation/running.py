"""From a call log to figures: plan from the days before, then live through the last days."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final
from zoneinfo import ZoneInfo

from safecall.interpreting.simulation import demand
from safecall.interpreting.simulation.assumed import Assumed, Draws
from safecall.interpreting.simulation.demand import LoggedCall, Need
from safecall.interpreting.simulation.figures import Figures, by_language
from safecall.interpreting.simulation.world import OnCall, Story, World
from safecall.interpreting.staffing.planning import Span, make
from safecall.interpreting.staffing.queues import Assumptions, Goal
from safecall.interpreting.staffing.vendors import MOST, Vendors, vendors_needed
from safecall.interpreting.terms import Times

#: With fewer days before them, the simulated days themselves are planned from.
_LEAST_PLANNED_FROM: Final = 7


class LogUnusable(ValueError):
    """The log cannot be simulated; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Options:
    """What to simulate. `people`: people on call at any hour instead of the plan's."""

    days: int
    shares: Mapping[str, float]
    zone: ZoneInfo
    seed: int = 1
    people: Mapping[str, int] = field(default_factory=dict)
    assumed: Assumed = field(default_factory=Assumed)
    goal: Goal = field(default_factory=Goal)
    times: Times = field(default_factory=Times)
    #: Companies with which the department has a contract; None: as many as the plan wants.
    vendors: int | None = None
    #: Simulated seconds a second; None: as fast as it goes.
    speed: float | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was simulated, and what came of it."""

    first: date
    last: date
    days: int
    calls: int
    planned_from_days: int
    planned_from_itself: bool
    on_call: OnCall
    stories: Sequence[Story]
    figures: Sequence[Figures]


def simulate(
    calls: Sequence[LoggedCall],
    options: Options,
    progress: Callable[[float], None] = lambda _: None,
) -> Outcome:
    """Simulate the last days of the log. `progress` is told the share that is done.

    Raises LogUnusable, or ValueError for assumptions that cannot be.
    """
    zone = options.zone
    days = demand.usable_days(calls, zone)
    if len(days) < options.days:
        raise LogUnusable(
            f"The log has {len(days)} days with enough calls, not {options.days}. Use --days "
            f"{len(days)} at most, or a longer log."
        )
    chosen, before = set(days[-options.days :]), set(days[: -options.days])
    itself = len(before) < _LEAST_PLANNED_FROM
    planned_from = chosen if itself else before
    now = [call for call in calls if call.at.astimezone(zone).date() in chosen]
    past = now if itself else [c for c in calls if c.at.astimezone(zone).date() in planned_from]
    assumed, seed = options.assumed, options.seed
    needs = demand.needs(now, options.shares, assumed.urgent, seed)
    if not needs:
        raise LogUnusable("No call needs an interpreter. Give --share, or a log with languages.")
    on_call = _on_call(demand.needs(past, options.shares, assumed.urgent, seed + 1), needs, options)
    world = World(on_call, Draws(assumed, seed), zone, options.times)
    stories = world.run(needs, _pace(needs, options.speed, progress))
    return Outcome(
        min(chosen), max(chosen), len(chosen), len(now), len(planned_from), itself, on_call,
        stories, by_language(stories, options.goal.within_s),
    )  # fmt: skip


def _on_call(past: Sequence[Need], needs: Sequence[Need], options: Options) -> OnCall:
    """People on call by the staffing plan; `options.people` instead of it where given."""
    set_people: dict[str, Sequence[int]] = {
        tag: [number] * 24 for tag, number in options.people.items()
    }
    lines = tuple(f"vendor-{number + 1}" for number in range(_vendors(options)))
    languages = {need.language for need in needs}
    if languages <= set(set_people):
        return OnCall(set_people, lines)
    history = demand.history(past or needs, options.zone)
    assumed = Assumptions(
        options.assumed.pick_up, options.assumed.busy_minutes, options.assumed.answers_in_s
    )
    wanted = history.demand(Span.DAY, only_days_with_rows=True, also=languages)
    planned = make(wanted, options.goal, assumed).languages
    by_plan = {one.tag: [need.people for need in one.needs] for one in planned}
    return OnCall(by_plan | set_people, lines)


def _vendors(options: Options) -> int:
    """How many vendors there are: as said, or as the staffing plan wants."""
    if options.vendors is not None:
        return options.vendors
    assumed = options.assumed
    taken = Vendors(
        assumed.vendor_s, assumed.vendor_fails, assumed.dials_in_s, options.times.next_vendor,
        assumed.hello_s,
    )  # fmt: skip
    return vendors_needed(taken) or MOST


def _pace(
    needs: Sequence[Need], speed: float | None, progress: Callable[[float], None]
) -> Callable[[datetime], None]:
    """Tells the progress, and waits as long as the speed wants."""
    first, began = needs[0].at, time.monotonic()
    whole = max(1.0, (needs[-1].at - first).total_seconds())

    def tick(now: datetime) -> None:
        gone = (now - first).total_seconds()
        progress(min(1.0, gone / whole))
        if speed is not None:
            time.sleep(max(0.0, began + gone / speed - time.monotonic()))

    return tick
