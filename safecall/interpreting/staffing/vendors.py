"""How many vendors it takes for a language that nobody on call speaks.

The call taker dials one vendor after the other, the next after `next_s` whether or not those before
have somebody yet; the first that has an interpreter wins. So nobody has come by the time t with the
chance that none of them has:

    prod_i (1 - (1 - fails) * P(shape, shape * (t - begins_i - hello_s) / vendor_s))

with P the gamma distribution (`gamma.share_below`) and begins_i when vendor i was dialled. A vendor
that says at once that it has nobody makes the next one's turn come sooner, which is left out.
"""

import math
from dataclasses import dataclass
from typing import Final

from safecall.interpreting.staffing.gamma import share_below

#: How the time that a vendor takes varies about its mean: a gamma distribution of this shape.
#: Assumed; the source of the mean says nothing of it.
SHAPE: Final = 3.0
#: More lines than this no call taker holds.
MOST: Final = 9


@dataclass(frozen=True, slots=True)
class Vendors:
    """What is taken for true of vendors, in seconds; `fails` is a share (0 to 1).

    `vendor_s`: from dialled to interpreter, on average (49 s: Meischke 2013).
    """

    vendor_s: float = 49.0
    fails: float = 0.03
    dials_in_s: float = 5.0
    next_s: float = 5.0
    hello_s: float = 3.0
    #: The goal: the share of callers who hear an interpreter's first word within so many seconds.
    share: float = 0.9
    within_s: float = 60.0

    def __post_init__(self) -> None:
        if not 0 < self.vendor_s < math.inf:
            raise ValueError("a vendor takes more than 0 seconds, such as 49")
        if not (0 <= self.fails <= 1 and 0 < self.share < 1):
            raise ValueError("the share that fails is 0 to 1, the goal between 0 and 1")


def heard_within(seconds: float, vendors: int, taken: Vendors) -> float:
    """The share of callers (0 to 1) who hear the first word in time with so many vendors."""
    nobody, dialled = 1.0, 0.0
    for number in range(vendors):
        dialled = max(dialled, number * taken.next_s) + taken.dials_in_s
        left = seconds - dialled - taken.hello_s
        nobody *= 1 - (1 - taken.fails) * share_below(SHAPE, SHAPE * left / taken.vendor_s)
    return 1 - nobody


def vendors_needed(taken: Vendors) -> int | None:
    """The least number of vendors with which the goal is met; None where `MOST` are too few."""
    for vendors in range(1, MOST + 1):
        if heard_within(taken.within_s, vendors, taken) >= taken.share:
            return vendors
    return None
