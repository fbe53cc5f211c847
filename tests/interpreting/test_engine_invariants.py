"""Whatever happens in whatever order, the ladder keeps its promises."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from safecall.interpreting.engine import Offers, answered, carried, next_steps, winner
from safecall.interpreting.terms import (
    Candidate,
    Decision,
    Kind,
    Modality,
    OfferTo,
    Outcome,
    Purpose,
    Request,
    Roster,
    Stage,
    Times,
    VendorLine,
)

START = datetime(2026, 3, 1, tzinfo=UTC)
NAMES = [f"p{number}" for number in range(5)]
MODALITIES = st.frozensets(st.sampled_from(Modality))
PURPOSES = st.frozensets(st.sampled_from(Purpose))
TRAITS = st.frozensets(st.sampled_from(["woman", "local"]))
PEOPLE = (Kind.STAFF, Kind.ROSTER)


def candidate(name: str) -> st.SearchStrategy[Candidate]:
    return st.builds(
        Candidate,
        id=st.just(name),
        kind=st.sampled_from(PEOPLE),
        rank=st.integers(0, 3),
        modalities=MODALITIES,
        purposes=PURPOSES,
        traits=TRAITS,
        engaged=st.booleans(),
        ringing_for=st.none() | st.integers(1, 5),
        immigration_authority=st.booleans(),
    )


ROSTERS = st.builds(
    Roster,
    candidates=st.lists(st.sampled_from(NAMES), unique=True).flatmap(
        lambda names: st.tuples(*map(candidate, names))
    ),
    vendors=st.lists(
        st.builds(
            VendorLine,
            id=st.sampled_from(["v1", "v2", "v3"]),
            modalities=MODALITIES,
            purposes=PURPOSES,
            immigration_authority=st.booleans(),
        ),
        unique_by=lambda line: line.id,
    ).map(tuple),
)
REQUESTS = st.builds(
    Request,
    id=st.just("r"),
    language=st.sampled_from(["so", "ase", "mww", "zh-Hant"]),
    requested_at=st.just(START),
    priority=st.integers(1, 5),
    purpose=st.sampled_from(Purpose),
    modalities=MODALITIES,
    wishes=TRAITS,
    conflicts=st.frozensets(st.sampled_from(NAMES), max_size=2),
    refused=st.frozensets(st.sampled_from(NAMES), max_size=1),
)
RUNGS = st.lists(st.floats(0, 90), min_size=4, max_size=4).map(sorted)
TIMES = st.builds(
    lambda rungs, silence, again: Times(*rungs, silence, again),
    RUNGS,
    st.floats(0.5, 120),
    st.floats(0.5, 120),
)
# What happens between two looks: time passes, and perhaps somebody answers, or the roster changes.
EVENTS = st.lists(
    st.tuples(
        st.floats(0, 40),
        st.integers(0, 9),
        st.sampled_from([None, *Outcome]),
        st.none() | ROSTERS,
    ),
    max_size=12,
)


def check(
    request: Request,
    roster: Roster,
    before: Offers,
    decision: Decision,
    now: datetime,
    times: Times,
) -> Offers:
    """Everything that holds at each look; returns the story after it."""
    after = carried(before, decision.steps, now)
    again = next_steps(request, roster, after, now, times)
    assert again.steps == (), "asked twice at one moment it says nothing new"
    assert again.wake_at == decision.wake_at
    assert next_steps(request, roster, before, now, times) == decision, "deterministic"
    shuffled = Roster(roster.candidates[::-1], roster.vendors[::-1])
    assert next_steps(request, shuffled, before, now, times) == decision
    assert decision.wake_at is None or decision.wake_at > now
    ringing = [(offer.kind in PEOPLE, offer.to) for offer in after if offer.open]
    assert len(ringing) == len(set(ringing)), "nobody is offered twice at once"
    barred = request.conflicts | request.refused
    assert not {to for person, to in ringing if person} & barred
    for step in decision.steps:
        if isinstance(step, OfferTo):
            check_offer(request, step.candidate)
    if winner(after) is None:
        seen = any(o.kind is Kind.SUPERVISOR and o.outcome is Outcome.ACCEPTED for o in after)
        assert ringing or decision.wake_at or seen, "somebody is next until the ladder ends"
    else:
        assert (decision.stage, ringing) == (Stage.CONNECTED, [])
    return after


def check_offer(request: Request, one: Candidate) -> None:
    assert not one.immigration_authority
    assert not one.engaged
    assert one.id not in request.conflicts | request.refused
    assert request.purpose in one.purposes
    assert one.ringing_for is None or (request.priority == 1 and one.ringing_for > 1)
    assert request.priority == 1 or request.wishes <= one.traits
    if request.language == "ase":
        assert one.modalities & {Modality.VIDEO, Modality.TEXT, Modality.IN_PERSON}


@settings(max_examples=400, deadline=None)
@given(REQUESTS, ROSTERS, TIMES, EVENTS)
def test_the_ladder_keeps_its_promises(
    request: Request,
    roster: Roster,
    times: Times,
    events: list[tuple[float, int, Outcome | None, Roster | None]],
) -> None:
    now, story = START, ()
    story = check(
        request, roster, story, next_steps(request, roster, story, now, times), now, times
    )
    for seconds, who, outcome, changed in events:
        now += timedelta(seconds=seconds)
        roster = changed or roster
        ringing = [offer for offer in story if offer.open]
        if ringing and outcome is not None:
            mine = ringing[who % len(ringing)]
            had_winner = winner(story) is not None
            story, counted = answered(story, mine.kind, mine.to, outcome, now)
            if outcome is Outcome.ACCEPTED and mine.kind is not Kind.SUPERVISOR:
                assert counted is not had_winner
        accepted = [
            o for o in story if o.outcome is Outcome.ACCEPTED and o.kind is not Kind.SUPERVISOR
        ]
        assert len(accepted) <= 1, "one winner in every race"
        decision = next_steps(request, roster, story, now, times)
        story = check(request, roster, story, decision, now, times)
    over = replace(request, ended_at=now)
    decision = next_steps(over, roster, story, now, times)
    assert decision.stage is Stage.OVER
    assert not any(offer.open for offer in carried(story, decision.steps, now))


@settings(max_examples=200, deadline=None)
@given(ROSTERS, st.permutations(range(5)))
def test_one_winner_in_every_race(roster: Roster, order: list[int]) -> None:
    free = tuple(
        replace(
            one,
            engaged=False,
            ringing_for=None,
            modalities=frozenset(Modality),
            purposes=frozenset(Purpose),
            immigration_authority=False,
        )
        for one in roster.candidates
    )
    request = Request("r", "so", START, priority=1)
    now = START + timedelta(seconds=7)
    story = carried((), next_steps(request, Roster(free), (), now).steps, now)
    ringing = [offer for offer in story if offer.kind in PEOPLE]
    assert len(ringing) == len(free)
    won = []
    for index in order:
        if index < len(ringing):
            mine = ringing[index]
            story, counted = answered(story, mine.kind, mine.to, Outcome.ACCEPTED, now)
            won += [mine.to] if counted else []
    assert len(won) == min(1, len(free))


@settings(max_examples=200, deadline=None)
@given(REQUESTS, ROSTERS, TIMES)
def test_whoever_follows_wake_at_alone_misses_nothing(
    request: Request, roster: Roster, times: Times
) -> None:
    """Between two wakes nothing becomes due: looking at any time before finds no step."""
    now, story = START, ()
    for _ in range(12):
        decision = next_steps(request, roster, story, now, times)
        story = carried(story, decision.steps, now)
        if decision.wake_at is None:
            break
        just_before = decision.wake_at - timedelta(microseconds=1)
        if just_before > now:
            assert next_steps(request, roster, story, just_before, times).steps == ()
        now = decision.wake_at
