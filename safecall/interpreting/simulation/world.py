"""The simulated answering point: needs come, the real engine decides, people answer or do not.

Only what happens outside the engine is made up here (`assumed.Draws`). Who is rung, dialled or
told, and when, is `engine.next_steps` alone, asked at the moments at which the worker asks it.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from itertools import count
from typing import Final
from zoneinfo import ZoneInfo

from safecall.interpreting.engine import SUPERVISOR, answered, carried, next_steps, winner
from safecall.interpreting.simulation.assumed import Draws
from safecall.interpreting.simulation.demand import Need
from safecall.interpreting.terms import (
    REMOTE,
    Candidate,
    DialVendor,
    Kind,
    MarkSilent,
    Modality,
    Offer,
    OfferTo,
    Outcome,
    PageSupervisor,
    Reason,
    Request,
    Roster,
    Step,
    Times,
    VendorLine,
    Withdraw,
)

PEOPLE: Final = frozenset({Kind.STAFF, Kind.ROSTER})
_HOUR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class OnCall:
    """How many people of each language are on call in each hour of the day, and the vendors."""

    people: Mapping[str, Sequence[int]]
    vendors: tuple[str, ...] = ("vendor-1", "vendor-2")

    def at(self, language: str, hour: int) -> list[str]:
        """The people's names: `so-1` is on call whenever anybody is."""
        numbers = self.people.get(language)
        return [f"{language}-{n + 1}" for n in range(numbers[hour] if numbers else 0)]


@dataclass(frozen=True, slots=True)
class Span:
    """From when until when a person was rung by, or talked in, a request."""

    person: str
    request: str
    start: datetime
    end: datetime


@dataclass
class Story:
    """One need and all that became of it."""

    request: Request
    offers: tuple[Offer, ...] = ()
    answered_at: datetime | None = None
    #: The offer that was accepted first.
    answered_by: Offer | None = None
    first_word_at: datetime | None = None
    ended_at: datetime | None = None
    wakes: set[datetime] = field(default_factory=set)
    #: The call taker dials one vendor after the other; when the last was dialled.
    dialled_at: datetime | None = None


