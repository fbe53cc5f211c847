"""What may be done with a contact, and when: one table."""

from enum import StrEnum
from typing import Final


class State(StrEnum):
    """Where a contact stands. Whether help is on its way is told by its assignments."""

    RECEIVED = "received"
    ANSWERED = "answered"
    CLOSED = "closed"


class Act(StrEnum):
    """Everything that can happen to a contact; each leaves a history entry and a ledger row."""

    OPEN = "open"
    ANSWER = "answer"
    NOTE = "note"
    CHANGE = "change"
    ASSIGN = "assign"
    UNIT_STATUS = "unit_status"
    INTERPRET = "interpret"
    TRANSFER = "transfer"
    CLOSE = "close"
    REOPEN = "reopen"
    DESTROY = "destroy"


# Help never waits: units can be assigned while the telephone still rings, and a contact can be
# closed unanswered (the caller hung up and was found well).
ALLOWED: Final[dict[State, dict[Act, State]]] = {
    State.RECEIVED: {
        Act.ANSWER: State.ANSWERED,
        Act.NOTE: State.RECEIVED,
        Act.CHANGE: State.RECEIVED,
        Act.ASSIGN: State.RECEIVED,
        Act.UNIT_STATUS: State.RECEIVED,
        Act.INTERPRET: State.RECEIVED,
        Act.TRANSFER: State.RECEIVED,
        Act.CLOSE: State.CLOSED,
    },
    State.ANSWERED: {
        Act.NOTE: State.ANSWERED,
        Act.CHANGE: State.ANSWERED,
        Act.ASSIGN: State.ANSWERED,
        Act.UNIT_STATUS: State.ANSWERED,
        Act.INTERPRET: State.ANSWERED,
        Act.TRANSFER: State.ANSWERED,
        Act.CLOSE: State.CLOSED,
    },
    State.CLOSED: {
        # What was learned late is still worth keeping.
        Act.NOTE: State.CLOSED,
        # An interpretation that runs on after the contact was closed can still end.
        Act.INTERPRET: State.CLOSED,
        Act.REOPEN: State.ANSWERED,
        Act.DESTROY: State.CLOSED,
    },
}


def after(state: str, act: Act) -> State | None:
    """The state after the act, or None where the act is not allowed in this state."""
    return ALLOWED[State(state)].get(act)
