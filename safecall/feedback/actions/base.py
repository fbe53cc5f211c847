"""What the acts share: the door of words, the ledger's count of what was removed, supervisors."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from safecall import guard
from safecall.contacts.actions.base import Actor, ActRefused, InvalidField
from safecall.contacts.actions.text import storable
from safecall.guard import Screened
from safecall.ledger.append import Entry, append
from safecall.ledger.models import LedgerRow
from safecall.people.models import User

MOST_WORDS = 10_000


@dataclass(frozen=True, slots=True)
class Words:
    """Words that may be kept (None where there are none), and how many parts the guard took out."""

    text: Screened | None = None
    removed: int = 0


def screened(text: str) -> Words:
    """What may be kept of these words.

    Raises `InvalidField` where they are too long, and `guard.GuardUnavailable`: without the guard
    no text is kept.
    """
    if len(text) > MOST_WORDS:
        raise InvalidField("words", f"At most {MOST_WORDS:,} characters; please shorten it.")
    plain = storable(text).strip()
    if not plain:
        return Words()
    kept = guard.screen(plain)
    return Words(kept, sum(finding.removed for finding in kept.findings))


def count_removed(words: Words, subject: UUID, day: date) -> None:
    """The ledger's row of what the guard removed, if anything; in the act's transaction."""
    if words.text is None or not words.removed:
        return
    kinds = Counter(str(one.kind) for one in words.text.findings if one.removed)
    record = {"at": day.isoformat(), "feedback": str(subject), "kinds": dict(kinds)}
    append([Entry(LedgerRow.Kind.GUARD_REMOVED, subject, record)], day)


def refuse_unless_supervisor(actor: Actor) -> None:
    """Raises `ActRefused` for anyone who is not a supervisor."""
    if actor.user is None or actor.user.role != User.Role.SUPERVISOR:
        raise ActRefused("Only a supervisor can do this.")
