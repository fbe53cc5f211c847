"""Arranging an interpreter from a contact: asking, dialling a line, the first word, the end."""

from collections.abc import Callable
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from safecall.contacts.actions import Actor, ActRefused
from safecall.contacts.models import Contact
from safecall.desk import interpreting, lookup, replies
from safecall.desk.requests import actor
from safecall.interpreting import actions
from safecall.interpreting.models import InterpreterRequest, Offer, Vendor

_NONE_OPEN: Final = "No interpreter is asked for on this contact. Ask for one first."


@require_POST
def ask(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """Ask for an interpreter of the contact's language; for what, and whom the caller wishes."""
    post = request.POST

    def act(found: Contact) -> None:
        second = lookup.language(post.get("second", ""))
        need = actions.Need(
            second=(second,) if second else (),
            purpose=post.get("purpose") or "dispatch",
            wish=post.get("wish", ""),
        )
        actions.request_interpreter(actor(request), found, need)

    return replies.act_on(request, contact_id, act)


def _first_word(who: Actor, found: InterpreterRequest, _post: Any) -> None:
    actions.first_word(who, found)


def _end(who: Actor, found: InterpreterRequest, _post: Any) -> None:
    actions.end(who, found)


def _cancel(who: Actor, found: InterpreterRequest, _post: Any) -> None:
    actions.cancel(who, found)


def _lost(who: Actor, found: InterpreterRequest, _post: Any) -> None:
    actions.lost(who, found)


def _consent(who: Actor, found: InterpreterRequest, _post: Any) -> None:
    actions.consent(who, found)


def _variety(who: Actor, found: InterpreterRequest, post: Any) -> None:
    actions.change_language(who, found, post.get("variety", ""), confirmed=True)


def _dial(who: Actor, found: InterpreterRequest, post: Any) -> None:
    actions.vendor_dialled(who, found, get_object_or_404(Vendor, pk=_number(post, "vendor")))


_STEPS: Final[dict[str, Callable[[Actor, InterpreterRequest, Any], None]]] = {
    "first_word": _first_word,
    "end": _end,
    "cancel": _cancel,
    "lost": _lost,
    "consent": _consent,
    "variety": _variety,
    "dial": _dial,
}


@require_POST
def step(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """One step of the open request; `step` names it."""

    def act(found: Contact) -> None:
        do = _STEPS.get(request.POST.get("step", ""))
        current = interpreting.latest(found)
        if do is None or current is None or current.ended_at:
            raise ActRefused(_NONE_OPEN)
        do(actor(request), current, request.POST)

    return replies.act_on(request, contact_id, act)


@require_POST
def offer(request: HttpRequest, contact_id: UUID) -> HttpResponse:
    """What became of one ring, as the call taker hears it; `answer` says what."""

    def act(found: Contact) -> None:
        ring = get_object_or_404(
            Offer.objects.select_related("request", "interpreter", "vendor"),
            pk=_number(request.POST, "offer"),
            request__contact=found,
        )
        _answered(actor(request), ring, request.POST.get("answer", ""))

    return replies.act_on(request, contact_id, act)


def _answered(who: Actor, ring: Offer, answer: str) -> None:
    if ring.vendor and answer == "dialled":
        actions.vendor_dialled(who, ring.request, ring.vendor)
    elif ring.vendor and answer == "failed":
        actions.vendor_failed(who, ring)
    elif answer == "accepted":
        told = actions.accept(who, ring)
        if not told.won:
            raise ActRefused(told.message)
    elif ring.interpreter and answer in ("declined", "refused"):
        actions.decline(who, ring, conflict="refused" if answer == "refused" else "")
    else:
        raise ActRefused("Choose what became of this call.")


def _number(post: Any, name: str) -> int | None:
    typed = post.get(name, "")
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


def board_context(_request: HttpRequest) -> dict[str, Any]:
    """The open requests, with a mark that changes when they do."""
    rows = interpreting.board()
    change = interpreting.board_mark([one.request for one in rows])
    return {"rows": rows, "change": change, "unseen": sum(one.unseen for one in rows)}


@require_http_methods(["GET", "HEAD", "POST"])
def board(request: HttpRequest) -> HttpResponse:
    """All requests that are open; a supervisor marks what they were told as seen."""
    if request.method == "POST":
        try:
            key = UUID(request.POST.get("request", ""))
        except ValueError:
            key = None
        actions.supervisor_seen(actor(request), get_object_or_404(InterpreterRequest, pk=key))
        return redirect("desk:interpreting")
    return render(request, "desk/interpreting.html", board_context(request))
