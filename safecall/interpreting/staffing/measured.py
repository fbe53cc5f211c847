"""What was measured of rings and talks, and what is taken for the plan. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, median
from typing import Final

from safecall.interpreting.staffing.queues import Assumptions
from safecall.interpreting.staffing.rings import End, Ring, share_picked_up

#: Fewer rings or talks than this say too little; what is assumed then stays.
LEAST: Final = 50


@dataclass(frozen=True, slots=True)
class Measured:
    """Each None where there was too little to measure; `rings` and `talks` are how many."""

    rings: int = 0
    talks: int = 0
    pick_up: float | None = None
    answers_in_s: float | None = None
    busy_minutes: float | None = None

    def assumptions(
        self,
        pick_up: float | None = None,
        busy_minutes: float | None = None,
        answers_in_s: float | None = None,
    ) -> Assumptions:
        """What was said; else what was measured; else what is usual. Raises ValueError."""
        usual = Assumptions()

        def first(said: float | None, measured: float | None, otherwise: float) -> float:
            return next((one for one in (said, measured) if one is not None), otherwise)

        return Assumptions(
            first(pick_up, self.pick_up, usual.pick_up),
            first(busy_minutes, self.busy_minutes, usual.busy_minutes),
            first(answers_in_s, self.answers_in_s, usual.answers_in_s),
        )


def measure(rings: Sequence[Ring], talk_minutes: Sequence[float], within_s: float) -> Measured:
    """The figures of these rings and talks, as far as there are enough of them.

    The median of the answers: few are slow, and most of those are ended by a colleague.
    """
    enough = len(rings) >= LEAST
    share = share_picked_up(rings, within_s) if enough else None
    answered = [
        ring.seconds for ring in rings if ring.end is End.PICKED_UP and ring.seconds <= within_s
    ]
    return Measured(
        len(rings),
        len(talk_minutes),
        max(share, 0.01) if share is not None else None,
        median(answered) if enough and answered else None,
        max(fmean(talk_minutes), 0.1) if len(talk_minutes) >= LEAST else None,
    )
