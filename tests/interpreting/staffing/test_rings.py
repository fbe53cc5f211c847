"""How often a ring is picked up, where many rings are ended by somebody else."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecall.interpreting.staffing.rings import End, Ring, share_picked_up

PICKED, DECLINED, ENDED = End.PICKED_UP, End.DECLINED, End.ENDED
RINGS = st.lists(st.builds(Ring, st.floats(0, 90), st.sampled_from(End)), min_size=1, max_size=60)


def test_where_every_ring_runs_to_its_end_it_is_the_plain_share() -> None:
    rings = [Ring(4, PICKED)] * 6 + [Ring(30, PICKED), Ring(5, DECLINED)] + [Ring(60, ENDED)] * 2
    assert share_picked_up(rings, 20) == pytest.approx(0.6)
    assert share_picked_up(rings, 40) == pytest.approx(0.7)


def test_the_example_of_kaplan_and_meier() -> None:
    """Deaths at 0.8, 3.1, 5.4 and 9.2 months, lost to sight at 1.0, 2.7, 7.0 and 12.1."""
    deaths, losses = (0.8, 3.1, 5.4, 9.2), (1.0, 2.7, 7.0, 12.1)
    rings = [Ring(t, PICKED) for t in deaths] + [Ring(t, ENDED) for t in losses]
    for at, survival in ((1, 7 / 8), (4, 7 / 10), (6, 21 / 40), (10, 21 / 80)):
        assert share_picked_up(rings, at) == pytest.approx(1 - survival)


def test_rings_that_a_colleague_ended_do_not_make_people_look_absent() -> None:
    """People pick up 7 times in 10; half of the rings are ended early by somebody else."""
    chance = random.Random(1)
    rings = []
    for _ in range(5000):
        answers = 2 + chance.expovariate(1 / 3) if chance.random() < 0.7 else 999.0
        ended = chance.uniform(1, 20) if chance.random() < 0.5 else 60.0
        rings.append(Ring(answers, PICKED) if answers < ended else Ring(ended, ENDED))
    plain = sum(ring.end is PICKED for ring in rings) / len(rings)
    assert plain < 0.65
    assert share_picked_up(rings, 20) == pytest.approx(0.7, abs=0.03)


@given(RINGS, st.floats(0, 90))
def test_it_is_a_share_that_grows_with_time(rings: list[Ring], within: float) -> None:
    share, later = share_picked_up(rings, within), share_picked_up(rings, within + 5)
    assert share is not None
    assert later is not None
    assert 0 <= share <= later <= 1 + 1e-9


def test_without_rings_there_is_no_share() -> None:
    assert share_picked_up([], 20) is None
