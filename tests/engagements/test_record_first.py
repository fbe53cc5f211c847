"""Record first, judge second: everything can be recorded, and an amendment judges anew."""

from datetime import timedelta

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings

from safecall.contacts.actions import Actor, ActRefused
from safecall.engagements import selectors
from safecall.engagements.actions import (
    Said,
    amend,
    answer,
    approve,
    ask,
    judge_due,
    mark_seen,
    record,
    take_step,
)
from safecall.engagements.facts import Facts, Plan
from safecall.engagements.models import Engagement, PolicyFinding
from safecall.ledger.models import LedgerRow
from safecall.people.models import User
from safecall.vocabulary.engagements import occasion, outcome
from safecall.vocabulary.engagements.outcome import ApprovalState, Finding
from tests.engagements.anything import facts as any_facts
from tests.engagements.said import about_a_suspect

_few = settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def standing(engagement: Engagement) -> set[str]:
    rows = PolicyFinding.objects.filter(engagement=engagement, settled_at__isnull=True)
    return set(rows.values_list("code", flat=True))


@_few
@given(any_facts())
def test_whatever_happened_can_be_recorded_and_is_counted(amina: User, facts: Facts) -> None:
    counted = LedgerRow.objects.filter(kind=LedgerRow.Kind.ENGAGEMENT).count()
    row = record(Actor.staff(amina), facts)
    assert selectors.facts(Engagement.objects.get(pk=row.pk)) == facts
    assert LedgerRow.objects.filter(kind=LedgerRow.Kind.ENGAGEMENT).count() == counted + 1
    leaf = LedgerRow.objects.get(kind=LedgerRow.Kind.ENGAGEMENT, subject=row.pk)
    assert leaf.record is not None
    assert set(leaf.record["findings"]) == standing(row)


@_few
@given(any_facts(), any_facts())
def test_an_amendment_settles_and_raises(amina: User, first: Facts, then: Facts) -> None:
    row = record(Actor.staff(amina), first)
    before = standing(row)
    if first == then:
        return
    amend(Actor.staff(amina), row, then)
    after = standing(row)
    fresh = record(Actor.staff(amina), then)
    # As if it had been said so at once: nothing of the first saying sticks.
    assert after == standing(fresh)
    settled = PolicyFinding.objects.filter(engagement=row, settled_at__isnull=False)
    assert set(settled.values_list("code", flat=True)) == before - after


def test_a_finding_pages_until_a_supervisor_has_seen_it(amina: User, sofia: User) -> None:
    row = record(
        Actor.staff(amina), about_a_suspect(held_minutes=40, exigency=outcome.Exigency.LIFE)
    )
    page = selectors.unseen_findings().get()
    assert (page.engagement, page.code) == (row, Finding.HELD_BEYOND_RELEASE)
    with pytest.raises(ActRefused, match="Supervisors"):
        mark_seen(Actor.staff(amina), page)
    mark_seen(Actor.staff(sofia), page)
    assert not selectors.unseen_findings().exists()
    # Seen is not settled.
    assert standing(row) == {"HELD_BEYOND_RELEASE"}


def test_approval_is_a_second_persons_of_rank(amina: User, dan: User, sofia: User) -> None:
    row = record(Actor.staff(amina), about_a_suspect(exigency=outcome.Exigency.ESCAPE))
    with pytest.raises(ActRefused, match="Only those who approve"):
        approve(Actor.staff(dan), row, ApprovalState.APPROVED)
    with pytest.raises(ActRefused, match="no system"):
        approve(Actor.system("CAD"), row, ApprovalState.APPROVED)
    said = approve(Actor.staff(sofia), row, ApprovalState.APPROVED)
    assert (said.role, said.exigency_code) == ("supervisor", "suspect_escaping")
    assert judge_due(timezone.now() + timedelta(days=2)) == 0
    own = record(Actor.staff(sofia), about_a_suspect())
    with pytest.raises(ActRefused, match="nobody approves their own"):
        approve(Actor.staff(sofia), own, ApprovalState.APPROVED)


