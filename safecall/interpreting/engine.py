"""Who is asked for an interpreter, and when: one pure function, the same at night and in a test.

    decision = next_steps(request, roster, offers, now, times)

`offers` is the whole story so far: everything else follows from it, so whoever calls may stop at
any moment and go on later. Carry the steps out, keep them as offers (`carried` does it in memory),
and ask again at `decision.wake_at`, and whenever somebody answers (`answered`) or the roster
changes. Asked twice at one moment it says nothing new the second time.

The ladder, in seconds from the request (`Times`): the best one rings alone for 6, then all at once,
and earlier telephones keep ringing. The first vendor is dialled at 20, or as soon as nobody rings;
on priority 1 at once, beside the ring. The second vendor at 30, or when the first one fails; where
nobody rings, a further vendor every 5, beside those before, because one vendor alone takes longer
than a caller should wait (docs/interpreting-simulation.md). The supervisor is told at 60, or as
soon as nothing else is left, and again until one has seen it; who was silent is asked again. The
first to accept wins, and the others are withdrawn.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from safecall.interpreting.terms import (
    MOST_URGENT,
    SEEN,
    Candidate,
    Decision,
    DialVendor,
    Kind,
    MarkSilent,
    Modality,
    Offer,
    OfferTo,
    Outcome,
    PageSupervisor,
    Purpose,
    Reason,
    Request,
    Roster,
    Stage,
    Step,
    Times,
    VendorLine,
    Withdraw,
)

PEOPLE: Final = frozenset({Kind.STAFF, Kind.ROSTER})
SUPERVISOR: Final = "supervisor"
_DEFAULT: Final = Times()
Offers = tuple[Offer, ...]


def next_steps(
    request: Request,
    roster: Roster,
    offers: Sequence[Offer],
    now: datetime,
    times: Times = _DEFAULT,
) -> Decision:
    """What to do now for this request, and when to ask again."""
    story = tuple(offers)
    if request.ended_at is not None:
        return Decision(_withdraw_all(story, Reason.OVER), None, Stage.OVER)
    if winner(story):
        return Decision(_withdraw_all(story, Reason.TAKEN), None, Stage.CONNECTED)
    steps: list[Step] = []
    rungs: tuple[Callable[[Offers], list[Step]], ...] = (
        lambda told: _put_down(request, told, now, times),
        lambda told: _ring(request, roster, told, now, times),
        lambda told: _dial(request, roster, told, now, times),
        lambda told: _page(request, told, now, times),
    )
    for rung in rungs:
        due = rung(story)
        story = carried(story, due, now)
        steps += due
    return Decision(
        tuple(steps),
        _wake_at(request, roster, story, now, times),
        _stage(request, story, now, times),
    )


def winner(offers: Iterable[Offer]) -> Offer | None:
    """The offer of whoever interprets now; a supervisor who has seen the request is none."""
    return next(
        (o for o in offers if o.outcome is Outcome.ACCEPTED and o.kind is not Kind.SUPERVISOR), None
    )


def carried(offers: Sequence[Offer], steps: Iterable[Step], now: datetime) -> Offers:
    """The story after these steps were carried out now."""
    story = list(offers)
    for step in steps:
        match step:
            case OfferTo(candidate):
                story.append(Offer(candidate.id, candidate.kind, now))
            case DialVendor(vendor):
                story.append(Offer(vendor.id, Kind.VENDOR, now))
            case PageSupervisor():
                story.append(Offer(SUPERVISOR, Kind.SUPERVISOR, now))
            case MarkSilent(offer):
                _end(story, offer, Outcome.SILENT, now)
            case Withdraw(offer, _):
                _end(story, offer, Outcome.WITHDRAWN, now)
    return tuple(story)


def answered(
    offers: Sequence[Offer], kind: Kind, to: str, outcome: Outcome, at: datetime
) -> tuple[Offers, bool]:
    """The story after somebody answered, and whether the answer counted.

    An acceptance counts where the offer still rings and nobody else was first. `failed` also ends
    an accepted offer: the interpreter was lost, and the ladder goes on.
    """
    story = list(offers)
    ending = {None, Outcome.ACCEPTED} if outcome is Outcome.FAILED else {None}
    mine = next((o for o in story if (o.kind, o.to) == (kind, to) and o.outcome in ending), None)
    taken = outcome is Outcome.ACCEPTED and kind is not Kind.SUPERVISOR and winner(story)
    if mine is None or taken:
        return tuple(story), False
    _end(story, mine, outcome, at)
    return tuple(story), True


def usable(request: Request, modalities: frozenset[Modality]) -> bool:
    """Whether they can work in a way that serves the request; nobody hears a signed language.

    Whoever signs has a camera or writes, so video and text serve whatever the channel was.
    """
    if request.signed:
        return bool(modalities & (request.modalities | {Modality.VIDEO, Modality.TEXT}) & SEEN)
    return bool(modalities & request.modalities)


def askable(
    candidate: Candidate, request: Request, offers: Sequence[Offer], now: datetime, times: Times
) -> bool:
    """Whether this one may be rung now for this request."""
    return (
        _suits(candidate, request)
        and not candidate.engaged
        and _may_ring(candidate, request)
        and _not_asked(_last(offers, candidate.id), now, times)
    )


def _suits(candidate: Candidate, request: Request) -> bool:
    """What no lapse of time changes: authority, conflicts, purpose, modality, wishes."""
    return (
        _serves(candidate, request)
        and candidate.id not in request.conflicts
        and candidate.id not in request.refused
        and (request.priority == MOST_URGENT or request.wishes <= candidate.traits)
    )


def _serves(who: Candidate | VendorLine, request: Request) -> bool:
    purposes: frozenset[Purpose] = who.purposes
    return (
        not who.immigration_authority
        and request.purpose in purposes
        and usable(request, who.modalities)
    )


def _may_ring(candidate: Candidate, request: Request) -> bool:
    """Nobody has two telephones at the ear: a ring elsewhere yields to priority 1 alone."""
    elsewhere = candidate.ringing_for
    return elsewhere is None or request.priority == MOST_URGENT < elsewhere


def _not_asked(last: Offer | None, now: datetime, times: Times) -> bool:
    """Not asked yet, or asked in vain so that asking again makes sense."""
    if last is None or last.outcome is Outcome.WITHDRAWN:
        return True
    silent_since = last.outcome_at if last.outcome is Outcome.SILENT else None
    return silent_since is not None and now >= silent_since + timedelta(seconds=times.again)


def _order(candidate: Candidate, request: Request) -> tuple[bool, bool, int, str]:
    """Whoever meets the wishes first, staff before roster, then by rank; the id breaks ties."""
    return (
        not request.wishes <= candidate.traits,
        candidate.kind is not Kind.STAFF,
        candidate.rank,
        candidate.id,
    )


def _put_down(request: Request, story: Offers, now: datetime, times: Times) -> list[Step]:
    """Rings that lasted long enough, and those to somebody who turned out to have a conflict."""
    barred = request.conflicts | request.refused
    steps: list[Step] = []
    for offer in story:
        if offer.open and offer.kind in PEOPLE and offer.to in barred:
            steps.append(Withdraw(offer, Reason.GONE))
        elif offer.open and (end := _rings_until(offer, times)) and now >= end:
            steps.append(MarkSilent(offer))
    return steps


def _rings_until(offer: Offer, times: Times) -> datetime | None:
    """When it has rung long enough; a vendor's line: when the call taker says so (None)."""
    if offer.kind is Kind.VENDOR:
        return None
    seconds = times.again if offer.kind is Kind.SUPERVISOR else times.silence
    return offer.at + timedelta(seconds=seconds)


