"""The queue's formulas against exact fractions, limits that are known, and a simulation."""

import math
import random
from collections.abc import Generator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

import pytest
import simpy
from hypothesis import example, given
from hypothesis import strategies as st

from safecall.interpreting.staffing.queues import (
    Assumptions,
    Goal,
    connected_in_time,
    erlang_b,
    erlang_c,
    people_needed,
)

# Loads as decimal fractions, so that they are exact.
EXACT_LOADS = st.fractions(Fraction(1, 100), 80, max_denominator=1000)


def exact_b(people: int, load: Fraction) -> Fraction:
    """Erlang's formula B as he wrote it, (a**n / n!) / sum of (a**k / k!), in whole fractions: no
    recursion and no rounding, so nothing of the code under test."""
    terms = [load**number / math.factorial(number) for number in range(people + 1)]
    return terms[-1] / sum(terms)


def exact_c(people: int, load: Fraction) -> Fraction:
    """Erlang's formula C likewise, for a load below the people."""
    waits = load**people / math.factorial(people) * people / (people - load)
    served = sum(load**number / math.factorial(number) for number in range(people))
    return waits / (served + waits)


@given(st.integers(0, 100), EXACT_LOADS)
def test_erlang_b_is_that_of_exact_fractions(people: int, load: Fraction) -> None:
    wanted = float(exact_b(people, load))
    assert erlang_b(people, float(load)) == pytest.approx(wanted, rel=1e-10)


@given(st.integers(1, 100), EXACT_LOADS)
def test_erlang_c_is_that_of_exact_fractions(people: int, load: Fraction) -> None:
    wanted = float(exact_c(people, load)) if load < people else 1.0
    # Just below as many erlangs as people, a share of a share is lost to rounding.
    assert erlang_c(people, float(load)) == pytest.approx(wanted, rel=1e-7)


#: Erlangs that so many channels carry at a blocking of 0.1, 1, 2 and 5 %, as they are printed in
#: Appendix A of D. Collins, "Carrier Grade Voice over IP", second edition.
PRINTED = {
    4: (0.4, 0.9, 1.1, 1.5),
    5: (0.8, 1.4, 1.7, 2.2),
    6: (1.1, 1.9, 2.3, 3.0),
    7: (1.6, 2.5, 2.9, 3.7),
    8: (2.1, 3.1, 3.6, 4.5),
    9: (2.6, 3.8, 4.3, 5.4),
}


@pytest.mark.parametrize("people", PRINTED)
def test_erlang_b_is_that_of_a_published_table(people: int) -> None:
    for blocking, erlangs in zip((0.001, 0.01, 0.02, 0.05), PRINTED[people], strict=True):
        # Rounded to a tenth: the blocking is met a twentieth of an erlang below and above.
        assert erlang_b(people, erlangs - 0.05) <= blocking <= erlang_b(people, erlangs + 0.05)


@pytest.mark.parametrize(
    ("people", "load", "wait"), [(1, 0.5, 1 / 2), (2, 1, 1 / 3), (3, 2, 4 / 9)]
)
def test_erlang_c_of_small_cases_by_hand(people: int, load: float, wait: float) -> None:
    assert erlang_c(people, load) == pytest.approx(wait)
    assert erlang_c(people, people + load) == 1


LOADS = st.floats(0.01, 50)
PEOPLE = st.integers(1, 60)


@given(PEOPLE, LOADS)
def test_without_waiting_the_rest_is_erlang_b(people: int, load: float) -> None:
    certain = Assumptions(pick_up=1, busy_minutes=10, answers_in_s=20)
    reached = connected_in_time(people, load * 6, 20, certain)
    assert reached == pytest.approx(1 - erlang_b(people, load), abs=1e-9)


@given(PEOPLE, LOADS)
def test_with_long_patience_nobody_who_can_be_served_is_lost(people: int, load: float) -> None:
    """An hour of patience for talks of a minute is as good as no end of it."""
    certain = Assumptions(pick_up=1, busy_minutes=1, answers_in_s=0)
    reached = connected_in_time(people, load * 60, 3600, certain)
    assert reached == pytest.approx(min(1, people / load), abs=0.02)


@given(st.integers(0, 20), st.floats(0.01, 1))
def test_rare_calls_depend_on_who_picks_up_alone(people: int, pick_up: float) -> None:
    reached = connected_in_time(people, 1e-7, 20, Assumptions(pick_up=pick_up))
    assert reached == pytest.approx(1 - (1 - pick_up) ** people, abs=1e-6)


@given(PEOPLE, LOADS, st.floats(0.05, 1))
def test_one_more_helps_and_more_calls_do_not(people: int, calls: float, pick_up: float) -> None:
    assumed = Assumptions(pick_up=pick_up)
    reached = connected_in_time(people, calls, 20, assumed)
    assert 0 <= reached <= 1
    assert connected_in_time(people + 1, calls, 20, assumed) >= reached - 1e-12
    assert connected_in_time(people, calls * 1.5, 20, assumed) <= reached + 1e-12