def test_who_amended_does_not_approve(amina: User, sofia: User) -> None:
    row = record(Actor.staff(amina), about_a_suspect())
    amend(Actor.staff(sofia), row, about_a_suspect(row.happened_at, subject_count=2))
    with pytest.raises(ActRefused, match="nobody approves their own"):
        approve(Actor.staff(sofia), row, ApprovalState.APPROVED)


def test_a_day_passes_without_approval(amina: User, sofia: User) -> None:
    row = record(Actor.staff(amina), about_a_suspect(exigency=outcome.Exigency.LIFE))
    assert standing(row) == set()
    judge_due(timezone.now() + timedelta(hours=23))
    assert standing(row) == set()
    judge_due(timezone.now() + timedelta(hours=25))
    assert standing(row) == {"APPROVAL_MISSING"}
    # Approved in the meantime, by the clock of the one who approves: in time after all.
    approve(Actor.staff(sofia), row, ApprovalState.APPROVED)
    assert standing(row) == set()


def test_approval_asked_for_before(amina: User, sofia: User) -> None:
    plan = Plan(
        occasion.Authority.CBP_USBP,
        occasion.Direction.OUTBOUND_CONTACT,
        occasion.SubjectRole.SUSPECT,
        occasion.OffenseLevel.FELONY,
        occasion.Stage.CHARGED,
    )
    asked = ask(Actor.staff(amina), plan)
    said = answer(Actor.staff(sofia), asked, ApprovalState.APPROVED)
    with pytest.raises(ActRefused, match="answered already"):
        answer(Actor.staff(sofia), asked, ApprovalState.REFUSED)
    row = record(Actor.staff(amina), about_a_suspect(timezone.now()), approval=said)
    assert standing(row) == set()
    with pytest.raises(ActRefused, match="belongs to another record"):
        record(Actor.staff(amina), about_a_suspect(), approval=said)


def test_nobody_answers_their_own_question(sofia: User) -> None:
    plan = Plan(
        occasion.Authority.ICE_ERO,
        occasion.Direction.JOINT_ACTIVITY,
        occasion.SubjectRole.NO_INDIVIDUAL,
    )
    asked = ask(Actor.staff(sofia), plan)
    with pytest.raises(ActRefused, match="nobody approves their own"):
        answer(Actor.staff(sofia), asked, ApprovalState.APPROVED)


def test_an_approval_comes_with_the_record_of_another_system(db: None) -> None:
    facts = about_a_suspect()
    before = facts.happened_at - timedelta(hours=1)
    said = Said(ApprovalState.APPROVED, before, "sergeant")
    assert standing(record(Actor.system("RMS"), facts, approval=said)) == set()


def test_dropping_the_investigation_for_them_is_recorded_and_found(amina: User) -> None:
    row = record(Actor.staff(amina), about_a_suspect(exigency=outcome.Exigency.LIFE))
    actor = Actor.staff(amina)
    take_step(actor, row, outcome.Track.AUTHORITY, outcome.Step.TOOK_CUSTODY)
    assert standing(row) == set()
    take_step(
        actor,
        row,
        outcome.Track.INVESTIGATION,
        outcome.Step.CLOSED,
        closing=outcome.Closing.BECAUSE_OF_ENGAGEMENT,
    )
    assert standing(row) == {"INVESTIGATION_DROPPED"}


@pytest.mark.parametrize("track", outcome.Track)
@pytest.mark.parametrize("step", outcome.Step)
def test_a_step_belongs_to_its_own_track(
    amina: User, track: outcome.Track, step: outcome.Step
) -> None:
    row = record(Actor.staff(amina), about_a_suspect())
    closing = outcome.Closing.CONVICTED if step is outcome.Step.CLOSED else outcome.Closing.NONE
    if step in outcome.STEPS[track]:
        take_step(Actor.staff(amina), row, track, step, closing=closing)
        assert [(one.track, one.step) for one in selectors.steps(row)] == [(track, step)]
    else:
        with pytest.raises(ValueError, match="has these steps"):
            take_step(Actor.staff(amina), row, track, step, closing=closing)
