"""Answering, handing over, closing and reopening a contact."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from safecall.contacts import actions
from safecall.contacts.models import Contact
from safecall.desk import lookup, replies
from safecall.desk.requests import actor
from safecall.interpreting.actions import request_if_needed


@require_POST
def answer(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Answer a contact that rings or waits to be read."""

    def act(found: Contact) -> None:
        answered = actions.answer(actor(request), found)
        request_if_needed(actor(request), answered)

    return replies.act_on(request, contact_id, act)


@require_POST
def transfer(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Hand the contact to another answering point."""

    def act(found: Contact) -> None:
        point = lookup.answering_point(request.POST.get("answering_point", ""))
        actions.transfer(actor(request), found, point)

    return replies.act_on(request, contact_id, act)


@require_POST
def close(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Close the contact with a disposition."""

    def act(found: Contact) -> None:
        code = lookup.disposition(request.POST.get("disposition", ""))
        actions.close(actor(request), found, code)

    return replies.act_on(request, contact_id, act)


@require_POST
def reopen(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Open a closed contact again."""

    def act(found: Contact) -> None:
        actions.reopen(actor(request), found)

    return replies.act_on(request, contact_id, act)
