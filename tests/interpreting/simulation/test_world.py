"""The simulated answering point: nobody is forgotten, and nobody is in two calls at once."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safecall.interpreting.simulation.assumed import Assumed, Draws
from safecall.interpreting.simulation.demand import Need
from safecall.interpreting.simulation.figures import Step, figures, is_forgotten
from safecall.interpreting.simulation.world import PEOPLE, OnCall, Span, Story, World
from safecall.interpreting.terms import Kind, Outcome, Times

START = datetime(2026, 3, 1, 17, 30, tzinfo=UTC)
ZONE = ZoneInfo("America/Chicago")
LANGUAGES = ("es", "so", "ase")
SURE = Assumed(pick_up=1, declines=0, lost=0, vendor_fails=0)

NEEDS = st.lists(
    st.tuples(st.floats(0, 7200), st.sampled_from(LANGUAGES), st.integers(1, 4)), max_size=40
).map(lambda found: [Need(START + timedelta(seconds=s), tag, p) for s, tag, p in sorted(found)])
HOURS = st.lists(st.integers(0, 4), min_size=24, max_size=24)
ON_CALL = st.builds(
    OnCall,
    st.dictionaries(st.sampled_from(LANGUAGES), HOURS),
    st.sampled_from([(), ("vendor-1",), ("vendor-1", "vendor-2")]),
)
CHANCES = st.floats(0, 0.5)
BEHAVIOUR = st.builds(
    Assumed, pick_up=CHANCES, declines=CHANCES, lost=CHANCES, vendor_fails=st.floats(0, 1),
    busy_minutes=st.floats(0.1, 60), vendor_s=st.floats(1, 300), worker_s=st.floats(0, 2),
)  # fmt: skip


def live(
    needs: list[Need], on_call: OnCall, assumed: Assumed, seed: int
) -> tuple[World, list[Story]]:
    world = World(on_call, Draws(assumed, seed), ZONE)
    return world, world.run(needs)


def overlapping(spans: list[Span]) -> list[tuple[Span, Span]]:
    """Spans of one person that began before the one before had ended."""
    of_person = defaultdict(list)
    for span in spans:
        of_person[span.person].append(span)
    found = []
    for mine in of_person.values():
        mine.sort(key=lambda span: (span.start, span.end))
        found += [(one, two) for one, two in pairwise(mine) if two.start < one.end]
    return found


@settings(max_examples=150, deadline=None)
@given(NEEDS, ON_CALL, BEHAVIOUR, st.integers(0, 9))
def test_every_need_ends_answered_or_escalated(
    needs: list[Need], on_call: OnCall, assumed: Assumed, seed: int
) -> None:
    world, stories = live(needs, on_call, assumed, seed)
    assert len(stories) == len(needs)
    assert world.open == {}
    for story in stories:
        assert story.ended_at is not None
        assert not any(offer.open for offer in story.offers), "no telephone rings on"
        escalated = any(offer.kind is Kind.SUPERVISOR for offer in story.offers)
        assert story.answered_at is not None or escalated
        assert not is_forgotten(story)


@settings(max_examples=150, deadline=None)
@given(NEEDS, ON_CALL, BEHAVIOUR, st.integers(0, 9))
def test_nobody_is_in_two_calls_or_rung_by_two_at_once(
    needs: list[Need], on_call: OnCall, assumed: Assumed, seed: int
) -> None:
    world, stories = live(needs, on_call, assumed, seed)
    assert overlapping(world.talks) == []
    assert overlapping(world.rings) == []
    rung_while_talking = [
        (ring, talk)
        for ring in world.rings
        for talk in world.talks
        if ring.person == talk.person and ring.start < talk.end and talk.start < ring.end
    ]
    assert rung_while_talking == []
    accepted = sum(
        offer.kind in PEOPLE and offer.outcome in {Outcome.ACCEPTED, Outcome.FAILED}
        for story in stories
        for offer in story.offers
    )
    assert len(world.talks) == accepted


@settings(max_examples=40, deadline=None)
@given(NEEDS, ON_CALL, BEHAVIOUR, st.integers(0, 9))
def test_the_same_seed_gives_the_same_run(
    needs: list[Need], on_call: OnCall, assumed: Assumed, seed: int
) -> None:
    first, second = live(needs, on_call, assumed, seed), live(needs, on_call, assumed, seed)
    assert [story.offers for story in first[1]] == [story.offers for story in second[1]]
    assert first[0].talks == second[0].talks


def test_one_who_answers_is_reached_alone_and_at_once() -> None:
    needs = [Need(START, "so", 3)]
    _, [story] = live(needs, OnCall({"so": [2] * 24}), replace(SURE, answers_in_s=2), 1)
    assert story.first_word_at is not None
    assert timedelta(seconds=5) <= story.first_word_at - START <= timedelta(seconds=5.25)
    assert figures("so", [story], 20).steps[Step.ALONE] == 1


def test_without_anybody_on_call_the_vendor_is_dialled_at_once() -> None:
    _, [story] = live([Need(START, "lo", 3)], OnCall({}), SURE, 1)
    assert story.offers[0].kind is Kind.VENDOR
    assert story.offers[0].at - START <= timedelta(seconds=0.25)
    steps = figures("lo", [story], 20).steps
    assert steps[Step.VENDOR] + steps[Step.FURTHER_VENDOR] == 1


def test_one_call_taker_dials_one_vendor_after_the_other() -> None:
    """Both are due at once, and a vendor fails as soon as it is dialled, which takes 5 s each."""
    assumed = replace(SURE, vendor_s=0.001, vendor_fails=1.0, dials_in_s=5, worker_s=0)
    world = World(OnCall({}), Draws(assumed, 1), ZONE, Times(next_vendor=0))
    [story] = world.run([Need(START, "lo", 3)])
    lines = [offer for offer in story.offers if offer.kind is Kind.VENDOR]
    ended = [(o.outcome_at - START).total_seconds() for o in lines if o.outcome_at is not None]
    assert ended == pytest.approx([5, 10], abs=0.1)


def test_the_second_of_two_calls_goes_past_the_one_who_talks() -> None:
    needs = [Need(START, "so", 3), Need(START + timedelta(seconds=60), "so", 3)]
    assumed = replace(SURE, busy_minutes=600)
    _, [first, second] = live(needs, OnCall({"so": [1] * 24}), assumed, 1)
    assert first.answered_by is not None
    assert first.answered_by.kind is Kind.ROSTER
    assert second.answered_by is not None
    assert second.answered_by.kind is Kind.VENDOR


def test_priority_1_takes_the_ring_of_a_less_urgent_call() -> None:
    needs = [Need(START, "so", 3), Need(START + timedelta(seconds=1.5), "so", 1)]
    world, [calm, urgent] = live(
        needs, OnCall({"so": [1] * 24}), replace(SURE, worker_s=0, answers_in_s=2), 1
    )
    assert calm.offers[0].outcome is Outcome.WITHDRAWN
    assert urgent.answered_by is not None
    assert urgent.answered_by.to == "so-1"
    assert [ring.request for ring in world.rings][:2] == ["0", "1"]


def test_who_comes_on_call_at_the_full_hour_is_rung() -> None:
    """17:59 UTC is 11:59 in Chicago; at noon somebody is there, and the vendors find nobody."""
    noon = [0] * 12 + [1] * 12
    start = datetime(2026, 3, 1, 17, 59, tzinfo=UTC)
    _, [story] = live(
        [Need(start, "so", 3)], OnCall({"so": noon}), replace(SURE, vendor_fails=1), 1
    )
    assert story.answered_by is not None
    assert story.answered_by.to == "so-1"


def test_a_lost_interpreter_is_followed_by_another() -> None:
    _, [story] = live([Need(START, "so", 3)], OnCall({"so": [3] * 24}), replace(SURE, lost=1), 1)
    lost = [offer for offer in story.offers if offer.outcome is Outcome.FAILED]
    assert {offer.to for offer in lost} >= {"so-1", "so-2", "so-3"}
    assert any(offer.kind is Kind.SUPERVISOR for offer in story.offers)
    assert story.ended_at is not None
