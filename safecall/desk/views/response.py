"""Units: who is free, who is where, who goes."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from safecall.contacts import actions, selectors
from safecall.contacts.models import Assignment, Contact, Unit
from safecall.desk import lookup, replies, showing
from safecall.desk.requests import actor, staff
from safecall.people.permissions import may
from safecall.vocabulary.unit_status import Primary


@require_POST
def assign(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Send a unit."""

    def act(found: Contact) -> None:
        unit = lookup.unit(request.POST.get("unit", ""), Unit.objects.all())
        actions.assign_unit(actor(request), found, unit)

    return replies.act_on(request, contact_id, act)


@require_POST
def unit_status(request: HttpRequest, assignment_id: int) -> HttpResponse:
    """Take a unit to its next step."""
    assignment = get_object_or_404(Assignment.objects.select_related("contact"), pk=assignment_id)

    def act(_found: Contact) -> None:
        actions.set_unit_status(actor(request), assignment, request.POST.get("status", ""))

    return replies.act_on(request, assignment.contact_id, act)


def context(request: HttpRequest) -> dict[str, Any]:
    """All units, the free ones first, with the contact that each is on."""
    last = selectors.last_change_id()
    rows: list[dict[str, Any]] = []
    for unit in selectors.units():
        active = showing.active_responses(unit)
        now = active[0] if active else None
        rows.append(
            {
                "unit": unit,
                "free": unit.primary_status == Primary.AVAILABLE.value,
                "response": now,
                "type_label": showing.type_label(now.assignment.contact.incident_type)
                if now
                else "",
                "place": showing.place_label(now.assignment.contact) if now else "",
            }
        )
    rows.sort(key=lambda row: (not row["free"], row["unit"].callsign))
    return {
        "rows": rows,
        "free": sum(bool(row["free"]) for row in rows),
        "change": last,
        "can_set": may(staff(request), "desk:unit-status"),
    }


@require_safe
def units(request: HttpRequest) -> HttpResponse:
    """The units board; it keeps itself up to date."""
    return render(request, "desk/units.html", context(request))
