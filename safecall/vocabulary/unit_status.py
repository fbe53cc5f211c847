"""Unit status: NENA-STA-021.1b's primary and secondary registries, citing APCO 1.116.

A unit's *primary* status says whether it can be sent. The *secondary* statuses kept here are the
steps of one response, and `NEXT` is the order in which they may follow each other.
"""

from enum import StrEnum
from typing import Final


class Primary(StrEnum):
    """Whether a unit can be sent."""

    AVAILABLE = "Available"
    CONDITIONAL = "ConditionallyAvailable"
    NOT_AVAILABLE = "NotAvailable"


class Step(StrEnum):
    """A step of one unit's response to one contact."""

    ASSIGNED = "Assigned"
    ENROUTE = "EnRoute"
    ON_SCENE = "OnScene"
    CLEARED = "Cleared"
    CANCELLED = "AssignmentCancelled"


ENDED: Final = frozenset({Step.CLEARED, Step.CANCELLED})

NEXT: Final[dict[Step, frozenset[Step]]] = {
    # A unit may be seen on the scene before anyone recorded that it drove there.
    Step.ASSIGNED: frozenset({Step.ENROUTE, Step.ON_SCENE, Step.CLEARED, Step.CANCELLED}),
    Step.ENROUTE: frozenset({Step.ON_SCENE, Step.CLEARED, Step.CANCELLED}),
    Step.ON_SCENE: frozenset({Step.CLEARED}),
    Step.CLEARED: frozenset(),
    Step.CANCELLED: frozenset(),
}

LABELS: Final[dict[Step, str]] = {
    Step.ASSIGNED: "Assigned",
    Step.ENROUTE: "On the way",
    Step.ON_SCENE: "On the scene",
    Step.CLEARED: "Cleared",
    Step.CANCELLED: "Cancelled",
}


def label(code: str) -> str:
    """The short label, or the code itself where it is not one of the steps."""
    try:
        return LABELS[Step(code)]
    except ValueError:
        return code
