"""The directory of offices that help, kept by a records clerk or a supervisor."""

import base64
import binascii
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safecall.contacts.actions import ActRefused, InvalidField
from safecall.desk import directory
from safecall.desk.problems import guard_is_down
from safecall.desk.requests import actor
from safecall.guard import GuardUnavailable
from safecall.referrals import selectors
from safecall.referrals.actions import confirm, keep_service
from safecall.referrals.hsds.bring import bring, preview
from safecall.referrals.models import Service

#: A file travels in the page between preview and import, so that nothing half-checked is stored.
MOST_BYTES: Final = 600_000
FIGURES_DAYS: Final = 90


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """What is to be confirmed, all services, and what became of referrals lately."""
    today = timezone.localdate()
    tomorrow = today + timedelta(days=1)
    waiting = selectors.to_confirm()
    context = {
        "waiting": waiting,
        # What one key confirms: who has no number cannot have been asked.
        "first": next((one.pk for one in waiting if one.phones.all()), None),
        "lines": directory.lines(),
        "figures": selectors.figures(tomorrow - timedelta(days=FIGURES_DAYS), tomorrow),
        "days": FIGURES_DAYS,
        "today": today,
    }
    return render(request, "desk/directory/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def service(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Enter a service, or change it; its chain as text."""
    one = get_object_or_404(Service.objects.select_related("organization"), pk=pk) if pk else None
    sent = request.POST or None
    form = directory.ServiceForm(sent, initial=directory.values(one) if one else None, own=pk)
    if sent and form.is_valid() and _kept(request, form, one):
        return redirect("desk:directory")
    context = {
        "form": form,
        "service": one,
        "chain": directory.drawn(one) if one and one.active else "",
        "past": one.past_numbers.all() if one else [],
    }
    return render(request, "desk/directory/service.html", context, status=422 if sent else 200)


def _kept(request: HttpRequest, form: directory.ServiceForm, one: Service | None) -> bool:
    typed = form.cleaned_data
    try:
        data = directory.data(typed, one)
        seen = directory.seen(typed)
        keep_service(actor(request), data, confirmed=typed["confirmed"], seen=seen)
    except InvalidField as error:
        directory.tell(form, error)
        return False
    except ActRefused as error:
        form.add_error(None, error.message)
        return False
    except GuardUnavailable:
        form.add_error(None, guard_is_down())
        return False
    return True


@require_POST
def confirmed(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The office was asked today, and what stands there is right."""
    confirm(actor(request), get_object_or_404(Service, pk=pk))
    return redirect("desk:directory")


@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: HttpRequest) -> HttpResponse:
    """An HSDS file: checked service by service, shown, and kept when somebody says so."""
    template = "desk/directory/import.html"
    if request.method != "POST":
        return render(request, template)
    content = _content(request)
    context: dict[str, Any] = {}
    if content is None:
        context["message"] = (
            f"Choose a JSON or zip file of at most {MOST_BYTES // 1000} kB. "
            "A larger one goes in with: safecall referrals import FILE"
        )
        return render(request, template, context, status=422)
    try:
        found = preview(content)
        if "keep" in request.POST and not found.faults and not bring(content).faults:
            return redirect("desk:directory")
    except GuardUnavailable:
        context["message"] = guard_is_down()
        return render(request, template, context, status=503)
    context |= {"preview": found, "content": base64.b64encode(content).decode()}
    return render(request, template, context, status=422 if found.faults else 200)


def _content(request: HttpRequest) -> bytes | None:
    """The file, or the one that the preview sends back; None where there is none, or too much."""
    upload = request.FILES.get("file")
    if upload is not None:
        return upload.read() if 0 < (upload.size or 0) <= MOST_BYTES else None
    try:
        content = base64.b64decode(request.POST.get("content", ""), validate=True)
    except binascii.Error:
        return None
    return content if 0 < len(content) <= MOST_BYTES else None
