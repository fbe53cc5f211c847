"""Each rule over the whole table of what its answer can depend on, and over nothing else."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecall.engagements import findings
from safecall.engagements.facts import (
    Approval,
    Course,
    Facts,
    Instrument,
    Predicate,
    Taken,
    TaskForce,
)
from safecall.vocabulary.engagements import occasion, outcome
from safecall.vocabulary.engagements.occasion import (
    Agency,
    Court,
    Direction,
    InstrumentKind,
    Purpose,
    RequestKind,
    Signer,
    SubjectRole,
    TaskForcePurpose,
)
from safecall.vocabulary.engagements.outcome import Action, Basis, Custody, Decision, Finding
from tests.engagements.anything import facts as any_facts
from tests.engagements.said import about_a_suspect, detainer

ZONE = ZoneInfo("America/Chicago")
# A Wednesday without a holiday in the week that follows.
AT = datetime(2026, 10, 14, 15, 0, tzinfo=UTC)
BEFORE = Approval(outcome.ApprovalState.APPROVED, AT - timedelta(minutes=10))
INTIME = Course(AT + timedelta(hours=1), AT + timedelta(days=2), (BEFORE,))


def found(facts: Facts, course: Course = INTIME) -> set[Finding]:
    return set(findings.judge(facts, course, ZONE))


def test_the_op_eds_case_breaks_nothing() -> None:
    assert found(about_a_suspect(AT)) == set()


def test_a_declined_detainer_breaks_nothing() -> None:
    assert found(detainer(AT), replace(INTIME, approvals=())) == set()


ONE_THING_WRONG = [
    (about_a_suspect(AT, subject_role=SubjectRole.CALLER), Finding.OUTBOUND_NOT_ABOUT_SUSPECT),
    (about_a_suspect(AT, subject_role=SubjectRole.VICTIM), Finding.OUTBOUND_NOT_ABOUT_SUSPECT),
    (about_a_suspect(AT, predicate=Predicate()), Finding.OUTBOUND_NO_PREDICATE),
    (
        about_a_suspect(AT, predicate=replace(about_a_suspect(AT).predicate, continues=False)),
        Finding.INVESTIGATION_DROPPED,
    ),
    (about_a_suspect(AT, held_minutes=1), Finding.HELD_BEYOND_RELEASE),
    (about_a_suspect(AT, how_identified=occasion.Identified.ASKED), Finding.STATUS_ASKED),
    (
        about_a_suspect(AT, actions_taken=frozenset({Action.USED_AS_INTERPRETER})),
        Finding.AUTHORITY_AS_INTERPRETER,
    ),
    (detainer(AT, decision=Decision.GRANTED_FULL), Finding.CIVIL_GRANTED),
    (
        detainer(AT, actions_taken=frozenset({Action.NOTIFIED_RELEASE})),
        Finding.DECLINED_BUT_ACTED,
    ),
    (
        about_a_suspect(
            AT,
            direction=Direction.JOINT_ACTIVITY,
            legal_basis=Basis.TASK_FORCE,
            task_force=TaskForce("lake-border", purpose=TaskForcePurpose.IMMIGRATION),
        ),
        Finding.TASK_FORCE_ABOUT_IMMIGRATION,
    ),
]


@pytest.mark.parametrize(("facts", "finding"), ONE_THING_WRONG)
def test_one_thing_wrong_is_one_finding(facts: Facts, finding: Finding) -> None:
    assert found(facts) == {finding}


def test_every_finding_can_be_reached_and_has_its_source() -> None:
    reached = {finding for _, finding in ONE_THING_WRONG}
    assert reached | {Finding.APPROVAL_MISSING, Finding.LATE_RECORD} == set(Finding)
    assert set(findings.RULES) == set(Finding)
    assert all("ource" in str(rule.__doc__) for rule in findings.RULES.values())


def _outbound_table() -> Iterator[tuple[Direction, SubjectRole, Purpose, Basis, bool]]:
    """Every combination with the answer that the op-ed gives, written without the rule's code."""
    suspects = {"suspect", "arrestee"}
    for direction, role, purpose, basis in product(Direction, SubjectRole, Purpose, Basis):
        if direction.value != "outbound_contact" or role.value in suspects:
            wrong = False
        elif role.value == "no_individual":
            wrong = purpose.value == "civil_immigration_enforcement"
        else:
            asked_by_them = (role.value, purpose.value, basis.value) in {
                (one, "victim_or_witness_protection", "victim_protection_at_victim_request")
                for one in ("victim", "witness")
            }
            wrong = not asked_by_them
        yield direction, role, purpose, basis, wrong


