"""The page of one contact, and the change of its fields."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from safecall.contacts import actions
from safecall.contacts.models import Contact
from safecall.desk import fields, page, replies
from safecall.desk.requests import actor, staff
from safecall.guard import GuardUnavailable
from safecall.interpreting.actions import request_if_needed


@require_safe
def contact(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Fields, script, notes and units of one contact."""
    found = get_object_or_404(Contact, pk=contact_id)
    if not page.readable(staff(request), found):
        raise Http404
    return render(request, "desk/contact.html", page.whole(request, found))


@require_POST
def change(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Save the fields that differ from what the page showed."""

    def act(found: Contact) -> dict[str, Any]:
        groups = fields.changed_groups(request.POST)
        try:
            changed = _save(request, found, groups)
        except GuardUnavailable:
            # Help does not wait for the guard: what is no text is saved all the same.
            coded = [group for group in groups if group in fields.CODED]
            if coded:
                saved = _save(request, found, coded)
                if "language" in saved.fields:
                    request_if_needed(actor(request), saved.contact)
            raise
        if "language" in changed.fields:
            request_if_needed(actor(request), changed.contact)
        return {"saved": groups, "removed": len(changed.removed)}

    return replies.act_on(request, contact_id, act)


def _save(request: HttpRequest, found: Contact, groups: list[str]) -> actions.Changed:
    changes = fields.read(request.POST, groups)
    return actions.change(actor(request), found, changes, _version(request))


def _version(request: HttpRequest) -> int | None:
    typed = request.POST.get("version", "")
    return int(typed) if typed.isascii() and typed.isdigit() else None
