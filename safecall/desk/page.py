"""What the page of one contact shows."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string

from safecall import scripts
from safecall.contacts import selectors
from safecall.contacts.actions import load_draft
from safecall.contacts.models import AnsweringPoint, Contact, Unit
from safecall.contacts.selectors import ContactPage
from safecall.contacts.workflow import State
from safecall.desk import choices, fields, interpreting, showing
from safecall.desk.problems import Problem
from safecall.desk.requests import staff
from safecall.people.models import User
from safecall.people.permissions import may
from safecall.vocabulary import dispositions, incident_types
from safecall.vocabulary.unit_status import Primary

_ACTS = ("answer", "change", "note", "assign", "transfer", "close", "reopen")


def draft_key(contact: Contact) -> str:
    """Under which key the note that somebody types on this contact is kept."""
    return f"note-{contact.pk}"


def readable(user: User, contact: Contact) -> bool:
    """Who does not take calls (a records clerk) reads closed contacts alone."""
    return contact.state == State.CLOSED.value or may(user, "desk:change")


def parts(user: User, page: ContactPage) -> dict[str, Any]:
    """What others change while the page stands: state, notes, units, history."""
    contact = page.contact
    is_open = contact.state != State.CLOSED.value
    can = {act: may(user, f"desk:{act}") for act in _ACTS}
    can["unit_status"] = may(user, "desk:unit-status")
    can["refer"] = may(user, "desk:refer")
    can["interpreter"] = may(user, "desk:interpreter-ask")
    return {
        "contact": contact,
        "it": interpreting.panel(contact),
        "is_open": is_open,
        "can": can,
        "editable": is_open and can["change"],
        "type_label": showing.type_label(contact.incident_type),
        "disposition_label": dispositions.label(contact.disposition),
        "notes": list(reversed(page.notes)),
        "responses": [showing.response(one) for one in page.assignments],
        "lines": [(entry, showing.history_line(entry)) for entry in reversed(page.history)],
    }


def whole(
    request: HttpRequest,
    contact: Contact,
    typed: Mapping[str, Any] | None = None,
    problem: Problem | None = None,
) -> dict[str, Any]:
    """All that the page's template needs; `typed` is what could not be saved, shown again."""
    user = staff(request)
    page = selectors.contact_page(contact.pk)
    shown = fields.values(page.contact)
    filled = shown | {name: typed[name] for name in fields.INPUTS if typed and name in typed}
    note = (typed or {}).get("narrative")
    return {
        **parts(user, page),
        "inputs": {name: {"value": filled[name], "was": shown[name]} for name in fields.INPUTS},
        "note_text": load_draft(user, draft_key(page.contact)) if note is None else note,
        "note_key": draft_key(page.contact),
        "problem": problem,
        "types": choices.TYPES,
        "languages": choices.LANGUAGES,
        "dispositions": dispositions.BY_CODE,
        "free_units": Unit.objects.filter(primary_status=Primary.AVAILABLE.value).order_by(
            "callsign"
        ),
        "answering_points": AnsweringPoint.objects.exclude(
            pk=page.contact.answering_point_id
        ).order_by("name"),
        **script_parts(page.contact, request.GET.get("script", "en")),
    }


def script_parts(contact: Contact, language: str) -> dict[str, Any]:
    """All scripts and cards, of which the page shows one; so it changes without the network."""
    chosen = language if language in scripts.LANGUAGES else "en"
    return {
        "script_language": chosen,
        "script_languages": scripts.LANGUAGES,
        "script_now": scripts.for_incident_type(contact.incident_type, chosen),
        "all_scripts": [one for tag in scripts.LANGUAGES for one in scripts.scripts(tag)],
        "all_cards": [(tag, one) for tag in scripts.LANGUAGES for one in scripts.cards(tag)],
        "script_of_type": {
            kind.label: scripts.for_incident_type(code).id
            for code, kind in incident_types.BY_CODE.items()
        },
    }


def live_json(request: HttpRequest, contact: Contact) -> dict[str, Any]:
    """The parts that change, rendered, with the version and the fields' values."""
    page = selectors.contact_page(contact.pk)
    context = parts(staff(request), page)
    return {
        "version": page.contact.version,
        "state": page.contact.state,
        "number": page.contact.number or "",
        "interpreter": context["it"]["mark"],
        "values": fields.values(page.contact),
        "html": {
            name: render_to_string(f"desk/contact/{name}.html", context, request)
            for name in ("bar", "notes", "interpreter", "units", "history")
        },
    }
