"""Sending units, and following them. Help waits for nothing else here."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from safecall.contacts.actions.base import Actor, ActRefused, acting, finish
from safecall.contacts.models import Assignment, Contact, Unit
from safecall.contacts.workflow import Act
from safecall.vocabulary.unit_status import ENDED, LABELS, NEXT, Primary, Step

_TIME = {
    Step.ENROUTE: "enroute_at",
    Step.ON_SCENE: "on_scene_at",
    Step.CLEARED: "ended_at",
    Step.CANCELLED: "ended_at",
}


def assign_unit(actor: Actor, contact: Contact, unit: Unit) -> Assignment:
    """Assign the unit. Raises `ActRefused` where it is already on a contact."""
    with acting(contact, Act.ASSIGN) as current:
        locked = Unit.objects.select_for_update().get(pk=unit.pk)
        try:
            with transaction.atomic():
                assignment = Assignment.objects.create(
                    contact=current, unit=locked, assigned_at=timezone.now()
                )
        except IntegrityError:
            raise ActRefused(
                f"Unit {locked.callsign} is already on a contact. Clear it there first."
            ) from None
        locked.primary_status = Primary.NOT_AVAILABLE.value
        locked.save(update_fields=["primary_status"])
        finish(current, actor, Act.ASSIGN, data={"unit": locked.callsign})
    return assignment


def set_unit_status(actor: Actor, assignment: Assignment, status: str) -> Assignment:
    """Take the unit to its next step. Raises `ActRefused` where that step cannot follow."""
    with acting(assignment.contact, Act.UNIT_STATUS) as current:
        response = (
            Assignment.objects.select_for_update(of=("self",))
            .select_related("unit")
            .get(pk=assignment.pk)
        )
        step = _next_step(response, status)
        response.status = step.value
        setattr(response, _TIME[step], timezone.now())
        response.save()
        if step in ENDED:
            Unit.objects.filter(pk=response.unit_id).update(primary_status=Primary.AVAILABLE.value)
        finish(
            current,
            actor,
            Act.UNIT_STATUS,
            data={"unit": response.unit.callsign, "status": step.value},
        )
    return response


def _next_step(response: Assignment, status: str) -> Step:
    allowed = NEXT[Step(response.status)]
    try:
        step = Step(status)
    except ValueError:
        step = None
    if step is None or step not in allowed:
        named = ", ".join(sorted(LABELS[choice] for choice in allowed)) or "none, it has ended"
        raise ActRefused(
            f"Unit {response.unit.callsign} is {LABELS[Step(response.status)].lower()}. "
            f"Possible next steps: {named}."
        )
    return step