def test_outbound_contact_is_about_suspects_in_all_combinations() -> None:
    table = list(_outbound_table())
    assert len(table) == 4 * 8 * 5 * 11
    for direction, role, purpose, basis, wrong in table:
        facts = about_a_suspect(
            AT, direction=direction, subject_role=role, purpose_class=purpose, legal_basis=basis
        )
        assert (Finding.OUTBOUND_NOT_ABOUT_SUSPECT in found(facts)) is wrong, facts


def test_outbound_contact_needs_a_crime_in_all_combinations() -> None:
    crimes = {"felony", "gross_misdemeanor", "misdemeanor", "petty_misdemeanor"}
    for direction, role, level, stage, continues in product(
        Direction, SubjectRole, occasion.OffenseLevel, occasion.Stage, (None, True, False)
    ):
        facts = about_a_suspect(
            AT,
            direction=direction,
            subject_role=role,
            predicate=Predicate("", level, stage, continues),
        )
        concerns = direction.value == "outbound_contact" and role.value in {"suspect", "arrestee"}
        complete = level.value in crimes and stage.value != "" and continues is not None
        assert (Finding.OUTBOUND_NO_PREDICATE in found(facts)) is (concerns and not complete)
        dropped = continues is False and role.value in {"suspect", "arrestee"}
        assert (Finding.INVESTIGATION_DROPPED in found(facts)) is dropped


def test_a_paper_is_a_courts_only_with_a_named_court_and_a_judge() -> None:
    titles = {"judicial_warrant", "judicial_subpoena", "court_order"}
    courts = {"federal_court", "state_court", "tribal_court"}
    judicial = 0
    for kind, signer, court in product(InstrumentKind, Signer, Court):
        expected = (
            kind.value in titles and signer.value == "judge_or_magistrate" and court.value in courts
        )
        assert Instrument(kind, signer, court).judicial is expected
        judicial += expected
    assert judicial == 9


def test_civil_requests_are_granted_to_a_court_alone_in_all_combinations() -> None:
    """Each paper, purpose, request and decision; what was done is the hand-over of information."""
    papers = [Instrument(*one) for one in product(InstrumentKind, Signer, Court)]
    granted = {"granted_full", "granted_partial"}
    civil_papers = {"I-247A", "I-200", "I-205", "ncic_administrative_warrant"}
    for paper, purpose, request, decision in product(papers, Purpose, RequestKind, Decision):
        facts = detainer(
            AT,
            instruments=(paper,),
            purpose_class=purpose,
            request_types=frozenset({request}),
            decision=decision,
            actions_taken=frozenset({Action.GAVE_PERSONAL_INFORMATION}),
        )
        civil = (
            purpose.value == "civil_immigration_enforcement"
            or request.value in {"detainer_hold", "civil_warrant_service"}
            or paper.kind.value in civil_papers
        )
        wrong = civil and decision.value in granted and not paper.judicial
        rule = findings.civil_granted_without_judicial_basis
        assert rule(facts, INTIME, ZONE) is wrong, facts


@pytest.mark.parametrize("direction", Direction)
@pytest.mark.parametrize("decision", Decision)
def test_handing_over_for_civil_purposes_needs_a_court_in_either_direction(
    direction: Direction, decision: Decision
) -> None:
    facts = detainer(
        AT, direction=direction, decision=decision, custody_outcome=Custody.WE_TRANSFERRED
    )
    assert Finding.CIVIL_GRANTED in found(facts)
    court = Instrument(InstrumentKind.JUDICIAL_WARRANT, Signer.JUDGE, Court.FEDERAL)
    assert Finding.CIVIL_GRANTED not in found(replace(facts, instruments=(court,)))


