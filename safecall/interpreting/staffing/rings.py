"""How often a ring is picked up in time, from rings of which many were ended by somebody else.

Whoever was still ringing when a colleague accepted might have picked up a second later: such a ring
says something up to its end and nothing after it. So the share is that of Kaplan and Meier (Journal
of the American Statistical Association 53 (1958) 457-481), which for rings that all run to their
end is the plain share. A ring that was declined is a ring that is never picked up.
"""

import math
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class End(StrEnum):
    """How a ring ended."""

    PICKED_UP = "picked up"
    DECLINED = "declined"
    #: Nobody answered; or the ring was ended because somebody else did.
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Ring:
    """How long it rang, and how that ended."""

    seconds: float
    end: End


def share_picked_up(rings: Iterable[Ring], within_s: float) -> float | None:
    """The share (0 to 1) that would be picked up in time; None without any ring."""
    lasting = sorted(
        (math.inf if ring.end is End.DECLINED else ring.seconds, ring.end is not End.PICKED_UP)
        for ring in rings
    )
    if not lasting:
        return None
    not_yet = 1.0
    for number, (seconds, ended) in enumerate(lasting):
        if seconds > within_s:
            break
        if not ended:
            not_yet *= 1 - 1 / (len(lasting) - number)
    return 1 - not_yet
