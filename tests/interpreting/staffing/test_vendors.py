"""How many vendors it takes: against drawing it many times, and what must hold for any."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecall.interpreting.simulation.assumed import Assumed, Draws
from safecall.interpreting.staffing.vendors import MOST, Vendors, heard_within, vendors_needed
from safecall.interpreting.terms import Outcome


@pytest.mark.parametrize("vendors", [1, 2, 4])
@pytest.mark.parametrize("next_s", [5.0, 30.0])
def test_it_is_the_share_that_draws_give(vendors: int, next_s: float) -> None:
    taken, draws, rounds = Vendors(next_s=next_s), Draws(Assumed(), seed=3), 20_000
    assert (taken.vendor_s, taken.fails) == (draws.assumed.vendor_s, draws.assumed.vendor_fails)
    heard = 0
    for _ in range(rounds):
        words = []
        for number in range(vendors):
            outcome, seconds = draws.vendor()
            begins = taken.dials_in_s + max(number * next_s, number * taken.dials_in_s)
            if outcome is Outcome.ACCEPTED:
                words.append(begins + seconds + taken.hello_s)
        heard += min(words, default=1e9) <= taken.within_s
    assert heard / rounds == pytest.approx(heard_within(60, vendors, taken), abs=0.012)


@given(
    st.integers(0, MOST - 1),
    st.floats(0, 600),
    st.floats(1, 600),
    st.floats(0, 1),
    st.floats(0, 120),
)
def test_more_vendors_and_more_time_never_hurt(
    vendors: int, seconds: float, vendor_s: float, fails: float, next_s: float
) -> None:
    taken = Vendors(vendor_s=vendor_s, fails=fails, next_s=next_s)
    share = heard_within(seconds, vendors, taken)
    assert 0 <= share <= 1
    assert heard_within(seconds, vendors + 1, taken) >= share - 1e-12
    assert heard_within(seconds + 1, vendors, taken) >= share - 1e-12


def test_the_number_needed_is_the_least() -> None:
    taken = Vendors()
    needed = vendors_needed(taken)
    assert needed is not None
    assert heard_within(60, needed, taken) >= 0.9 > heard_within(60, needed - 1, taken)
    assert (vendors_needed(replace(taken, vendor_s=20)) or 99) < needed
    assert vendors_needed(replace(taken, next_s=60)) is None, "the second comes too late"
    assert heard_within(60, 0, taken) == 0


@pytest.mark.parametrize(("name", "value"), [("vendor_s", 0), ("fails", 1.5), ("share", 1)])
def test_what_cannot_be_is_refused(name: str, value: float) -> None:
    with pytest.raises(ValueError, match=r"such as 49|between 0 and 1"):
        Vendors(**{name: value})
