"""Answers to acts: JSON for a page's script, a page or a redirect for a plain form."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render

from safecall.contacts.models import Contact
from safecall.desk import page
from safecall.desk.problems import ERRORS, Problem, problem
from safecall.desk.requests import by_script


def act_on(
    request: HttpRequest, contact_id: UUID, act: Callable[[Contact], dict[str, Any] | None]
) -> HttpResponse:
    """Do the act on the contact and answer; a problem loses nothing that was typed.

    What the act returns is added to the answer for a page's script.
    """
    contact = get_object_or_404(Contact, pk=contact_id)
    try:
        more = act(contact)
    except ERRORS as error:
        return refused(request, contact, problem(error))
    return done(request, contact, more)


def done(request: HttpRequest, contact: Contact, more: dict[str, Any] | None) -> HttpResponse:
    """The act is done."""
    if by_script(request):
        return JsonResponse(page.live_json(request, contact) | (more or {}))
    return redirect("desk:contact", contact.pk)


def refused(request: HttpRequest, contact: Contact, why: Problem) -> HttpResponse:
    """The act was not done; the page shows why, and all that was typed."""
    if by_script(request):
        return JsonResponse(why.as_json(), status=why.status)
    context = page.whole(request, contact, request.POST, why)
    return render(request, "desk/contact.html", context, status=why.status)
