"""Recording: nothing is refused for what it says, nothing is edited, the ledger counts it."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from safecall.contacts.actions import Actor, ActRefused, InvalidField
from safecall.contacts.models import Contact
from safecall.engagements import selectors
from safecall.engagements.actions import amend, record
from safecall.engagements.facts import Predicate, TaskForce
from safecall.engagements.models import Engagement
from safecall.engagements.models.unchanging import Unchanging
from safecall.ledger.models import LedgerRow
from safecall.people.models import User
from safecall.vocabulary.engagements import occasion, outcome
from tests.engagements.said import about_a_suspect, detainer, in_a_task_force

_Kind = LedgerRow.Kind


def test_what_was_said_is_read_back_as_it_was(amina: User) -> None:
    for facts in (about_a_suspect(), detainer(), in_a_task_force()):
        row = record(Actor.staff(amina), facts)
        assert selectors.facts(Engagement.objects.get(pk=row.pk)) == facts


def test_numbers_run_by_year_of_the_event(amina: User) -> None:
    actor = Actor.staff(amina)
    past = datetime(2019, 12, 31, 23, 30, tzinfo=timezone.get_current_timezone())
    rows = [record(actor, about_a_suspect(at)) for at in (past, past, past + timedelta(hours=1))]
    assert [str(row) for row in rows] == ["E-2019-0001", "E-2019-0002", "E-2020-0001"]
    assert selectors.by_number("e-2019-0002") == rows[1]
    assert selectors.by_number("E-2019-9") is None
    assert selectors.by_number("E-2019") is None


def test_a_record_is_a_row_of_the_ledger_without_its_day(amina: User, contact: Contact) -> None:
    at = datetime(2026, 10, 17, 15, 0, tzinfo=UTC)
    row = record(Actor.staff(amina), about_a_suspect(at), contact=contact)
    leaf = LedgerRow.objects.get(kind=_Kind.ENGAGEMENT)
    assert leaf.subject == row.pk
    assert f"{leaf.day}" == "2026-10-17"
    assert leaf.record is not None
    assert leaf.record["month"] == "2026-10"
    assert leaf.record["authority"] == "CBP_USBP"
    assert leaf.record["investigation_continues"] is True
    said = json.dumps(leaf.record)
    for hidden in ("2026-10-17", "15:00", "609.52", str(contact.pk), "Amina"):
        assert hidden not in said
    assert contact.history.filter(data={"engagement": row.number}).count() == 1


def test_a_declined_request_is_counted_as_declined_too(amina: User) -> None:
    row = record(Actor.staff(amina), detainer())
    assert LedgerRow.objects.filter(kind=_Kind.ENGAGEMENT, subject=row.pk).count() == 1
    declined = LedgerRow.objects.get(kind=_Kind.REQUEST_DECLINED)
    assert declined.record == {
        "month": f"{timezone.localtime(row.happened_at):%Y-%m}",
        "number": row.number,
        "request_types": ["detainer_hold"],
        "decline_reason": "no_judicial_instrument",
    }


def test_a_request_that_is_declined_later_is_counted_as_declined_once(amina: User) -> None:
    actor = Actor.staff(amina)
    row = record(actor, detainer(decision=outcome.Decision.PENDING))
    declined = LedgerRow.objects.filter(kind=_Kind.REQUEST_DECLINED)
    assert not declined.exists()
    amend(actor, row, detainer(row.happened_at))
    assert declined.get().day == timezone.localdate(row.happened_at)
    amend(actor, row, detainer(row.happened_at, subject_count=2))
    assert declined.count() == 1


def test_an_amendment_is_a_row_of_its_own(amina: User, sofia: User) -> None:
    first = record(Actor.staff(amina), about_a_suspect())
    said = selectors.facts(first)
    later = amend(Actor.staff(sofia), first, about_a_suspect(first.happened_at, subject_count=2))
    assert (later.number, later.version, later.amends) == (first.number, 2, first)
    assert selectors.facts(Engagement.objects.get(pk=first.pk)) == said
    assert [one.subject_count for one in selectors.standing()] == [2]
    third = amend(Actor.staff(sofia), later, about_a_suspect(first.happened_at, subject_count=3))
    assert (third.version, third.amends) == (3, first)
    assert list(selectors.standing()) == [third]
    # Counted once; what was corrected is told.
    assert LedgerRow.objects.filter(kind=_Kind.ENGAGEMENT).count() == 1
    assert LedgerRow.objects.filter(kind=_Kind.CORRECTION).count() == 2
    with pytest.raises(ActRefused, match="Nothing is different"):
        amend(Actor.staff(sofia), first, selectors.facts(third))


def test_nothing_is_edited_or_deleted(amina: User) -> None:
    row = record(Actor.staff(amina), about_a_suspect())
    row.subject_count = 7
    for change in (
        row.save,
        row.delete,
        lambda: Engagement.objects.update(subject_count=7),
        lambda: Engagement.objects.all().delete(),
    ):
        with pytest.raises(Unchanging):
            change()
    assert Engagement.objects.get().subject_count == 1


def test_a_repeated_call_records_once(amina: User) -> None:
    actor, facts = Actor.staff(amina), about_a_suspect()
    first = record(actor, facts)
    assert record(actor, facts, record_id=first.pk).pk == first.pk
    assert Engagement.objects.count() == 1


def test_the_future_cannot_be_recorded(amina: User) -> None:
    tomorrow = timezone.now() + timedelta(days=1)
    with pytest.raises(InvalidField, match="future"):
        record(Actor.staff(amina), about_a_suspect(tomorrow))


@pytest.mark.parametrize(
    "offense_code", ["theft", "609.52 by Juan", "undocumented", "A012345678", "609.52;x"]
)
def test_an_offence_is_a_number_and_holds_no_word(amina: User, offense_code: str) -> None:
    facts = about_a_suspect(predicate=Predicate(offense_code, occasion.OffenseLevel.FELONY))
    with pytest.raises(InvalidField, match=r"609\.52 or 13A"):
        record(Actor.staff(amina), facts)


def test_an_immigration_offence_has_no_code_here(amina: User) -> None:
    row = record(Actor.staff(amina), about_a_suspect(predicate=Predicate("30B")))
    assert row.offense_code == ""
    assert row.offense_level == occasion.OffenseLevel.IMMIGRATION_ONLY


def test_an_amendment_says_the_task_force_anew_and_the_first_record_stays(amina: User) -> None:
    actor = Actor.staff(amina)
    row = record(actor, in_a_task_force())
    said = selectors.facts(row)
    other = replace(
        said.task_force,
        purpose=occasion.TaskForcePurpose.IMMIGRATION,
        agencies=frozenset({occasion.Agency.ICE_ERO}),
    )
    later = amend(actor, row, replace(said, task_force=other))
    assert selectors.facts(Engagement.objects.get(pk=row.pk)) == said
    assert selectors.facts(selectors.latest(row)).task_force == other
    assert {one.kind for one in later.task_force_agencies.all()} == {"ICE_ERO"}
    for one in (row, later):
        with pytest.raises(Unchanging):
            one.task_force_agencies.all().delete()
    found = row.policy_findings.filter(settled_at=None).values_list("code", flat=True)
    assert "TASK_FORCE_ABOUT_IMMIGRATION" in found


@pytest.mark.parametrize("missing", ["code", "purpose", "agencies"])
def test_a_task_force_that_is_said_in_part_is_recorded(amina: User, missing: str) -> None:
    """Record first: what is missing shows in the form, and is no reason to refuse."""
    whole = in_a_task_force()
    empty = getattr(TaskForce(), missing)
    part = replace(whole, task_force=replace(whole.task_force, **{missing: empty}))
    row = record(Actor.staff(amina), part)
    assert selectors.facts(Engagement.objects.get(pk=row.pk)) == part
