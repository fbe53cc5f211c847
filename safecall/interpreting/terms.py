"""The words of the ladder: what the engine reads and what it says. Plain data, no Django.

Times are aware datetimes; `Times` holds seconds. Identifiers are strings that only have to be
unique within their kind: a database's keys as text, or names in a simulation.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """Whom an offer goes to."""

    STAFF = "staff"
    ROSTER = "roster"
    VENDOR = "vendor"
    SUPERVISOR = "supervisor"


class Outcome(StrEnum):
    """What became of an offer.

    `failed`: a vendor's line that did not answer, or an interpreter who accepted and was lost.
    `withdrawn`: somebody else was first, the request ended, or a more urgent one needed the person.
    """

    ACCEPTED = "accepted"
    DECLINED = "declined"
    SILENT = "silent"
    WITHDRAWN = "withdrawn"
    FAILED = "failed"


class Modality(StrEnum):
    """How an interpreter can work."""

    TELEPHONE = "telephone"
    VIDEO = "video"
    IN_PERSON = "in_person"
    TEXT = "text"


class Purpose(StrEnum):
    """What the interpreter is needed for; an interview or a statement needs a certified one."""

    DISPATCH = "dispatch"
    INTERVIEW = "interview"


class Reason(StrEnum):
    """Why an offer is withdrawn; people see these words' labels."""

    TAKEN = "taken"
    OVER = "over"
    MORE_URGENT = "more_urgent"
    GONE = "gone"


class Stage(StrEnum):
    """How far up the ladder a request is."""

    FIRST = "first"
    ALL = "all"
    VENDOR = "vendor"
    SECOND_VENDOR = "second_vendor"
    SUPERVISOR = "supervisor"
    CONNECTED = "connected"
    OVER = "over"


MOST_URGENT: Final = 1
REMOTE: Final = frozenset({Modality.TELEPHONE, Modality.VIDEO})
# A signed language is seen: video, somebody in the room, or writing instead.
SEEN: Final = frozenset({Modality.VIDEO, Modality.IN_PERSON, Modality.TEXT})
# ISO 639-3: American, Black American, Mexican, Spanish, Chinese, Korean, Philippine, Vietnamese
# (Hanoi), Hawai'i, Quebec and Somali-born callers' Kenyan sign language; `sgn` is the group.
SIGNED: Final = frozenset(
    {"ase", "csl", "fcs", "hps", "kvk", "mfs", "psp", "ssp", "xki", "hab", "sgn"}
)


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds. The ladder's are counted from the request; raises `ValueError` out of order.

    `single`: the first one rings alone; then all. `roster_window`: the first vendor is dialled.
    `second_vendor`, `supervisor`: the next rungs. `silence`: an offer rings no longer than this.
    `again`: after it, who was silent is asked again and the supervisor is told again.
    `next_vendor`: so long after a vendor the next one is dialled beside it, where nobody rings or
    the second one's time has come.
    """

    single: float = 6
    roster_window: float = 20
    second_vendor: float = 30
    supervisor: float = 60
    silence: float = 60
    again: float = 60
    next_vendor: float = 5

    def __post_init__(self) -> None:
        if not 0 <= self.single <= self.roster_window <= self.second_vendor <= self.supervisor:
            raise ValueError("the rungs come in order: single, roster, second vendor, supervisor")
        if self.silence <= 0 or self.again <= 0:
            raise ValueError("silence and again are longer than nothing")
        if self.next_vendor < 0:
            raise ValueError("the next vendor comes after the one before")


@dataclass(frozen=True, slots=True)
class Candidate:
    """One who speaks the language and is on shift or on call now.

    `rank`: the lower, the sooner (level, and how exactly the language fits). `traits`: which wishes
    they meet. `engaged`: interprets elsewhere. `ringing_for`: the priority of another request that
    rings them now, or None.
    """

    id: str
    kind: Kind
    rank: int = 0
    modalities: frozenset[Modality] = REMOTE
    purposes: frozenset[Purpose] = frozenset({Purpose.DISPATCH})
    traits: frozenset[str] = frozenset()
    engaged: bool = False
    ringing_for: int | None = None
    immigration_authority: bool = False


@dataclass(frozen=True, slots=True)
class VendorLine:
    """A company's line that serves the language at this hour."""

    id: str
    rank: int = 0
    modalities: frozenset[Modality] = REMOTE
    purposes: frozenset[Purpose] = frozenset({Purpose.DISPATCH})
    immigration_authority: bool = False


@dataclass(frozen=True, slots=True)
class Roster:
    """Everybody who could be asked now, for this request's language."""

    candidates: tuple[Candidate, ...] = ()
    vendors: tuple[VendorLine, ...] = ()


@dataclass(frozen=True, slots=True)
class Request:
    """One need of an interpreter.

    `conflicts` (of interest) and `refused` (by the caller) are ids of candidates that are never
    offered, on any priority. `wishes` are met by `Candidate.traits`; on priority 1 they only order.
    """

    id: str
    language: str
    requested_at: datetime
    priority: int = 3
    purpose: Purpose = Purpose.DISPATCH
    modalities: frozenset[Modality] = REMOTE
    wishes: frozenset[str] = frozenset()
    conflicts: frozenset[str] = frozenset()
    refused: frozenset[str] = frozenset()
    ended_at: datetime | None = None

    @property
    def signed(self) -> bool:
        """Whether the language is signed, and so cannot be heard on a telephone."""
        return self.language.split("-")[0] in SIGNED


@dataclass(frozen=True, slots=True)
class Offer:
    """One ring: to whom, when, and what became of it (`outcome` None while it rings)."""

    to: str
    kind: Kind
    at: datetime
    outcome: Outcome | None = None
    outcome_at: datetime | None = None

    @property
    def open(self) -> bool:
        """Whether it still rings."""
        return self.outcome is None


@dataclass(frozen=True, slots=True)
class OfferTo:
    """Ring this one. Where `ringing_for` is set, the less urgent ring is withdrawn first."""

    candidate: Candidate


@dataclass(frozen=True, slots=True)
class DialVendor:
    """Show the vendor's dial string to the call taker."""

    vendor: VendorLine


@dataclass(frozen=True, slots=True)
class PageSupervisor:
    """Tell the supervisor that nobody has answered."""


@dataclass(frozen=True, slots=True)
class MarkSilent:
    """This one rang long enough."""

    offer: Offer


@dataclass(frozen=True, slots=True)
class Withdraw:
    """Stop ringing, and say why."""

    offer: Offer
    reason: Reason


Step = OfferTo | DialVendor | PageSupervisor | MarkSilent | Withdraw


@dataclass(frozen=True, slots=True)
class Decision:
    """What to do now, and when to ask again at the latest (always later than now; None: never)."""

    steps: tuple[Step, ...] = field(default=())
    wake_at: datetime | None = None
    stage: Stage = Stage.FIRST
