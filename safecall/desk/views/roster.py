"""Who interprets: people and companies' lines, kept by a supervisor."""

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from safecall.contacts.actions import InvalidField
from safecall.desk import choices, coverage, roster, staffing
from safecall.desk.problems import guard_is_down
from safecall.desk.requests import actor
from safecall.desk.uploads import MOST_BYTES, content, packed
from safecall.guard import GuardUnavailable
from safecall.interpreting import roster_file
from safecall.interpreting.actions import keep_interpreter, keep_vendor, set_availability
from safecall.interpreting.models import Interpreter, Vendor


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """Everybody who interprets, and the lines of companies."""
    context = {
        "people": roster.people(),
        "coverage": coverage.now(staffing.counted()),
        "vendors": Vendor.objects.order_by("-active", "rank", "code"),
    }
    return render(request, "desk/roster/page.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def person(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Enter somebody, or change them."""
    one = get_object_or_404(Interpreter, pk=pk) if pk else None
    data = request.POST or None
    form = roster.PersonForm(
        data, initial=roster.person_values(one) if one else {"modalities": ["telephone"]}
    )
    skills = roster.SkillForms(data, initial=roster.skill_values(one) if one else [], prefix="s")
    if one:
        form.fields["code"].disabled = True
    if data and form.is_valid() and skills.is_valid() and _kept_person(form, skills):
        return redirect("desk:roster")
    context = {
        "form": form,
        "skills": skills,
        "person": one,
        "languages": choices.LANGUAGES,
        "times": roster.TimesForm(),
        "exceptions": one.exceptions.order_by("begins_at") if one else [],
    }
    return render(request, "desk/roster/person.html", context, status=422 if data else 200)


def _kept_person(form: forms.Form, skills: Any) -> bool:
    values = [one.cleaned_data for one in skills.forms if one.has_changed() or one.initial]
    try:
        keep_interpreter(roster.person_data(form.cleaned_data, values))
    except InvalidField as error:
        roster.tell(form, skills, error)
        return False
    except GuardUnavailable:
        form.add_error(None, guard_is_down())
        return False
    return True


@require_http_methods(["POST"])
def times(request: HttpRequest, pk: int) -> HttpResponse:
    """Away, or on call, in a time of its own."""
    one = get_object_or_404(Interpreter, pk=pk)
    form = roster.TimesForm(request.POST)
    if form.is_valid():
        told = form.cleaned_data
        try:
            set_availability(
                actor(request), one, told["begins_at"], told["ends_at"], told["available"] == "here"
            )
        except InvalidField as error:
            roster.tell(form, None, error)
        else:
            return redirect("desk:roster-person", one.pk)
    context = {
        "form": roster.PersonForm(initial=roster.person_values(one)),
        "skills": roster.SkillForms(initial=roster.skill_values(one), prefix="s"),
        "person": one,
        "languages": choices.LANGUAGES,
        "times": form,
        "exceptions": one.exceptions.order_by("begins_at"),
    }
    return render(request, "desk/roster/person.html", context, status=422)


@require_http_methods(["GET", "HEAD", "POST"])
def vendor(request: HttpRequest, pk: int | None = None) -> HttpResponse:
    """Enter a company's line, or change it."""
    one = get_object_or_404(Vendor, pk=pk) if pk else None
    data = request.POST or None
    form = roster.VendorForm(
        data, initial=roster.vendor_values(one) if one else {"modalities": ["telephone"]}
    )
    if one:
        form.fields["code"].disabled = True
    if data and form.is_valid() and _kept_vendor(form):
        return redirect("desk:roster")
    context = {"form": form, "vendor": one}
    return render(request, "desk/roster/vendor.html", context, status=422 if data else 200)


def _kept_vendor(form: forms.Form) -> bool:
    try:
        keep_vendor(roster.vendor_data(form.cleaned_data))
    except InvalidField as error:
        roster.tell(form, None, error)
        return False
    except GuardUnavailable:
        form.add_error(None, guard_is_down())
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def from_file(request: HttpRequest) -> HttpResponse:
    """A spreadsheet: checked line by line, shown, and kept when somebody says so."""
    context: dict[str, Any] = {"columns": roster_file.COLUMNS.items()}
    if request.method != "POST":
        return render(request, "desk/roster/import.html", context)
    sent = content(request)
    if sent is None:
        context["message"] = (
            f"Choose a CSV file of at most {MOST_BYTES // 1000} kB. "
            "A larger one goes in with: safecall interpreters import FILE"
        )
        return render(request, "desk/roster/import.html", context, status=422)
    try:
        preview = roster_file.read(sent)
        if "keep" in request.POST and not preview.faults:
            roster_file.keep(preview)
            return redirect("desk:roster")
    except GuardUnavailable:
        context["message"] = guard_is_down()
        return render(request, "desk/roster/import.html", context, status=503)
    context |= {"preview": preview, "content": packed(sent)}
    return render(
        request, "desk/roster/import.html", context, status=422 if preview.faults else 200
    )


@require_safe
def template(_request: HttpRequest) -> HttpResponse:
    """A file to start from."""
    return HttpResponse(
        roster_file.template(),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="interpreters.csv"'},
    )
