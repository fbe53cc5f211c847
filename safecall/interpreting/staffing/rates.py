"""Calls an hour in each language and hour of the day, from counts that are often 0, 1 or 2.

A count of 2 says little about one hour; the same language's other hours, and the same hour in
other languages, say more. So each rate borrows from them, the more the smaller its own count:
a gamma-Poisson model with the strength of borrowing learnt from the data (empirical Bayes;
H. Robbins 1956; D. Clayton and J. Kaldor, Biometrics 43 (1987) 671-681).

For the count y of one language in one slot, observed for E hours:

    y ~ Poisson(rate * E),  rate ~ Gamma(shape a, mean m)
    => rate given y ~ Gamma(shape a + y, scale 1 / (a / m + E))

m = the language's level in its *other* slots x the slot's share in the *other* languages, so that
y never counts twice. 1/a adds up what makes m uncertain, each as a relative variance: the level is
from few calls, 1 / (calls + 1/2); the share too, 1 / (calls + 1); and languages have days of their
own, 1/k, where k is that which makes all counts together most likely.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from safecall.interpreting.staffing.gamma import quantile

#: Strengths of borrowing that are tried: from hardly any to as good as one profile for all.
_STRENGTHS: Final = tuple(2.0 ** (half / 2) for half in range(-4, 21))


@dataclass(frozen=True, slots=True)
class Rate:
    """Calls an hour: the mean, and the interval in which the true rate lies with the `level`."""

    mean: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class _Prior:
    count: int
    hours: float
    mean: float
    #: 1/a without what languages differ in.
    variance: float

    def shape(self, strength: float) -> float:
        return 1 / (self.variance + 1 / strength)

    def log_likelihood(self, strength: float) -> float:
        """Of the count: negative binomial."""
        a = self.shape(strength)
        expected = self.mean * self.hours
        return (
            math.lgamma(a + self.count)
            - math.lgamma(a)
            - math.lgamma(self.count + 1)
            - a * math.log1p(expected / a)
            + self.count * math.log(expected / (a + expected))
        )

    def rate(self, strength: float, level: float) -> Rate:
        a = self.shape(strength)
        scale = 1 / (a / self.mean + self.hours)
        shape = a + self.count
        tail = (1 - level) / 2
        return Rate(shape * scale, quantile(shape, tail) * scale, quantile(shape, 1 - tail) * scale)


def pooled(
    counts: Mapping[str, Sequence[int]], hours: Sequence[float], level: float = 0.9
) -> dict[str, list[Rate]]:
    """For each language the rate in each slot.

    `counts`: language -> calls per slot; `hours`: how many hours of each slot were observed.
    Raises ValueError where a slot was never observed or the lengths differ.
    """
    if any(one <= 0 for one in hours):
        raise ValueError("each slot needs more than 0 hours")
    if any(len(calls) != len(hours) for calls in counts.values()):
        raise ValueError("each language needs one count per slot")
    together = [sum(calls[slot] for calls in counts.values()) for slot in range(len(hours))]
    priors = {tag: _priors(calls, together, hours) for tag, calls in counts.items()}
    everything = [one for of_language in priors.values() for one in of_language]
    best = max(_STRENGTHS, key=lambda k: math.fsum(one.log_likelihood(k) for one in everything))
    return {
        tag: [one.rate(best, level) for one in of_language] for tag, of_language in priors.items()
    }


def _priors(calls: Sequence[int], together: Sequence[int], hours: Sequence[float]) -> list[_Prior]:
    """What the other slots and the other languages say of each slot of one language."""
    others = [all_of - own for all_of, own in zip(together, calls, strict=True)]
    # One call more in each slot: no slot is thought impossible.
    profile = [(count + 1) / length for count, length in zip(others, hours, strict=True)]
    total = sum(calls)
    weight = math.fsum(share * length for share, length in zip(profile, hours, strict=True))
    found = []
    for slot, own in enumerate(calls):
        elsewhere = weight - profile[slot] * hours[slot]
        level = (total - own + 0.5) / (elsewhere if len(calls) > 1 else weight)
        variance = 1 / (total - own + 0.5) + 1 / (others[slot] + 1)
        found.append(_Prior(own, hours[slot], level * profile[slot], variance))
    return found
