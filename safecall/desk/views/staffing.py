"""The staffing plan: how many interpreters each language needs on call."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from safecall.desk import coverage, staffing
from safecall.interpreting.staffing import showing


def _form(request: HttpRequest, found: staffing.Counted | None) -> staffing.AssumptionsForm:
    """What was typed, or what is usual."""
    return staffing.AssumptionsForm({**staffing.usual(found), **request.GET.dict()})


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """The plan as a table, with what it rests on."""
    found = staffing.counted()
    form = _form(request, found)
    context: dict[str, Any] = {"form": form, "counted": found, "hours": range(24)}
    context["lines"] = staffing.lines()
    if form.is_valid():
        context["coverage"] = coverage.now(found)
    if form.is_valid() and found is not None:
        context["rows"] = staffing.table(staffing.plan(form, found))
    return render(request, "desk/staffing.html", context, status=200 if form.is_valid() else 400)


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    """The plan with every figure, for a spreadsheet."""
    found = staffing.counted()
    form = _form(request, found)
    if not form.is_valid() or found is None:
        return page(request)
    text = showing.as_csv(staffing.plan(form, found))
    headers = {"Content-Disposition": 'attachment; filename="staffing-plan.csv"'}
    return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)
