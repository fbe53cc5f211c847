"""What is assumed of people, lines and machines where nothing was measured, and draws from it."""

import math
import random
from dataclasses import dataclass
from typing import Final

from safecall.interpreting.staffing.vendors import SHAPE, Vendors
from safecall.interpreting.terms import Outcome

_VENDORS: Final = Vendors()


@dataclass(frozen=True, slots=True)
class Assumed:
    """Chances are 0 to 1, `_s` are seconds, `_minutes` minutes; means where nothing else is said.

    Raises ValueError, naming what is wrong.
    """

    #: Of rings: accepted, and declined; the rest stay silent.
    pick_up: float = 0.7
    declines: float = 0.1
    #: From ring to answer: at least this, and on average so much.
    answers_after_s: float = 2.0
    answers_in_s: float = 5.0
    busy_minutes: float = 12.0
    #: From accepting to the first interpreted word.
    hello_s: float = _VENDORS.hello_s
    #: The call taker reads a dial string and dials, one after the other where there are several;
    #: then the vendor finds an interpreter.
    #: What the staffing plan takes them for.
    dials_in_s: float = _VENDORS.dials_in_s
    vendor_s: float = _VENDORS.vendor_s
    vendor_fails: float = _VENDORS.fails
    #: An interpreter is lost in the middle of a call.
    lost: float = 0.005
    supervisor_sees_in_s: float = 20.0
    #: A call that nobody interprets ends after this.
    gives_up_minutes: float = 20.0
    #: Calls of priority 1, where the log has no priorities.
    urgent: float = 0.1
    #: The worker carries a step out within this.
    worker_s: float = 0.25

    def __post_init__(self) -> None:
        chances = (self.pick_up, self.declines, self.vendor_fails, self.lost, self.urgent)
        if not all(0 <= chance <= 1 for chance in chances) or self.pick_up + self.declines > 1:
            raise ValueError("chances are 0 to 1, and picking up and declining 1 at most together")
        if not 0 <= self.answers_after_s <= self.answers_in_s:
            raise ValueError("answering takes at least 0 s, on average not less than at least")
        spans = (self.busy_minutes, self.vendor_s, self.gives_up_minutes, self.supervisor_sees_in_s)
        if not all(0 < span < math.inf for span in spans):
            raise ValueError("calls, vendors and patience take more than no time")
        if not all(0 <= span < 3600 for span in (self.hello_s, self.dials_in_s, self.worker_s)):
            raise ValueError("hello, dialling and the worker take 0 s to an hour")


class Draws:
    """The chances of one run; the same seed draws the same."""

    def __init__(self, assumed: Assumed, seed: int) -> None:
        self.assumed = assumed
        self.random = random.Random(seed)  # noqa: S311  a simulation

    def answer(self) -> tuple[Outcome, float] | None:
        """How one who is rung answers and after how many seconds; None where they stay silent."""
        assumed = self.assumed
        after = assumed.answers_after_s + self._exponential(
            assumed.answers_in_s - assumed.answers_after_s
        )
        chance = self.random.random()
        if chance < assumed.pick_up:
            return Outcome.ACCEPTED, after
        return (Outcome.DECLINED, after) if chance < assumed.pick_up + assumed.declines else None

    def vendor(self) -> tuple[Outcome, float]:
        """Whether the vendor that was dialled finds an interpreter, and after how many seconds.

        Gamma, of the shape that the staffing plan takes.
        """
        after = self.random.gammavariate(SHAPE, self.assumed.vendor_s / SHAPE)
        failed = self.random.random() < self.assumed.vendor_fails
        return Outcome.FAILED if failed else Outcome.ACCEPTED, after

    def talk(self) -> tuple[float, bool]:
        """Seconds that the call lasts, or until the interpreter is lost, and whether that is so."""
        lasts = self._exponential(self.assumed.busy_minutes * 60)
        lost = self.random.random() < self.assumed.lost
        return (lasts * self.random.random() if lost else lasts), lost

    def seen(self) -> float:
        """Seconds until the supervisor sees what is wrong."""
        return self._exponential(self.assumed.supervisor_sees_in_s)

    def worker(self) -> float:
        """Seconds until the worker does what is due."""
        return self.random.random() * self.assumed.worker_s

    def _exponential(self, mean: float) -> float:
        return self.random.expovariate(1 / mean) if mean else 0.0
