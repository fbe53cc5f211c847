"""The ladder of the engine: rung by rung, by the second."""

from datetime import UTC, datetime, timedelta

import pytest

from safecall.interpreting.engine import answered, carried, next_steps, winner
from safecall.interpreting.terms import (
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
    Times,
    VendorLine,
    Withdraw,
)

START = datetime(2026, 3, 1, 2, 0, tzinfo=UTC)
ANA = Candidate("ana", Kind.STAFF, rank=1)
BO = Candidate("bo", Kind.ROSTER, rank=0)
CY = Candidate("cy", Kind.ROSTER, rank=5)
LINE_1, LINE_2 = VendorLine("line-1", 0), VendorLine("line-2", 1)
FULL = Roster((CY, BO, ANA), (LINE_2, LINE_1))
SO = Request("r", "so", START)
URGENT = Request("r", "so", START, priority=1)


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


class Story:
    """A request that is followed by the second."""

    def __init__(self, request: Request = SO, roster: Roster = FULL) -> None:
        self.request, self.roster = request, roster
        self.offers: tuple[Offer, ...] = ()

    def go(self, seconds: float) -> Decision:
        decision = next_steps(self.request, self.roster, self.offers, at(seconds))
        self.offers = carried(self.offers, decision.steps, at(seconds))
        return decision

    def say(self, seconds: float, kind: Kind, to: str, outcome: Outcome) -> bool:
        self.offers, counted = answered(self.offers, kind, to, outcome, at(seconds))
        return counted


def names(decision: Decision) -> list[str]:
    said = []
    for step in decision.steps:
        match step:
            case OfferTo(candidate):
                said.append(candidate.id)
            case DialVendor(vendor):
                said.append(vendor.id)
            case PageSupervisor():
                said.append("supervisor")
            case MarkSilent(offer):
                said.append(f"silent {offer.to}")
            case Withdraw(offer, reason):
                said.append(f"{reason} {offer.to}")
    return said


def test_the_whole_ladder_when_nobody_answers() -> None:
    story = Story()
    ladder = {
        seconds: names(story.go(seconds)) for seconds in (0, 5, 6, 19, 20, 29, 30, 59, 60, 66)
    }
    assert ladder == {
        0: ["ana"],
        5: [],
        6: ["bo", "cy"],
        19: [],
        20: ["line-1"],
        29: [],
        30: ["line-2"],
        59: [],
        60: ["silent ana", "supervisor"],
        66: ["silent bo", "silent cy"],
    }


def test_it_says_when_to_ask_again() -> None:
    story = Story()
    wakes = [story.go(seconds).wake_at for seconds in (0, 6, 20, 30, 60)]
    assert wakes == [at(6), at(20), at(30), at(60), at(66)]


def test_whoever_was_silent_is_asked_again_and_the_supervisor_told_again() -> None:
    story = Story()
    for seconds in (0, 6, 20, 30, 60, 66):
        story.go(seconds)
    assert names(story.go(120)) == ["silent supervisor", "ana", "supervisor"]
    assert names(story.go(126)) == ["bo", "cy"]


def test_a_supervisor_who_has_seen_it_is_not_told_again() -> None:
    story = Story(roster=Roster())
    assert names(story.go(0)) == ["supervisor"]
    assert story.say(5, Kind.SUPERVISOR, "supervisor", Outcome.ACCEPTED)
    assert story.go(70) == Decision((), None, Stage.SUPERVISOR)


def test_on_priority_1_the_vendor_is_dialled_beside_the_ring() -> None:
    story = Story(URGENT)
    assert names(story.go(0)) == ["ana", "line-1"]
    assert names(story.go(6)) == ["bo", "cy"]
    assert names(story.go(30)) == ["line-2"]


def test_a_refusal_ends_the_time_alone() -> None:
    story = Story()
    story.go(0)
    story.say(2, Kind.STAFF, "ana", Outcome.DECLINED)
    assert names(story.go(2)) == ["bo", "cy"]


def test_the_vendor_comes_as_soon_as_nobody_rings() -> None:
    story = Story(roster=Roster((ANA,), (LINE_1, LINE_2)))
    story.go(0)
    story.say(2, Kind.STAFF, "ana", Outcome.DECLINED)
    assert names(story.go(2)) == ["line-1"]
    assert names(Story(roster=Roster((), (LINE_1,))).go(0)) == ["line-1"]


def test_where_nobody_rings_a_further_vendor_is_dialled_every_five_seconds() -> None:
    third = VendorLine("line-3", 2)
    story = Story(roster=Roster((), (third, LINE_2, LINE_1)))
    rungs = {seconds: names(story.go(seconds)) for seconds in (0, 4, 5, 10, 15)}
    assert rungs == {0: ["line-1"], 4: [], 5: ["line-2"], 10: ["line-3"], 15: []}
    assert story.say(20, Kind.VENDOR, "line-2", Outcome.ACCEPTED)
    assert names(story.go(20)) == ["taken line-1", "taken line-3"]


def test_it_says_when_the_further_vendor_is_due() -> None:
    assert Story(roster=Roster((), (LINE_1, LINE_2))).go(0).wake_at == at(5)
    assert Story().go(0).wake_at == at(6)


def test_a_further_vendor_waits_while_somebody_rings() -> None:
    story = Story(URGENT, Roster((ANA,), (LINE_1, LINE_2)))
    assert names(story.go(0)) == ["ana", "line-1"]
    assert names(story.go(5)) == []
    story.say(7, Kind.STAFF, "ana", Outcome.DECLINED)
    assert names(story.go(7)) == ["line-2"]


