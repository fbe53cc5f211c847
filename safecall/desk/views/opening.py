"""Opening a contact by hand."""

from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from safecall.contacts.actions import (
    ActRefused,
    ContactOpening,
    open_contact,
)
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.desk import choices, fields, lookup
from safecall.desk.problems import ERRORS, Problem, problem
from safecall.desk.requests import actor, by_script


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A short form of which nothing must be filled in: Enter opens the contact.

    The form carries the new contact's id, so that sending it again opens none twice.
    """
    if request.method != "POST":
        return render(request, "desk/new.html", _context(request, None))
    key = _id(request)
    known = Contact.objects.filter(pk=key).first() if key else None
    if known is not None:
        return _opened(request, known)
    try:
        opened = open_contact(actor(request), _opening(request))
    except ERRORS as error:
        why = problem(error)
        if by_script(request):
            return JsonResponse(why.as_json(), status=why.status)
        return render(request, "desk/new.html", _context(request, why), status=why.status)
    return _opened(request, opened.contact, opened.not_kept)


def _opening(request: HttpRequest) -> ContactOpening:
    post = request.POST
    return ContactOpening(
        channel=post.get("channel", ""),
        answering_point=_answering_point(post.get("answering_point", "")),
        answered=True,
        place=fields.place(post),
        callback=post.get("callback", ""),
        incident_type=lookup.incident_type(post.get("incident_type", "")),
        id=_id(request),
    )


def _answering_point(code: str) -> AnsweringPoint:
    """The one that was chosen, or the first: a form sent in a hurry opens all the same."""
    if code:
        return lookup.answering_point(code)
    first = AnsweringPoint.objects.select_related("agency").order_by("pk").first()
    if first is None:
        raise ActRefused("No answering point is set up yet. Ask your administrator to add one.")
    return first


def _id(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.POST.get("id", ""))
    except ValueError:
        return None


def _opened(request: HttpRequest, contact: Contact, not_kept: tuple[str, ...] = ()) -> HttpResponse:
    address = reverse("desk:contact", args=[contact.pk])
    if by_script(request):
        return JsonResponse({"redirect": address, "not_kept": list(not_kept)})
    return HttpResponseRedirect(address)


def _context(request: HttpRequest, why: Problem | None) -> dict[str, Any]:
    typed = request.POST if request.method == "POST" else {}
    return {
        "problem": why,
        "typed": typed,
        "id": typed.get("id") or str(uuid4()),
        "channel": typed.get("channel") or Contact.Channel.EMERGENCY.value,
        "channels": Contact.Channel.choices,
        "answering_points": AnsweringPoint.objects.order_by("pk"),
        "types": choices.TYPES,
    }