class World:
    """One run. `run` returns the story of every need; `talks` and `rings` are what people did."""

    def __init__(
        self, on_call: OnCall, draws: Draws, zone: ZoneInfo, times: Times | None = None
    ) -> None:
        self.on_call, self.draws, self.zone = on_call, draws, zone
        self.times = times or Times()
        self.open: dict[str, Story] = {}
        self.talks: list[Span] = []
        self.rings: list[Span] = []
        self._engaged: dict[str, tuple[str, datetime]] = {}
        self._ringing: dict[str, tuple[str, datetime]] = {}
        self._events: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self._order = count()

    def run(
        self, needs: Iterable[Need], tick: Callable[[datetime], None] = lambda _: None
    ) -> list[Story]:
        """Live through all needs until the last is over. `tick` is called before each event."""
        stories = []
        for number, need in enumerate(needs):
            request = Request(str(number), need.language, need.at, need.priority)
            stories.append(Story(request))
            self._at(need.at, self._begins(stories[-1]))
        while self._events:
            now, _, happens = heapq.heappop(self._events)
            tick(now)
            happens(now)
        return stories

    # --- What happens ---------------------------------------------------------------------------

    def _begins(self, story: Story) -> Callable[[datetime], None]:
        def happens(now: datetime) -> None:
            self.open[story.request.id] = story
            self._wake(story, now)
            gives_up = timedelta(minutes=self.draws.assumed.gives_up_minutes)
            self._at(now + gives_up, self._gives_up(story))

        return happens

    def _gives_up(self, story: Story) -> Callable[[datetime], None]:
        def happens(now: datetime) -> None:
            if story.ended_at is None and not winner(story.offers):
                self._over(story, now)

        return happens

    def _decides(self, story: Story) -> Callable[[datetime], None]:
        def happens(now: datetime) -> None:
            story.wakes.discard(now)
            if story.ended_at is None:
                self._decide(story, now)

        return happens

    def _answers(
        self, story: Story, kind: Kind, to: str, rung: datetime, outcome: Outcome
    ) -> Callable[[datetime], None]:
        def happens(now: datetime) -> None:
            same = any(o.open and (o.kind, o.to, o.at) == (kind, to, rung) for o in story.offers)
            if story.ended_at is not None or not same:
                return
            story.offers, counted = answered(story.offers, kind, to, outcome, now)
            self._stops_ringing(kind, to, now)
            if counted and outcome is Outcome.ACCEPTED and kind is not Kind.SUPERVISOR:
                self._connected(story, kind, to, now)
            self._decide(story, now)

        return happens

    def _connected(self, story: Story, kind: Kind, to: str, now: datetime) -> None:
        if story.answered_at is None:
            story.answered_at, story.answered_by = now, winner(story.offers)
        if kind in PEOPLE:
            self._engaged[to] = (story.request.id, now)
        seconds, lost = self.draws.talk()
        hello = timedelta(seconds=self.draws.assumed.hello_s)
        until = now + max(hello, timedelta(seconds=seconds))
        self._at(now + hello, self._speaks(story, to))
        self._at(until, self._is_lost(story, kind, to) if lost else self._ends(story))

    def _speaks(self, story: Story, to: str) -> Callable[[datetime], None]:
        def happens(now: datetime) -> None:
            speaker = winner(story.offers)
            if story.first_word_at is None and speaker is not None and speaker.to == to:
                story.first_word_at = now

        return happens

    def _is_lost(self, story: Story, kind: Kind, to: str) -> Callable[[datetime], None]:
        def happens(now: datetime) -> None:
            if story.ended_at is None:
                story.offers, _ = answered(story.offers, kind, to, Outcome.FAILED, now)
                self._leaves(story, now)
                self._wake(story, now)
                gives_up = timedelta(minutes=self.draws.assumed.gives_up_minutes)
                self._at(now + gives_up, self._gives_up(story))

        return happens

    def _ends(self, story: Story) -> Callable[[datetime], None]:
        return lambda now: self._over(story, now) if story.ended_at is None else None

    def _over(self, story: Story, now: datetime) -> None:
        story.request = replace(story.request, ended_at=now)
        self._decide(story, now)
        story.ended_at = now
        del self.open[story.request.id]
        self._leaves(story, now)

    # --- What the worker does -------------------------------------------------------------------

    def _decide(self, story: Story, now: datetime) -> None:
        roster = self._roster(story.request, now)
        decision = next_steps(story.request, roster, story.offers, now, self.times)
        for step in decision.steps:
            self._carry_out(story, step, now)
        if decision.wake_at is not None:
            self._wake(story, decision.wake_at)
        if story.request.ended_at is None and not winner(story.offers):
            next_hour = now.replace(minute=0, second=0, microsecond=0) + _HOUR
            self._wake(story, next_hour)  # others come on call

    def _carry_out(self, story: Story, step: Step, now: datetime) -> None:
        if isinstance(step, OfferTo):
            self._yields(step.candidate.id, now)
        story.offers = carried(story.offers, [step], now)
        match step:
            case OfferTo(candidate):
                self._ringing[candidate.id] = (story.request.id, now)
                if (answer := self.draws.answer()) is not None:
                    self._later(story, candidate.kind, candidate.id, now, answer)
            case DialVendor(vendor):
                self._dials(story, vendor, now)
            case PageSupervisor():
                seen = (Outcome.ACCEPTED, self.draws.seen())
                self._later(story, Kind.SUPERVISOR, SUPERVISOR, now, seen)
            case MarkSilent(offer) | Withdraw(offer, _):
                self._stops_ringing(offer.kind, offer.to, now)
                self._roster_changed(story.request.language, now)

    def _later(
        self, story: Story, kind: Kind, to: str, now: datetime, answer: tuple[Outcome, float]
    ) -> None:
        outcome, seconds = answer
        self._at(now + timedelta(seconds=seconds), self._answers(story, kind, to, now, outcome))

    def _dials(self, story: Story, vendor: VendorLine, now: datetime) -> None:
        begins = max(now, story.dialled_at or now)
        dialled = begins + timedelta(seconds=self.draws.assumed.dials_in_s)
        story.dialled_at = dialled
        outcome, seconds = self.draws.vendor()
        seconds += (dialled - now).total_seconds()
        self._later(story, Kind.VENDOR, vendor.id, now, (outcome, seconds))

    def _yields(self, person: str, now: datetime) -> None:
        """A less urgent request's ring ends before a more urgent one's begins."""
        if person not in self._ringing:
            return
        other = self.open[self._ringing[person][0]]
        offer = next(o for o in other.offers if o.open and o.to == person and o.kind in PEOPLE)
        other.offers = carried(other.offers, [Withdraw(offer, Reason.MORE_URGENT)], now)
        self._stops_ringing(offer.kind, person, now)
        self._wake(other, now)

    def _roster(self, request: Request, now: datetime) -> Roster:
        modalities = frozenset({Modality.VIDEO}) if request.signed else REMOTE
        hour = now.astimezone(self.zone).hour
        return Roster(
            tuple(
                Candidate(
                    person,
                    Kind.ROSTER,
                    rank,
                    modalities,
                    engaged=person in self._engaged,
                    ringing_for=self._rings_for(person, request),
                )
                for rank, person in enumerate(self.on_call.at(request.language, hour))
            ),
            tuple(VendorLine(name, rank) for rank, name in enumerate(self.on_call.vendors)),
        )

    def _rings_for(self, person: str, request: Request) -> int | None:
        """The priority of another request that rings this person."""
        other = self._ringing.get(person, (request.id,))[0]
        return None if other == request.id else self.open[other].request.priority

    # --- Who is free ----------------------------------------------------------------------------

    def _stops_ringing(self, kind: Kind, to: str, now: datetime) -> None:
        if kind in PEOPLE and to in self._ringing:
            request, since = self._ringing.pop(to)
            self.rings.append(Span(to, request, since, now))

    def _leaves(self, story: Story, now: datetime) -> None:
        """Whoever interpreted this is free again."""
        for person, (request, since) in list(self._engaged.items()):
            if request == story.request.id:
                del self._engaged[person]
                self.talks.append(Span(person, request, since, now))
        self._roster_changed(story.request.language, now)

    def _roster_changed(self, language: str, now: datetime) -> None:
        for story in self.open.values():
            if story.request.language == language and not winner(story.offers):
                self._wake(story, now)

    def _wake(self, story: Story, when: datetime) -> None:
        """Ask the engine at this moment, or as soon after it as the worker comes to it."""
        at = when + timedelta(seconds=self.draws.worker())
        if not any(wake <= at for wake in story.wakes if wake >= when):
            story.wakes.add(at)
            self._at(at, self._decides(story))

    def _at(self, when: datetime, happens: Callable[[datetime], None]) -> None:
        heapq.heappush(self._events, (when, next(self._order), happens))