def test_after_the_second_vendor_further_ones_follow_though_somebody_rings() -> None:
    third, fourth = VendorLine("line-3", 3), VendorLine("line-4", 4)
    story = Story(roster=Roster((ANA,), (LINE_1, LINE_2, third, fourth)))
    rungs = {seconds: names(story.go(seconds)) for seconds in (0, 20, 25, 30, 34, 35)}
    assert rungs == {0: ["ana"], 20: ["line-1"], 25: [], 30: ["line-2"], 34: [], 35: ["line-3"]}
    assert story.go(36).wake_at == at(40)
    assert names(story.go(40)) == ["line-4"]


def test_a_vendor_that_does_not_answer_is_followed_by_the_next_and_then_the_supervisor() -> None:
    story = Story(roster=Roster((), (LINE_1, LINE_2)))
    story.go(0)
    story.say(8, Kind.VENDOR, "line-1", Outcome.FAILED)
    assert names(story.go(8)) == ["line-2"]
    story.say(12, Kind.VENDOR, "line-2", Outcome.FAILED)
    assert names(story.go(12)) == ["supervisor"]


def test_the_first_to_accept_wins_and_the_others_are_withdrawn() -> None:
    story = Story()
    story.go(0)
    story.go(6)
    assert story.say(7, Kind.ROSTER, "bo", Outcome.ACCEPTED)
    assert not story.say(7, Kind.ROSTER, "cy", Outcome.ACCEPTED)
    decision = story.go(7)
    assert names(decision) == ["taken ana", "taken cy"]
    assert (decision.stage, decision.wake_at) == (Stage.CONNECTED, None)
    won = winner(story.offers)
    assert won is not None
    assert won.to == "bo"


def test_an_interpreter_who_was_lost_is_replaced_by_those_who_were_withdrawn() -> None:
    story = Story()
    for seconds in (0, 6):
        story.go(seconds)
    story.say(7, Kind.STAFF, "ana", Outcome.ACCEPTED)
    story.go(7)
    assert story.say(40, Kind.STAFF, "ana", Outcome.FAILED)
    assert names(story.go(40)) == ["bo", "cy", "line-1", "line-2"]


def test_a_request_that_ended_rings_nobody() -> None:
    story = Story()
    story.go(0)
    story.request = Request("r", "so", START, ended_at=at(3))
    assert names(story.go(3)) == ["over ana"]
    assert story.go(4).stage is Stage.OVER


def test_a_conflict_that_is_declared_while_it_rings_stops_the_ring() -> None:
    story = Story(URGENT, Roster((ANA, BO)))
    story.go(0)
    story.request = Request("r", "so", START, priority=1, conflicts=frozenset({"ana"}))
    assert names(story.go(1)) == ["gone ana", "bo"]


def test_whom_the_caller_refused_is_not_asked_even_on_priority_1() -> None:
    request = Request("r", "so", START, priority=1, refused=frozenset({"ana"}))
    assert names(Story(request, Roster((ANA, BO))).go(0)) == ["bo"]


def test_wishes_hold_except_on_priority_1() -> None:
    woman = Candidate("woman", Kind.ROSTER, rank=9, traits=frozenset({"woman"}))
    wish = frozenset({"woman"})
    calm = Story(Request("r", "so", START, wishes=wish), Roster((ANA, woman)))
    assert [names(calm.go(0)), names(calm.go(6))] == [["woman"], []]
    urgent = Story(Request("r", "so", START, priority=1, wishes=wish), Roster((ANA, woman)))
    assert [names(urgent.go(0)), names(urgent.go(6))] == [["woman"], ["ana"]]


def test_priority_1_takes_the_ring_from_a_less_urgent_request() -> None:
    ringing = Candidate("ana", Kind.STAFF, ringing_for=3)
    assert names(Story(SO, Roster((ringing,))).go(0)) == ["supervisor"]
    assert names(Story(URGENT, Roster((ringing,))).go(0)) == ["ana"]
    as_urgent = Candidate("ana", Kind.STAFF, ringing_for=1)
    assert names(Story(URGENT, Roster((as_urgent,))).go(0)) == ["supervisor"]


@pytest.mark.parametrize(
    ("modalities", "rings"),
    [
        ({Modality.TELEPHONE}, False),
        ({Modality.IN_PERSON}, False),
        ({Modality.VIDEO}, True),
        ({Modality.TEXT, Modality.TELEPHONE}, True),
    ],
)
def test_a_signed_language_needs_video_or_text(modalities: set[Modality], rings: bool) -> None:
    signer = Candidate("signer", Kind.STAFF, modalities=frozenset(modalities))
    line = VendorLine("line", modalities=frozenset(modalities))
    story = Story(Request("r", "ase", START, priority=1), Roster((signer,), (line,)))
    assert names(story.go(0)) == (["signer", "line"] if rings else ["supervisor"])


def test_an_interview_needs_whoever_may_interpret_one() -> None:
    certified = Candidate("cert", Kind.ROSTER, purposes=frozenset(Purpose))
    request = Request("r", "so", START, purpose=Purpose.INTERVIEW)
    assert names(Story(request, Roster((ANA, certified))).go(0)) == ["cert"]


def test_an_immigration_authority_is_never_asked() -> None:
    agent = Candidate("agent", Kind.STAFF, immigration_authority=True)
    line = VendorLine("line", immigration_authority=True)
    story = Story(URGENT, Roster((agent,), (line,)))
    assert names(story.go(0)) == ["supervisor"]


def test_times_are_in_order() -> None:
    with pytest.raises(ValueError, match="in order"):
        Times(single=30)
    with pytest.raises(ValueError, match="after the one before"):
        Times(next_vendor=-1)
    with pytest.raises(ValueError, match="longer than nothing"):
        Times(again=0)


def test_reasons_are_said() -> None:
    assert {reason.value for reason in Reason} == {"taken", "over", "more_urgent", "gone"}
