"""Quantiles of the gamma distribution, which the intervals of rates need.

Written here because SciPy would be a large dependency for this one function. Formulas: NIST Digital
Library of Mathematical Functions, 8.7.1 (series) and 8.9.2 (continued fraction, by Lentz's method);
the starting point is Wilson and Hilferty's (1931).
"""

import math
from statistics import NormalDist
from typing import Final

_SMALL: Final = 1e-300
_CLOSE: Final = 1e-14
_ROUNDS: Final = 10_000


def share_below(shape: float, x: float) -> float:
    """P(shape, x): the chance that a gamma variable of this shape and scale 1 is below x."""
    if x <= 0:
        return 0.0
    front = math.exp(shape * math.log(x) - x - math.lgamma(shape))
    if x < shape + 1:
        return front * _series(shape, x)
    return 1 - front * _fraction(shape, x)


def _series(shape: float, x: float) -> float:
    term = total = 1 / shape
    for n in range(1, _ROUNDS):
        term *= x / (shape + n)
        total += term
        if term < total * _CLOSE:
            break
    return total


def _fraction(shape: float, x: float) -> float:
    b = x + 1 - shape
    c, d = 1 / _SMALL, 1 / b
    result = d
    for n in range(1, _ROUNDS):
        a = n * (shape - n)
        b += 2
        d = 1 / _not_zero(a * d + b)
        c = _not_zero(b + a / c)
        result *= c * d
        if abs(c * d - 1) < _CLOSE:
            break
    return result


def _not_zero(value: float) -> float:
    return value if abs(value) > _SMALL else _SMALL


def quantile(shape: float, share: float) -> float:
    """The x below which a gamma variable of this shape and scale 1 lies with the chance `share`.

    Raises ValueError for a shape of 0 or less, or a share that is not between 0 and 1.
    """
    if shape <= 0 or not 0 < share < 1:
        raise ValueError("shape is above 0, share between 0 and 1")
    low, high = 0.0, _start(shape, share)
    while share_below(shape, high) < share:
        low, high = high, high * 2
    for _ in range(200):
        middle = (low + high) / 2
        if share_below(shape, middle) < share:
            low = middle
        else:
            high = middle
        if high - low <= 1e-10 * high:
            break
    return (low + high) / 2


def _start(shape: float, share: float) -> float:
    """A value near the quantile."""
    normal = NormalDist().inv_cdf(share)
    cube = 1 - 1 / (9 * shape) + normal / (3 * math.sqrt(shape))
    return max(shape * max(cube, 0.0) ** 3, 1e-12)
