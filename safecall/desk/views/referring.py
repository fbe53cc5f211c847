"""An immigration question on a contact."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.views.decorators.http import require_http_methods

from safecall.contacts.actions import InvalidField
from safecall.contacts.models import Contact
from safecall.desk import page, referring, replies
from safecall.desk.problems import problem
from safecall.desk.requests import by_script

_PANEL = "desk/contact/referral.html"


@require_http_methods(["GET", "HEAD", "POST"])
def refer(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """The services to name; sent, the caller was told of one (`told`), or gets it as a text
    (`text`, to `number`)."""
    contact = get_object_or_404(Contact, pk=contact_id)
    if request.method != "POST":
        return _shown(request, contact, referring.panel(contact))
    texted = request.POST.get("text", "")
    number = request.POST.get("number", "")
    try:
        done = referring.told(
            contact, texted or request.POST.get("told", ""), number if texted else None
        )
    except InvalidField as error:
        return replies.refused(request, contact, problem(error))
    # A number that was used is shown no more; one that did not work stays to be put right.
    left = number if done.problem else ""
    return _shown(request, contact, referring.panel(contact, done, left))


def _shown(request: HttpRequest, contact: Contact, panel: referring.Panel) -> HttpResponse:
    context = {"refer": panel, "contact": contact}
    if not by_script(request):
        whole = page.whole(request, contact) | context
        response = render(request, "desk/contact.html", whole)
    elif request.method == "POST":
        answer = page.live_json(request, contact)
        answer["html"]["referral"] = render_to_string(_PANEL, context, request)
        response = JsonResponse(answer)
    else:
        response = render(request, _PANEL, context)
    response.headers["Cache-Control"] = "no-store"
    return response
