"""What is being told: screened while it is typed, kept as a draft, added as a note."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from safecall import guard
from safecall.contacts import actions
from safecall.contacts.models import Contact
from safecall.desk import page, replies
from safecall.desk.problems import ERRORS, problem
from safecall.desk.requests import actor

_LIMIT = 20_000
_SENT = "desk_notes_sent"
_REMEMBERED = 50


@require_POST
def screen(request: HttpRequest) -> HttpResponse:
    """What the guard finds in the text, with offsets in code points of the text as it was sent.

    With `save`, the screened text is also kept as the person's draft for the contact.
    """
    text = request.POST.get("text", "")[: _LIMIT + 1]
    try:
        found = guard.screen(text).findings
        saved = _keep_draft(request, text) if "save" in request.POST else False
    except ERRORS as error:
        why = problem(error)
        return JsonResponse(why.as_json(), status=why.status)
    return JsonResponse(
        {
            "findings": [
                {"kind": str(one.kind), "start": one.start, "end": one.end, "removed": one.removed}
                for one in found
            ],
            "saved": saved,
        }
    )


def _keep_draft(request: HttpRequest, text: str) -> bool:
    contact = get_object_or_404(Contact, pk=_uuid(request.POST.get("contact", "")))
    actions.save_draft(actor(request), contact, page.draft_key(contact), text)
    return True


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Drop the draft of a note."""
    contact = get_object_or_404(Contact, pk=_uuid(request.POST.get("contact", "")))
    actions.drop_draft(actor(request), page.draft_key(contact))
    return JsonResponse({"saved": False})


@require_POST
def note(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Add the note. Sent again with the same `once`, it is not added again."""
    once = request.POST.get("once", "")[:40]
    sent: list[str] = request.session.get(_SENT, [])

    def act(found: Contact) -> dict[str, Any]:
        if once and once in sent:
            return {"removed": 0}
        added = actions.add_note(
            actor(request),
            found,
            request.POST.get("narrative", ""),
            draft_key=page.draft_key(found),
        )
        if once:
            request.session[_SENT] = [*sent, once][-_REMEMBERED:]
        return {"removed": sum(one.removed for one in added.screened.findings)}

    return replies.act_on(request, contact_id, act)
