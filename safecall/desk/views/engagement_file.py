"""Engagements of the past from a spreadsheet: checked, shown, and recorded on somebody's word."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from safecall.desk.engagements import showing
from safecall.desk.problems import guard_is_down
from safecall.desk.requests import actor
from safecall.desk.uploads import MOST_BYTES, content, packed
from safecall.engagements import file
from safecall.guard import GuardUnavailable


@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: HttpRequest) -> HttpResponse:
    """Preview first; nothing is recorded before somebody has seen what would be."""
    page = "desk/engagements/import.html"
    context: dict[str, Any] = {"columns": file.COLUMNS.items()}
    if request.method != "POST":
        return render(request, page, context)
    sent = content(request)
    if sent is None:
        context["message"] = _(
            "Choose a CSV file of at most %(size)s kB. "
            "A larger one goes in with: safecall engagements import FILE"
        ) % {"size": MOST_BYTES // 1000}
        return render(request, page, context, status=422)
    try:
        preview = file.read(sent)
        if "keep" in request.POST and not preview.faults:
            file.keep(actor(request), preview)
            return redirect("desk:engagements")
    except GuardUnavailable:
        context["message"] = guard_is_down()
        return render(request, page, context, status=503)
    context |= {
        "preview": preview,
        "shown": [showing.said(one.facts) for one in preview.new[:200]],
        "content": packed(sent),
    }
    return render(request, page, context, status=422 if preview.faults else 200)


@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    """A file to start from."""
    return HttpResponse(
        file.template(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="engagements.csv"'},
    )