def _ring(
    request: Request, roster: Roster, story: Offers, now: datetime, times: Times
) -> list[Step]:
    free = [one for one in roster.candidates if askable(one, request, story, now, times)]
    free.sort(key=lambda one: _order(one, request))
    rung = [offer for offer in story if offer.kind in PEOPLE]
    if now >= _at(request, times.single) or any(not offer.open for offer in rung):
        return [OfferTo(one) for one in free]
    return [] if rung else [OfferTo(one) for one in free[:1]]


def _dial(
    request: Request, roster: Roster, story: Offers, now: datetime, times: Times
) -> list[Step]:
    under_way = sum(offer.open for offer in _dialled(story).values())
    due = _vendors_due(request, story, now, times)
    if now >= _further_line_at(request, story, times):
        due = max(due, under_way + 1)
    waiting = _lines_left(request, roster, story)
    return [DialVendor(one) for one in waiting[: max(0, due - under_way)]]


def _dialled(story: Offers) -> dict[str, Offer]:
    """The vendors that were dialled, with what came of it; one withdrawn may be dialled again."""
    last = {offer.to: offer for offer in story if offer.kind is Kind.VENDOR}
    return {to: one for to, one in last.items() if one.outcome is not Outcome.WITHDRAWN}


def _lines_left(request: Request, roster: Roster, story: Offers) -> list[VendorLine]:
    """The vendors that may still be dialled, in order."""
    dialled = _dialled(story)
    left = (one for one in roster.vendors if _serves(one, request) and one.id not in dialled)
    return sorted(left, key=lambda one: (one.rank, one.id))


