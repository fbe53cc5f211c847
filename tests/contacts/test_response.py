"""Units and their steps."""

import pytest

from safecall.contacts import actions
from safecall.contacts.actions import Actor, ActRefused, ContactOpening
from safecall.contacts.models import AnsweringPoint, Contact, Unit
from safecall.people.models import User


def test_a_response_from_assignment_to_clear(contact: Contact, dan: User, unit_12: Unit) -> None:
    actor = Actor.staff(dan)
    assignment = actions.assign_unit(actor, contact, unit_12)
    assert Unit.objects.get(pk=unit_12.pk).primary_status == "NotAvailable"
    for step in ("EnRoute", "OnScene", "Cleared"):
        assignment = actions.set_unit_status(actor, assignment, step)
    assert assignment.enroute_at
    assert assignment.on_scene_at
    assert assignment.ended_at
    assert Unit.objects.get(pk=unit_12.pk).primary_status == "Available"


def test_a_unit_is_on_one_contact_at_a_time(
    contact: Contact, dan: User, unit_12: Unit, answering_point: AnsweringPoint
) -> None:
    actor = Actor.staff(dan)
    other = actions.open_contact(actor, ContactOpening("911", answering_point)).contact
    actions.assign_unit(actor, contact, unit_12)
    with pytest.raises(ActRefused, match="Unit 12 is already on a contact"):
        actions.assign_unit(actor, other, unit_12)


@pytest.mark.parametrize("step", ["Assigned", "OnFire", ""])
def test_a_step_that_cannot_follow_is_refused_with_those_that_can(
    step: str, contact: Contact, dan: User, unit_12: Unit
) -> None:
    actor = Actor.staff(dan)
    assignment = actions.assign_unit(actor, contact, unit_12)
    with pytest.raises(ActRefused, match="On the way"):
        actions.set_unit_status(actor, assignment, step)
