"""What came of it, per language: times, who was reached at which step, and whether nobody was
forgotten.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from safecall.interpreting.simulation.world import PEOPLE, Story
from safecall.interpreting.terms import Kind, Offer

#: The goals of the project: seconds.
OFFERED_S: Final = 1.0
ROSTERED_P50_S: Final = 20.0
EVERY_P90_S: Final = 60.0


class Step(StrEnum):
    """Whom the caller was connected to, by how far the ladder had come."""

    ALONE = "who rang alone"
    ALL = "one of all"
    AGAIN = "asked again"
    VENDOR = "first vendor"
    FURTHER_VENDOR = "further vendor"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds from the need: half and nine tenths of the callers took no longer."""

    p50: float
    p90: float
    longest: float


@dataclass(frozen=True, slots=True)
class Figures:
    """One language, or all together (`language` "")."""

    language: str
    needs: int
    rostered: bool
    offered: Times
    answered: Times
    #: A caller who was never connected counts as one who took for ever.
    first_word: Times
    #: Share connected within `within_s`, before or beside the vendor.
    in_time: float
    steps: dict[Step, int]
    supervisor_told: int
    forgotten: int

    @property
    def goals(self) -> dict[str, bool]:
        """Each goal that applies, and whether it was kept."""
        kept = {"offered within 1 s": self.offered.longest <= OFFERED_S}
        if self.rostered:
            kept["first word p50 within 20 s"] = self.first_word.p50 <= ROSTERED_P50_S
        kept["first word p90 within 60 s"] = self.first_word.p90 <= EVERY_P90_S
        kept["nobody forgotten"] = not self.forgotten
        return kept


def figures(language: str, stories: Sequence[Story], within_s: float) -> Figures:
    """The figures of these stories, of which there is at least one."""
    words = [_seconds(one, one.first_word_at) for one in stories]
    connected = [_seconds(one, one.answered_at) for one in stories]
    steps = Counter(_step(one) for one in stories)
    return Figures(
        language,
        len(stories),
        any(_rung(one) for one in stories),
        _times([_seconds(one, one.offers[0].at if one.offers else None) for one in stories]),
        _times(connected),
        _times(words),
        sum(seconds <= within_s for seconds in connected) / len(stories),
        {step: steps[step] for step in Step},
        sum(any(o.kind is Kind.SUPERVISOR for o in one.offers) for one in stories),
        sum(is_forgotten(one) for one in stories),
    )


def by_language(stories: Iterable[Story], within_s: float = 20.0) -> list[Figures]:
    """The figures of each language, most needed first, and at the end those of all together."""
    everything = list(stories)
    languages = Counter(one.request.language for one in everything)
    found = [
        figures(tag, [one for one in everything if one.request.language == tag], within_s)
        for tag, _ in sorted(languages.items(), key=lambda item: (-item[1], item[0]))
    ]
    return [*found, figures("", everything, within_s)]


def is_forgotten(story: Story) -> bool:
    """Never ended; or ended with nobody connected, and no supervisor was told."""
    told = any(offer.kind is Kind.SUPERVISOR for offer in story.offers)
    return story.ended_at is None or (story.answered_at is None and not told)


def _rung(story: Story) -> list[Offer]:
    """Offers to people, in order."""
    return [offer for offer in story.offers if offer.kind in PEOPLE]


def _step(story: Story) -> Step:
    by = story.answered_by
    if by is None:
        return Step.NOBODY
    if by.kind is Kind.VENDOR:
        vendors = [offer.to for offer in story.offers if offer.kind is Kind.VENDOR]
        return Step.VENDOR if by.to == vendors[0] else Step.FURTHER_VENDOR
    rung = _rung(story)
    if (by.to, by.at) == (rung[0].to, rung[0].at):
        return Step.ALONE
    again = any(offer.to == by.to and offer.at < by.at for offer in rung)
    return Step.AGAIN if again else Step.ALL


def _seconds(story: Story, at: datetime | None) -> float:
    if at is None:
        return math.inf
    return (at - story.request.requested_at).total_seconds()


def _times(seconds: Sequence[float]) -> Times:
    ordered = sorted(seconds)

    def at(share: float) -> float:
        return ordered[max(0, math.ceil(share * len(ordered)) - 1)]

    return Times(at(0.5), at(0.9), ordered[-1])
