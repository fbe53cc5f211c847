"""What people say of the police: a supervisor sees who says they were asked, and settles
complaints."""

from typing import Any, Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from safecall.contacts.actions import ActRefused, InvalidField
from safecall.desk.requests import actor
from safecall.feedback import actions, selectors
from safecall.feedback.models import Answers, Complaint

#: Months of answers that the page shows.
MONTHS: Final = 12


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest) -> HttpResponse:
    """Who says that they were asked, open complaints, and the answers of the last months."""
    if request.method == "POST":
        key = _uuid(request.POST.get("answers", ""))
        actions.mark_seen(actor(request), get_object_or_404(Answers, pk=key))
        return redirect("desk:feedback")
    today = timezone.localdate()
    first = today.replace(year=today.year - 1, day=1)
    context = {
        "asked": list(selectors.unseen_asked()[: selectors.MOST]),
        "complaints": selectors.open_complaints(),
        "settled": selectors.settled_lately(),
        "months": selectors.answers_by_month(first, today)[-MONTHS:][::-1],
    }
    return render(request, "desk/feedback/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def complaint(request: HttpRequest, pk: int) -> HttpResponse:
    """One complaint: what was said, what was done, and what can be done now."""
    found = get_object_or_404(Complaint, pk=pk)
    context: dict[str, Any] = {"outcomes": Complaint.Outcome.choices}
    if request.method == "POST":
        try:
            _act(request, found)
        except (ActRefused, InvalidField) as error:
            context["message"] = error.message
        else:
            return redirect("desk:complaint", pk=pk)
    context |= {
        "complaint": Complaint.objects.get(pk=pk),
        "words": found.words.order_by("id"),
        "steps": found.steps.order_by("id"),
    }
    status = 422 if "message" in context else 200
    return render(request, "desk/feedback/complaint.html", context, status=status)


def _act(request: HttpRequest, found: Complaint) -> None:
    """What the button that was pressed asks for. Raises `ActRefused` and `InvalidField`."""
    match request.POST.get("act"):
        case "look":
            actions.look_at(actor(request), found)
        case "settle":
            actions.settle(actor(request), found, request.POST.get("outcome", ""))
        case "reopen":
            actions.reopen(actor(request), found)
        case _:
            raise ActRefused(_("Press one of the buttons."))


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise Http404 from None