@given(st.floats(0, 200), st.floats(0.05, 1), st.floats(0.5, 0.99))
@example(5e-324, 1.0, 0.9)
@example(5e-323, 0.05, 0.9)
def test_people_needed_is_the_least_that_meets_the_goal(
    calls: float, pick_up: float, share: float
) -> None:
    goal, assumed = Goal(share=share), Assumptions(pick_up=pick_up)
    people = people_needed(calls, goal, assumed)
    assert connected_in_time(people, calls, goal.within_s, assumed) >= share
    assert connected_in_time(people - 1, calls, goal.within_s, assumed) < share


@pytest.mark.parametrize(("pick_up", "people"), [(0.8, 2), (0.7, 2), (0.5, 4), (0.3, 7)])
def test_people_on_call_for_a_rare_language(pick_up: float, people: int) -> None:
    assert people_needed(0.001, Goal(), Assumptions(pick_up=pick_up)) == people


@pytest.mark.parametrize(("load", "people", "by_erlang_c"), [(2, 4, 5), (10, 13, 15)])
def test_fewer_are_needed_than_erlang_c_says(load: float, people: int, by_erlang_c: int) -> None:
    """Because who waited long enough goes to the vendor, and does not queue any longer."""
    certain = Assumptions(pick_up=1, busy_minutes=12, answers_in_s=0)
    assert people_needed(load * 5, Goal(), certain) == people
    in_time = [1 - erlang_c(n, load) * math.exp(-(n - load) * 20 / 720) for n in range(1, 30)]
    assert next(n for n, share in enumerate(in_time, 1) if share >= 0.9) == by_erlang_c


@pytest.mark.parametrize("wrong", [
    lambda: Goal(share=1), lambda: Goal(share=90), lambda: Goal(within_s=0),
    lambda: Assumptions(pick_up=0), lambda: Assumptions(pick_up=70),
    lambda: Assumptions(busy_minutes=0), lambda: Assumptions(answers_in_s=-1),
    lambda: erlang_b(-1, 1), lambda: erlang_c(1, -1),
    lambda: connected_in_time(1, math.inf, 20, Assumptions()),
    lambda: connected_in_time(1, 1e9, 20, Assumptions()),
])  # fmt: skip
def test_what_cannot_be_is_refused(wrong: Any) -> None:
    with pytest.raises(ValueError, match=r"such as|0 or more|calls an hour"):
        wrong()


@dataclass
class Office:
    """People on call in a simulation: calls come, ring who is free, wait, or go to the vendor."""

    people: int
    calls_an_hour: float
    patience_s: float
    assumed: Assumptions
    seed: int
    in_time: int = 0
    all_calls: int = 0
    line: list[simpy.Event] = field(default_factory=list)

    def run(self, calls: int) -> float:
        """The share connected in time."""
        self.env, self.random, self.free = (
            simpy.Environment(),
            random.Random(self.seed),
            self.people,
        )
        self.env.process(self._arrivals(calls))
        self.env.run()
        assert self.free == self.people
        assert self.all_calls == calls
        return self.in_time / calls

    def _arrivals(self, calls: int) -> Generator[simpy.Event, Any, None]:
        for _ in range(calls):
            yield self.env.timeout(self.random.expovariate(self.calls_an_hour / 3600))
            self.env.process(self._call())

    def _call(self) -> Generator[simpy.Event, Any, None]:
        self.all_calls += 1
        if self.free:
            if self.random.random() >= 1 - (1 - self.assumed.pick_up) ** self.free:
                return  # nobody picked up: the vendor
            self.free -= 1
        else:
            turn = self.env.event()
            self.line.append(turn)
            yield turn | self.env.timeout(self.patience_s)
            if not turn.triggered:
                if turn in self.line:
                    self.line.remove(turn)
                return  # nobody became free, or nobody picked up: the vendor
        self.in_time += 1
        yield self.env.timeout(self.random.expovariate(1 / (60 * self.assumed.busy_minutes)))
        self._becomes_free()

    def _becomes_free(self) -> None:
        """The first in line rings who became free; not picked up, that call is the vendor's."""
        while self.line:
            turn = self.line.pop(0)
            if self.random.random() < self.assumed.pick_up:
                turn.succeed()
                return
        self.free += 1


CASES = [  # people, calls an hour, busy minutes, patience, pick-up, tolerance
    (1, 2.5, 12, 20, 1, 0.006),
    (2, 5, 12, 20, 1, 0.006),
    (4, 10, 12, 20, 1, 0.006),
    (5, 30, 12, 60, 1, 0.006),
    (13, 50, 12, 20, 1, 0.006),
    (20, 120, 10, 45, 1, 0.006),
    # Where not everybody picks up, the waiting is an approximation.
    (2, 0.5, 12, 15, 0.7, 0.006),
    (4, 6, 12, 15, 0.5, 0.006),
    (6, 20, 12, 15, 0.7, 0.01),
    (15, 60, 12, 15, 0.8, 0.01),
]


@pytest.mark.parametrize("case", CASES)
def test_the_formula_agrees_with_a_simulation(
    case: tuple[int, float, float, float, float, float],
) -> None:
    people, calls, busy, patience, pick_up, tolerance = case
    assumed = Assumptions(pick_up=pick_up, busy_minutes=busy, answers_in_s=0)
    simulated = Office(people, calls, patience, assumed, seed=people).run(60_000)
    assert simulated == pytest.approx(
        connected_in_time(people, calls, patience, assumed), abs=tolerance
    )
