"""The queue of open contacts."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safecall.contacts import selectors
from safecall.contacts.workflow import State
from safecall.desk import showing
from safecall.desk.requests import staff
from safecall.people.permissions import may
from safecall.vocabulary.languages import label


def context(request: HttpRequest) -> dict[str, Any]:
    """The open contacts as rows. The change id is read first: what comes later is shown twice
    rather than never.
    """
    last = selectors.last_change_id()
    queue = selectors.open_queue()
    rows = [
        {
            "contact": contact,
            "type_label": showing.type_label(contact.incident_type),
            "place": showing.place_label(contact),
            "responses": showing.active_responses(contact),
            "language": label(contact.language) if contact.language not in ("", "en") else "",
            "rings": contact.state == State.RECEIVED.value,
        }
        for contact in queue.contacts
    ]
    unnumbered = any(contact.number is None for contact in queue.contacts)
    return {
        "rows": rows,
        "more": queue.more,
        "ringing": sum(bool(row["rings"]) for row in rows),
        # A number comes some milliseconds after the opening, and is no change of its own.
        "change": -1 if unnumbered else last,
        "can_answer": may(staff(request), "desk:answer"),
        "can_open": may(staff(request), "desk:new"),
    }


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Open contacts, most urgent first; the page keeps itself up to date."""
    return render(request, "desk/queue.html", context(request))
