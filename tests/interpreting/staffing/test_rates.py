"""Rates from sparse counts: the distribution against tables, the intervals against the truth."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecall.interpreting.staffing.gamma import quantile, share_below
from safecall.interpreting.staffing.rates import pooled

# NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4, critical values of chi-square: half of
# it is a gamma variable with half the degrees of freedom as shape.
CHI_SQUARE = [
    (1, 0.95, 3.841), (1, 0.05, 0.004), (2, 0.90, 4.605), (5, 0.05, 1.145), (10, 0.95, 18.307),
    (10, 0.05, 3.940), (30, 0.975, 46.979), (60, 0.05, 43.188), (100, 0.95, 124.342),
]  # fmt: skip


@pytest.mark.parametrize(("degrees", "share", "value"), CHI_SQUARE)
def test_quantiles_are_those_of_the_table(degrees: int, share: float, value: float) -> None:
    assert 2 * quantile(degrees / 2, share) == pytest.approx(value, abs=0.0006)


@given(st.floats(0.05, 5000), st.floats(0.001, 0.999))
def test_quantile_undoes_the_distribution(shape: float, share: float) -> None:
    assert share_below(shape, quantile(shape, share)) == pytest.approx(share, abs=1e-7)


@pytest.mark.parametrize(("shape", "share"), [(0, 0.5), (-1, 0.5), (1, 0), (1, 1)])
def test_no_quantile_of_what_is_no_distribution(shape: float, share: float) -> None:
    with pytest.raises(ValueError, match="shape"):
        quantile(shape, share)


def _poisson(mean: float, chance: random.Random) -> int:
    count, at = 0, chance.expovariate(1)
    while at < mean:
        count, at = count + 1, at + chance.expovariate(1)
    return count


def _world(seed: int) -> tuple[dict[str, list[float]], dict[str, list[int]], list[float]]:
    """True rates, what was counted in 60 days, and the hours: rare languages and common ones."""
    chance = random.Random(seed)
    day = [0.4 + (8 <= hour < 22) * 0.8 + chance.random() * 0.2 for hour in range(24)]
    rates = {
        f"l{number}": [level * share * chance.gammavariate(10, 0.1) for share in day]
        for number, level in enumerate((0.001, 0.004, 0.02, 0.05, 0.3, 1.0, 4.0))
    }
    counts = {tag: [_poisson(rate * 60, chance) for rate in of] for tag, of in rates.items()}
    return rates, counts, [60.0] * 24


def test_intervals_hold_the_true_rate_as_often_as_they_say() -> None:
    """Of 90 % intervals, over 30 made-up departments with 7 languages and 24 hours each."""
    held: dict[str, list[bool]] = {}
    for seed in range(30):
        rates, counts, hours = _world(seed)
        for tag, found in pooled(counts, hours).items():
            held.setdefault(tag, []).extend(
                one.low <= true <= one.high for one, true in zip(found, rates[tag], strict=True)
            )
    shares = {tag: sum(of) / len(of) for tag, of in held.items()}
    assert all(0.8 <= share <= 0.99 for share in shares.values()), shares
    together = [one for of in held.values() for one in of]
    assert 0.87 <= sum(together) / len(together) <= 0.95


def test_pooling_comes_closer_to_the_truth_than_counting_alone() -> None:
    pooled_error = counted_error = 0.0
    for seed in range(10):
        rates, counts, hours = _world(seed)
        for tag, found in pooled(counts, hours).items():
            for slot, true in enumerate(rates[tag]):
                pooled_error += (found[slot].mean - true) ** 2 / true
                counted_error += (counts[tag][slot] / hours[slot] - true) ** 2 / true
    assert pooled_error < counted_error / 2


def test_an_hour_without_calls_is_not_an_hour_without_need() -> None:
    found = pooled({"so": [0, 3, 3, 3], "en": [50, 60, 60, 50]}, [30.0] * 4)
    assert 0 < found["so"][0].low < found["so"][0].mean < found["so"][1].mean


def test_a_language_that_nobody_called_in_has_a_small_rate() -> None:
    found = pooled({"lo": [0] * 24, "en": [100] * 24}, [30.0] * 24)["lo"]
    assert all(0 < one.mean < 1 / (24 * 30) for one in found)


@given(
    st.lists(st.lists(st.integers(0, 500), min_size=6, max_size=6), min_size=1, max_size=4),
    st.lists(st.floats(1, 1000), min_size=6, max_size=6),
)
def test_rates_are_ordered_and_finite_whatever_was_counted(
    rows: list[list[int]], hours: list[float]
) -> None:
    found = pooled({str(number): row for number, row in enumerate(rows)}, hours)
    assert all(0 <= one.low <= one.mean for of in found.values() for one in of)
    assert all(one.low < one.high < 10_000 for of in found.values() for one in of)


def test_what_was_never_observed_is_refused() -> None:
    with pytest.raises(ValueError, match="0 hours"):
        pooled({"so": [0, 0]}, [1, 0])
    with pytest.raises(ValueError, match="per slot"):
        pooled({"so": [0]}, [1, 1])
