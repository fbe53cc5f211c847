"""How many of the callers who need an interpreter have one in time, when N people are on call.

The model is one language in one hour: calls come at random (Poisson, `calls` an hour), a talk takes
`busy` minutes on average (exponential), and N people are on call.

- Whoever is free is rung; each picks up with the chance p, so a call is connected with the chance
  1 - q**free, q = 1 - p. A call that nobody takes goes to the vendor.
- While all N talk, a caller waits for the first who is free, but no longer than T; then the vendor
  takes over.

**Derivation.** With s = 1 / busy, the number who talk is a birth-death chain below N with births
r(j) = calls * (1 - q**(N - j)) and deaths j * s, so pi(j+1) * (j+1) * s = pi(j) * r(j). While all
talk, let f(v) be the density of the time v that a caller coming now would have to wait. The rate of
crossing v upward equals that downward (Brill's level crossing), and only calls with v < T join:

    f(v) = r(N-1) pi(N-1) exp(-N s v) + p calls * integral_0^v [u < T] f(u) exp(-N s (v - u)) du
    =>  f(v) = r(N-1) pi(N-1) exp(p calls min(v, T) - N s v)

and all of it adds up to 1. Connected in time: sum_j pi(j) (1 - q**(N-j)) + p * integral_0^T f.

For p = 1 this is M/M/N+D, the queue with fixed patience (D. Y. Barrer, "Queuing with impatient
customers and ordered service", Operations Research 5 (1957) 650-656; S. Zeltyn and A. Mandelbaum,
"Call centers with impatient customers", Queueing Systems 51 (2005) 361-402); for T = 0 Erlang's
loss formula B, for T without end his delay formula C. As the calls become rare it is 1 - q**N: the
chance that someone on call picks up decides, not the queue.

**What it leaves out.** That several may be away at the same time, at night or on a holiday, and
that calls come in bursts (more are needed then); that one person may speak two languages (fewer).
"""

import math
from dataclasses import dataclass
from typing import Final

#: Above this the numbers are certainly a mistake (and the exponentials overflow).
MOST_CALLS_AN_HOUR: Final = 100_000.0
_SECONDS_AN_HOUR: Final = 3600.0


@dataclass(frozen=True, slots=True)
class Goal:
    """The share of callers (0 to 1) who are to have an interpreter within so many seconds."""

    share: float = 0.9
    within_s: float = 20.0

    def __post_init__(self) -> None:
        if not 0 < self.share < 1:
            raise ValueError("the target is a share between 0 and 1, such as 0.9")
        if not 0 < self.within_s <= _SECONDS_AN_HOUR:
            raise ValueError("the time is a number of seconds above 0 and up to 3600, such as 20")


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What is taken for true of interpreters where nobody has measured it.

    `pick_up`: the chance that who is free and rung answers in time. `busy_minutes`: how long one
    call keeps an interpreter, on average. `answers_in_s`: how long who answers takes to do so.
    """

    pick_up: float = 0.7
    busy_minutes: float = 12.0
    answers_in_s: float = 5.0

    def __post_init__(self) -> None:
        if not 0.01 <= self.pick_up <= 1:
            raise ValueError("the chance to pick up is at least 0.01 and at most 1, such as 0.7")
        if not 0 < self.busy_minutes <= 24 * 60:
            raise ValueError("a talk takes more than 0 minutes and at most a day, such as 12")
        if not 0 <= self.answers_in_s <= _SECONDS_AN_HOUR:
            raise ValueError("answering takes 0 to 3600 seconds, such as 5")


def erlang_b(people: int, load: float) -> float:
    """The share of calls that find all `people` busy and leave (A. K. Erlang, 1917).

    `load` in erlangs: calls an hour times hours a call. By B(n) = a B(n-1) / (n + a B(n-1)).
    """
    _check(people, load)
    blocked = 1.0
    for number in range(1, people + 1):
        blocked = load * blocked / (number + load * blocked)
    return blocked


def erlang_c(people: int, load: float) -> float:
    """The share of calls that have to wait, if all wait as long as it takes (A. K. Erlang, 1917).

    1 where the load is as much as the people, or more: then the queue grows without end.
    """
    blocked = erlang_b(people, load)
    if load >= people:
        return 1.0
    return people * blocked / (people - load * (1 - blocked))


def connected_in_time(
    people: int, calls_an_hour: float, within_s: float, assumed: Assumptions
) -> float:
    """The share of callers (0 to 1) with an interpreter in `within_s` seconds, `people` on call."""
    load = calls_an_hour * assumed.busy_minutes / 60
    _check(people, load)
    if calls_an_hour > MOST_CALLS_AN_HOUR:
        raise ValueError(f"more than {MOST_CALLS_AN_HOUR:,.0f} calls an hour in one language")
    missed = 1 - assumed.pick_up
    if people == 0 or load == 0:  # also where so few calls are less than the least number
        return 1 - missed**people
    reached = [1 - missed ** (people - talking) for talking in range(people)]
    chances = _chances(load, reached)  # in units of that of people - 1, made 1 below

    # Seconds from here on.
    ends = people / (assumed.busy_minutes * 60)
    joins = assumed.pick_up * calls_an_hour / _SECONDS_AN_HOUR
    patience = max(0.0, within_s - assumed.answers_in_s)
    unit, in_time, too_long = _waiting(joins - ends, patience, ends)
    enters = joins * chances[-1]
    everything = math.fsum(chances) * unit + enters * (in_time + too_long)
    at_once = math.fsum(p * r for p, r in zip(chances, reached, strict=True)) * unit
    return (at_once + assumed.pick_up * enters * in_time) / everything


def people_needed(calls_an_hour: float, goal: Goal, assumed: Assumptions) -> int:
    """The least number on call with which the goal is met."""
    missed = 1 - assumed.pick_up
    load = calls_an_hour * assumed.busy_minutes / 60
    # Never more than N calls at once, and never fewer than rare calls need.
    people = max(1, math.floor(goal.share * load))
    while 1 - missed**people < goal.share:
        people += 1
    while connected_in_time(people, calls_an_hour, goal.within_s, assumed) < goal.share:
        people += 1
    return people


def _check(people: int, load: float) -> None:
    if people < 0 or load < 0 or not math.isfinite(load):
        raise ValueError("people and load are 0 or more")


def _chances(load: float, reached: list[float]) -> list[float]:
    """pi(0) ... pi(N-1) up to a common factor, the greatest 1 (as logarithms: none overflows)."""
    logs = [0.0]
    for talking, share in enumerate(reached[:-1]):
        logs.append(logs[-1] + math.log(load) + math.log(share / (talking + 1)))
    greatest = max(logs)
    return [math.exp(one - greatest) for one in logs]


def _waiting(net: float, patience: float, ends: float) -> tuple[float, float, float]:
    """The integrals of exp(net * min(v, patience) - ends * max(0, v - patience)) from 0 to
    `patience` and from there on, with the unit that both are multiplied by: where the line only
    grows it is so small that nothing overflows.
    """
    growth = net * patience
    unit = math.exp(-max(0.0, growth))
    if abs(growth) < 1e-9:
        in_time = patience
    elif growth > 0:
        in_time = (1 - unit) / net
    else:
        in_time = math.expm1(growth) / net
    return unit, in_time, math.exp(min(0.0, growth)) / ends