def test_a_message_under_1373_is_no_finding_by_itself() -> None:
    """8 U.S.C. 1373: it is recorded and approved within a day; nothing stands against it."""
    facts = detainer(
        AT,
        request_types=frozenset({RequestKind.STATUS_INFORMATION}),
        instruments=(),
        decision=Decision.GRANTED_FULL,
        legal_basis=Basis.STATUS_INFORMATION,
        actions_taken=frozenset({Action.SENT_STATUS_INFORMATION}),
    )
    after = Approval(outcome.ApprovalState.APPROVED, AT + timedelta(hours=23))
    assert found(facts, replace(INTIME, approvals=(after,))) == set()
    assert found(facts, replace(INTIME, approvals=(), now=AT + timedelta(hours=24))) == set()


def test_held_is_a_finding_in_all_combinations() -> None:
    for said, minutes, custody, action in product(
        (False, True), (0, 1, 2880), Custody, [None, *Action]
    ):
        facts = about_a_suspect(
            AT,
            held_beyond_release=said,
            held_minutes=minutes,
            custody_outcome=custody,
            actions_taken=frozenset({action} if action else ()),
        )
        wrong = (
            said
            or minutes > 0
            or custody.value == "held_for_authority"
            or action == "held_for_authority"
        )
        assert (Finding.HELD_BEYOND_RELEASE in found(facts)) is wrong


def test_a_no_is_a_no_in_all_combinations() -> None:
    free = {"gave_public_information", "sent_status_information", "deconflicted"}
    for decision, action, custody in product(Decision, [None, *Action], Custody):
        facts = detainer(
            AT,
            decision=decision,
            custody_outcome=custody,
            actions_taken=frozenset({action} if action else ()),
        )
        said_no = decision.value in {"declined", "no_response", "withdrawn"}
        acted = (action is not None and action.value not in free) or custody.value in {
            "transferred_by_department",
            "held_for_authority",
        }
        assert (Finding.DECLINED_BUT_ACTED in found(facts)) is (said_no and acted)


def test_no_task_force_on_immigration_hides_behind_its_ground_in_all_combinations() -> None:
    court = Instrument(InstrumentKind.JUDICIAL_WARRANT, Signer.JUDGE, Court.FEDERAL)
    for basis, purpose, arrests, papers, what_for in product(
        Basis, TaskForcePurpose, (0, 1, 5), ((), (court,)), Purpose
    ):
        facts = about_a_suspect(
            AT,
            direction=Direction.JOINT_ACTIVITY,
            legal_basis=basis,
            purpose_class=what_for,
            instruments=papers,
            task_force=TaskForce("lake-team", 5, arrests, purpose),
        )
        about_it = (
            purpose.value == "border_or_immigration_crime"
            or what_for.value == "civil_immigration_enforcement"
            or (arrests > 0 and not papers)
        )
        wrong = basis.value == "task_force_not_immigration" and about_it
        assert (Finding.TASK_FORCE_ABOUT_IMMIGRATION in found(facts)) is wrong, facts


@given(any_facts(), st.frozensets(st.sampled_from(Agency)))
def test_which_agencies_a_task_force_has_changes_no_finding(
    facts: Facts, agencies: frozenset[Agency]
) -> None:
    other = replace(facts, task_force=replace(facts.task_force, agencies=agencies))
    course = Course(facts.happened_at, facts.happened_at + DAY)
    assert found(other, course) == found(facts, course)


MINUTE = timedelta(minutes=1)
DAY = timedelta(hours=24)


#: Approved when, judged when -> in time for what has to come before; for what may follow.
APPROVED = [
    (None, MINUTE, False, True),
    (None, DAY + MINUTE, False, False),
    (-MINUTE, DAY, True, True),
    (MINUTE, DAY, False, True),
    (DAY, DAY + MINUTE, False, True),
    (DAY + MINUTE, DAY + 2 * MINUTE, False, False),
]