def _vendors_due(request: Request, story: Offers, now: datetime, times: Times) -> int:
    """How many lines should be under way by now."""
    if now >= _at(request, times.second_vendor):
        return 2
    first = request.priority == MOST_URGENT or now >= _at(request, times.roster_window)
    return int(first or _nobody_rings(story))


def _nobody_rings(story: Offers) -> bool:
    return not any(offer.open and offer.kind in PEOPLE for offer in story)


def _further_line_at(request: Request, story: Offers, times: Times) -> datetime:
    """When a further vendor is dialled beside those before: soon where nobody rings, else not
    before the second one's time.
    """
    dialled = [offer.at for offer in story if offer.kind is Kind.VENDOR]
    first = request.requested_at if _nobody_rings(story) else _at(request, times.second_vendor)
    return max([first, *(one + timedelta(seconds=times.next_vendor) for one in dialled)])


def _page(request: Request, story: Offers, now: datetime, times: Times) -> list[Step]:
    pages = [offer for offer in story if offer.kind is Kind.SUPERVISOR]
    asked = [offer for offer in story if offer.kind is not Kind.SUPERVISOR]
    if pages and (pages[-1].open or _seen_since_the_last_failure(pages[-1], asked)):
        return []
    nothing_left = not any(offer.open for offer in asked)
    return [PageSupervisor()] if nothing_left or now >= _at(request, times.supervisor) else []


def _seen_since_the_last_failure(page: Offer, asked: list[Offer]) -> bool:
    """A supervisor knows, and nobody was lost after that."""
    seen = page.outcome_at if page.outcome is Outcome.ACCEPTED else None
    return seen is not None and not any(
        offer.outcome is Outcome.FAILED and offer.outcome_at is not None and offer.outcome_at > seen
        for offer in asked
    )


def _wake_at(
    request: Request, roster: Roster, story: Offers, now: datetime, times: Times
) -> datetime | None:
    rungs = (times.single, times.roster_window, times.second_vendor, times.supervisor)
    moments = [_at(request, seconds) for seconds in rungs]
    if _lines_left(request, roster, story):
        moments.append(_further_line_at(request, story, times))
    for offer in story:
        if offer.open and (end := _rings_until(offer, times)):
            moments.append(end)
        elif offer.outcome is Outcome.SILENT and offer.outcome_at and offer.kind in PEOPLE:
            moments.append(offer.outcome_at + timedelta(seconds=times.again))
    return min((moment for moment in moments if moment > now), default=None)


def _stage(request: Request, story: Offers, now: datetime, times: Times) -> Stage:
    kinds = [offer.kind for offer in story if offer.outcome is not Outcome.WITHDRAWN]
    if Kind.SUPERVISOR in kinds:
        return Stage.SUPERVISOR
    vendors = kinds.count(Kind.VENDOR)
    if vendors:
        return Stage.VENDOR if vendors == 1 else Stage.SECOND_VENDOR
    alone = now < _at(request, times.single) and len(kinds) < 2
    return Stage.FIRST if alone else Stage.ALL


def _withdraw_all(story: Offers, reason: Reason) -> tuple[Step, ...]:
    return tuple(Withdraw(offer, reason) for offer in story if offer.open)


def _at(request: Request, seconds: float) -> datetime:
    return request.requested_at + timedelta(seconds=seconds)


def _last(offers: Sequence[Offer], to: str) -> Offer | None:
    """The last offer to this person."""
    mine = [offer for offer in offers if offer.to == to and offer.kind in PEOPLE]
    return mine[-1] if mine else None


def _end(story: list[Offer], offer: Offer, outcome: Outcome, at: datetime) -> None:
    story[story.index(offer)] = replace(offer, outcome=outcome, outcome_at=at)
