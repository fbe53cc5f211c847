"""Engagements: the list, the guided page, one engagement with its two tracks."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safecall.contacts.actions import ActRefused, InvalidField
from safecall.desk.engagements import listing, showing
from safecall.desk.engagements.asking import AskForm
from safecall.desk.problems import problem
from safecall.desk.requests import actor, staff
from safecall.engagements import actions, selectors
from safecall.engagements.models import Approval, Engagement, PolicyFinding
from safecall.people.models import User
from safecall.people.permissions import may
from safecall.vocabulary.engagements import occasion, outcome

_ERRORS: Final = (ActRefused, InvalidField)


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All engagements, by filters; for a supervisor first what waits."""
    said = listing.filters(request)
    rows, shown = listing.page_of(listing.chosen(said), request.GET.get("page", "1"))
    user = staff(request)
    supervises = user.role == User.Role.SUPERVISOR
    pages = list(selectors.unseen_findings(50)) if supervises else []
    context = {
        "rows": shown,
        "page": rows,
        "said": said,
        "pages": showing.findings_shown(pages),
        "asked": showing.asked(user),
        "granted": showing.granted(user),
        "is_supervisor": supervises,
        "may_import": may(user, "desk:engagement-import"),
        "years": selectors.years(),
        "directions": occasion.Direction.choices(),
        "authorities": occasion.Authority.choices(),
    }
    return render(request, "desk/engagements/list.html", context)


@require_safe
def engagement(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One engagement: both tracks, findings, approval, what was said and what was amended."""
    return _show(request, _root(pk))


def _root(pk: UUID) -> Engagement:
    found = get_object_or_404(Engagement, pk=pk)
    return found.amends or found


def _show(request: HttpRequest, root: Engagement, wrong: Exception | None = None) -> HttpResponse:
    told = problem(wrong) if wrong else None
    context = {
        **showing.page(root, staff(request)),
        "problem": told,
        "typed": request.POST if wrong else {},
    }
    return render(
        request, "desk/engagements/page.html", context, status=told.status if told else 200
    )


def _act(request: HttpRequest, pk: UUID, act: Callable[[Engagement], object]) -> HttpResponse:
    """Do it and show the engagement; where that was not possible, why, with what was typed."""
    root = _root(pk)
    try:
        act(root)
    except _ERRORS as error:
        return _show(request, root, error)
    return redirect("desk:engagement", root.pk)


@require_POST
def step(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A step on one of the tracks."""

    def act(root: Engagement) -> None:
        track = _code(outcome.Track, request.POST.get("track", ""), "step")
        closing = request.POST.get("closing", "")
        taken = _code(outcome.Step, request.POST.get("step", ""), "step")
        actions.take_step(
            actor(request),
            root,
            track,
            taken,
            at=_moment(request.POST.get("at", "")),
            closing=_code(
                outcome.Closing, closing if taken is outcome.Step.CLOSED else "", "closing"
            ),
        )

    return _act(request, pk, act)


def _code(kind: Any, value: str, field: str) -> Any:
    try:
        return kind(value)
    except ValueError:
        raise InvalidField(field, _("Choose one from the list.")) from None


def _moment(typed: str) -> datetime | None:
    if not typed:
        return None
    try:
        at = parse_datetime(typed)
    except ValueError:
        at = None
    if at is None:
        raise InvalidField("at", _("Write the time as year-month-day, hours:minutes."))
    return timezone.make_aware(at) if timezone.is_naive(at) else at


@require_POST
def approve(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Approve what is recorded, or refuse to."""
    return _act(request, pk, lambda root: actions.approve(actor(request), root, _answer(request)))


def _answer(request: HttpRequest) -> outcome.ApprovalState:
    yes = request.POST.get("answer") == "approved"
    return outcome.ApprovalState.APPROVED if yes else outcome.ApprovalState.REFUSED


@require_POST
def seen(request: HttpRequest, pk: int) -> HttpResponse:
    """A supervisor has seen a finding."""
    finding = get_object_or_404(PolicyFinding, pk=pk)
    actions.mark_seen(actor(request), finding)
    if request.POST.get("back") == "list":
        return redirect("desk:engagements")
    return redirect("desk:engagement", finding.engagement_id)


@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Ask for approval before anything happens."""
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.ask(actor(request), form.plan())
        return redirect("desk:engagements")
    status = 422 if request.method == "POST" else 200
    return render(request, "desk/engagements/ask.html", {"form": form}, status=status)


@require_POST
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A supervisor's answer to what was asked before."""
    asked = get_object_or_404(Approval, pk=pk)
    try:
        actions.answer(actor(request), asked, _answer(request))
    except _ERRORS as error:
        return render(
            request, "desk/engagements/refused.html", {"problem": problem(error)}, status=409
        )
    return redirect("desk:engagements")