def test_approval_comes_before_or_with_a_reason_within_a_day() -> None:
    for direction, decision, exigency, case in product(
        Direction, Decision, outcome.Exigency, APPROVED
    ):
        approved, now, before, within = case
        said = () if approved is None else (replace(BEFORE, at=AT + approved),)
        facts = about_a_suspect(AT, direction=direction, decision=decision, exigency=exigency)
        needed = direction.value in {"outbound_contact", "joint_activity"} or (
            direction.value == "inbound_request" and decision.value.startswith("granted")
        )
        in_time = within if exigency.value else before
        missing = Finding.APPROVAL_MISSING in found(facts, Course(AT, AT + now, said))
        assert missing is (needed and not in_time), facts


@pytest.mark.parametrize("state", outcome.ApprovalState)
@pytest.mark.parametrize("own", [False, True])
def test_only_a_second_persons_yes_approves(state: outcome.ApprovalState, own: bool) -> None:
    course = replace(INTIME, approvals=(Approval(state, AT - MINUTE, own),))
    approved = state is outcome.ApprovalState.APPROVED and not own
    assert (Finding.APPROVAL_MISSING in found(about_a_suspect(AT), course)) is not approved


@pytest.mark.parametrize("kind", RequestKind)
@pytest.mark.parametrize("basis", Basis)
def test_what_nothing_may_delay_is_approved_afterwards(kind: RequestKind, basis: Basis) -> None:
    facts = about_a_suspect(AT, request_types=frozenset({kind}), legal_basis=basis)
    after = Course(AT, AT + DAY, (Approval(outcome.ApprovalState.APPROVED, AT + MINUTE),))
    free = kind.value in {"status_information_1373", "deconfliction"}
    free = free or basis.value == "exigent_threat_to_life"
    assert (Finding.APPROVAL_MISSING in found(facts, after)) is not free


@pytest.mark.parametrize(
    ("happened", "last"),
    [
        ("2026-10-14", "2026-10-21"),  # a Wednesday
        ("2026-10-16", "2026-10-23"),  # a Friday
        ("2026-10-17", "2026-10-23"),  # a Saturday
        ("2026-10-07", "2026-10-15"),  # over Columbus Day
        ("2026-11-20", "2026-11-30"),  # over Thanksgiving
        ("2026-12-30", "2027-01-07"),  # over New Year
        ("2026-06-30", "2026-07-08"),  # over July 3, when the fourth is a Saturday
    ],
)
def test_a_record_is_due_on_the_fifth_business_day(happened: str, last: str) -> None:
    late = datetime.fromisoformat(f"{happened}T23:30").replace(tzinfo=ZONE)
    due = datetime.fromisoformat(f"{last}T23:59").replace(tzinfo=ZONE)
    facts = about_a_suspect(late)
    for recorded, is_late in ((due, False), (due + MINUTE, True)):
        course = Course(recorded, recorded, (Approval(outcome.ApprovalState.APPROVED, late),))
        assert (Finding.LATE_RECORD in found(facts, course)) is is_late
        past = replace(facts, source=occasion.Source.HISTORICAL_IMPORT)
        assert found(past, course) == set()


@pytest.mark.parametrize("closing", outcome.Closing)
def test_an_investigation_closed_for_the_authority_is_dropped(closing: outcome.Closing) -> None:
    step = Taken(outcome.Track.INVESTIGATION, outcome.Step.CLOSED, AT + DAY, closing)
    dropped = closing.value == "because_of_engagement"
    assert (found(about_a_suspect(AT), replace(INTIME, steps=(step,))) != set()) is dropped


@given(any_facts(), st.sampled_from(occasion.Authority), st.integers(0, 10))
def test_with_whom_and_how_many_changes_no_finding(
    facts: Facts, authority: occasion.Authority, count: int
) -> None:
    other = replace(facts, authority=authority, subject_count=count)
    course = Course(facts.happened_at, facts.happened_at + DAY)
    assert found(other, course) == found(facts, course)


@given(any_facts())
def test_more_approval_never_raises_a_finding(facts: Facts) -> None:
    course = Course(facts.happened_at, facts.happened_at + 2 * DAY)
    approved = Approval(outcome.ApprovalState.APPROVED, facts.happened_at - MINUTE)
    with_it = found(facts, replace(course, approvals=(approved,)))
    assert with_it == found(facts, course) - {Finding.APPROVAL_MISSING}
