"""What pages ask every second: has anything changed?"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from safecall.contacts import selectors
from safecall.contacts.models import Contact
from safecall.desk import interpreting as showing
from safecall.desk import nav, page
from safecall.desk.requests import staff
from safecall.desk.views import interpreting, queue, response, supervisor
from safecall.people.permissions import may

_VIEWS = {
    "queue": ("desk/queue_rows.html", queue.context),
    "units": ("desk/units_rows.html", response.context),
    "wall": ("desk/wall_figures.html", supervisor.wall_context),
    "interpreting": ("desk/interpreting_rows.html", interpreting.board_context),
}


@require_safe
def changes(request: HttpRequest) -> HttpResponse:
    """204 while nothing has changed since `after`; else the page's part that changes.

    With `contact`, since its `version`, as JSON.
    """
    contact_id = request.GET.get("contact")
    if contact_id:
        return _contact(request, contact_id)
    name = request.GET.get("view", "queue")
    if name not in _VIEWS or not may(staff(request), f"desk:{name}"):
        return HttpResponse(status=404)
    if request.GET.get("after", "") == _mark(name):
        return HttpResponse(status=204)
    template, context = _VIEWS[name]
    return render(request, template, context(request))


@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """What waits for a supervisor, for the counts in the header."""
    return JsonResponse({"waiting": nav.waiting(staff(request))})


def _mark(view: str) -> str:
    """What the view's page has as long as nothing has changed."""
    if view == "interpreting":
        return showing.board_mark(showing.open_requests())
    return str(selectors.last_change_id())


def _contact(request: HttpRequest, contact_id: str) -> HttpResponse:
    try:
        key = UUID(contact_id)
    except ValueError:
        return HttpResponse(status=404)
    contact = get_object_or_404(
        Contact.objects.only("id", "version", "year", "serial", "state"), pk=key
    )
    if not page.readable(staff(request), contact):
        raise Http404
    same = (
        (contact.number or "") == request.GET.get("number", "")
        and _number(request, "version") == contact.version
        # A ring that nobody answered changes the request for an interpreter alone.
        and showing.mark(showing.latest(contact)) == request.GET.get("interpreter", "")
    )
    if same:
        return HttpResponse(status=204)
    return JsonResponse(page.live_json(request, contact))


def _number(request: HttpRequest, name: str) -> int | None:
    try:
        return int(request.GET.get(name, ""))
    except ValueError:
        return None
