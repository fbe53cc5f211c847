"""Records as the API shows them."""

from collections import Counter
from typing import Any

from safecall.contacts.models import Assignment, Contact


def listed(contact: Contact) -> dict[str, Any]:
    """A contact without anything personal; its agency and answering point are joined already."""
    return {
        "id": contact.pk,
        "number": contact.number,
        "state": contact.state,
        "version": contact.version,
        "channel": contact.channel,
        "agency": contact.agency.code,
        "answering_point": contact.answering_point.code,
        "opened_at": contact.opened_at,
        "received_at": contact.received_at,
        "answered_at": contact.answered_at,
        "closed_at": contact.closed_at,
        "place": {
            "words": str(contact.place_words),
            "latitude": contact.latitude,
            "longitude": contact.longitude,
        },
        "incident_type": contact.incident_type,
        "priority": contact.priority,
        "language": contact.language,
        "source_number": contact.source_number,
        "disposition": contact.disposition,
    }


def contact(found: Contact) -> dict[str, Any]:
    """A contact with everything that is kept of it."""
    return {
        **listed(found),
        "callback": str(found.callback),
        "caller_name": str(found.caller_name),
        "concern": {
            "for_whom": found.for_whom,
            "who": str(found.concern_who),
            "where": str(found.concern_where),
        },
        "notes": [
            {
                "id": note.pk,
                "at": note.at,
                "by": note.author_label,
                "text": str(note.text),
                "removed": note.removed,
            }
            for note in found.notes.order_by("pk")
        ],
        "units": [
            assignment(one) for one in found.assignments.select_related("unit").order_by("pk")
        ],
    }


def assignment(one: Assignment) -> dict[str, Any]:
    """One unit's response."""
    return {
        "id": one.pk,
        "unit": one.unit.callsign,
        "status": one.status,
        "assigned_at": one.assigned_at,
        "enroute_at": one.enroute_at,
        "on_scene_at": one.on_scene_at,
        "ended_at": one.ended_at,
    }


def changed(found: Contact, removed: Counter[str] | None = None) -> dict[str, Any]:
    """A contact after an act on it."""
    return {
        "id": found.pk,
        "number": found.number,
        "state": found.state,
        "version": found.version,
        "removed": removed or {},
    }
