"""Notes that mention an immigration authority: a supervisor settles each."""

from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from safecall.contacts.actions import ActRefused
from safecall.contacts.models import Note
from safecall.desk.requests import actor
from safecall.engagements import mentioned, selectors
from safecall.engagements.actions import settle_as_nothing, settle_as_record
from safecall.vocabulary.engagements.outcome import Settled

_REASONS: Final = frozenset(one.value for one in Settled)


@require_http_methods(["GET", "HEAD", "POST"])
def mentions(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first; each is settled with a reason, or by a record."""
    if request.method != "POST":
        return _page(request)
    typed = request.POST.get("note", "")
    key = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    note = get_object_or_404(Note, pk=key, mentions_authority=True)
    wrong = _settle(request, note)
    if wrong:
        return _page(request, {"wrong": note.pk, "message": wrong, "typed": request.POST})
    return redirect("desk:mentions")


def _settle(request: HttpRequest, note: Note) -> str:
    """Settle it; what to do where that was not possible, else nothing."""
    try:
        if "record" in request.POST:
            found = selectors.by_number(request.POST.get("number", ""))
            if found is None:
                return _("No record has this number. Write it as E-year-number, as E-2026-0001.")
            settle_as_record(actor(request), note, found)
            return ""
        reason = request.POST.get("reason", "")
        if reason not in _REASONS:
            return _("Choose why this is no engagement, or record one.")
        settle_as_nothing(actor(request), note, Settled(reason))
    except ActRefused as error:
        return error.message
    return ""


def _page(request: HttpRequest, more: dict[str, Any] | None = None) -> HttpResponse:
    context = {
        "waiting": mentioned.waiting(),
        "counts": mentioned.counts(),
        "reasons": Settled.choices(),
        **(more or {}),
    }
    return render(request, "desk/mentions.html", context, status=422 if more else 200)
