"""Complaining that a promise was broken, and coming back to it."""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from safecall.contacts.actions import ActRefused
from safecall.feedback.actions import add_words, complain, find
from safecall.feedback.models import Complaint
from safecall.guard import GuardUnavailable
from safecall.website.emergency import is_emergency
from safecall.website.feedback_forms import ComplaintForm, MoreForm
from safecall.website.forms import CodeForm
from safecall.website.pages import Page, public, show
from safecall.website.throttle import COMPLAINTS, NOTES, WRONG_CODES
from safecall.website.views.emergency import call_911

_Outcome = Complaint.Outcome
#: What whoever complained reads of the outcome.
OUTCOMES = {
    _Outcome.BROKEN: gettext_lazy("A rule was broken. We are sorry. We act so that it stops."),
    _Outcome.KEPT: gettext_lazy("We looked into it and found that no rule was broken."),
    _Outcome.UNCLEAR: gettext_lazy("We could not find out what happened."),
    _Outcome.PASSED_ON: gettext_lazy("We gave it to an office outside the police."),
    _Outcome.OTHER_AGENCY: gettext_lazy("It is about another agency. We cannot settle it."),
}


@public("complaint")
def complaint(request: HttpRequest, page: Page) -> HttpResponse:
    """Take a complaint, and give a code to come back by."""
    if request.method != "POST":
        return show(request, page, "complaint", form=ComplaintForm())
    if "keep" in request.POST:
        return show(request, page, "complaint", form=ComplaintForm(initial=request.POST.dict()))
    form = ComplaintForm(request.POST)
    if not form.is_valid():
        return show(request, page, "complaint", 422, form=form)
    return _take(request, page, form)


def _take(request: HttpRequest, page: Page, form: ComplaintForm) -> HttpResponse:
    if "not_emergency" not in request.POST and is_emergency(form.cleaned_data["words"]):
        return call_911(request, page)
    if COMPLAINTS.reached(request):
        form.add_error(None, _("Many complaints came from your connection. Please wait an hour."))
        return show(request, page, "complaint", 429, form=form)
    try:
        made = complain(form.cleaned_data["kind"], form.cleaned_data["words"])
    except GuardUnavailable:
        form.add_error(None, _("This could not be saved right now. Please try again soon."))
        return show(request, page, "complaint", 503, form=form)
    COMPLAINTS.count(request)
    # A change of language asks for the code: it is shown once.
    after = replace(page, name="complaint-standing")
    return show(request, after, "complaint_done", made=made)


@public("complaint-standing")
def complaint_standing(request: HttpRequest, page: Page) -> HttpResponse:
    """Ask for the code; with a code, show how the complaint stands, or add to it."""
    if request.method != "POST":
        return show(request, page, "complaint_code", form=CodeForm())
    form = CodeForm(request.POST)
    if not form.is_valid():
        if "keep" in request.POST:
            form = CodeForm()
        return show(request, page, "complaint_code", 422 if form.errors else 200, form=form)
    found, status = _find(request, form)
    if found is None:
        return show(request, page, "complaint_code", status, form=form)
    if "add" in request.POST and "keep" not in request.POST:
        return _add(request, page, found)
    typed = {name: request.POST.get(name, "") for name in ("code", "words")}
    return _standing(request, page, found, MoreForm(initial=typed))


def _find(request: HttpRequest, form: CodeForm) -> tuple[Complaint | None, int]:
    """The complaint of the code, or None with the form's error and the status of the answer."""
    if WRONG_CODES.reached(request):
        form.add_error("code", _("Too many wrong codes. Please wait an hour, or call us."))
        return None, 429
    found = find(form.cleaned_data["code"])
    if found is None:
        WRONG_CODES.count(request)
        form.add_error("code", _("We cannot find this code. Please check each letter and number."))
    return found, 422


def _add(request: HttpRequest, page: Page, found: Complaint) -> HttpResponse:
    form = MoreForm(request.POST)
    if not form.is_valid():
        return _standing(request, page, found, form, 422)
    if "not_emergency" not in request.POST and is_emergency(form.cleaned_data["words"]):
        return call_911(request, page)
    if NOTES.reached(request):
        form.add_error(None, _("Many notes came from your connection. Please wait an hour."))
        return _standing(request, page, found, form, 429)
    try:
        removed = add_words(found, form.cleaned_data["words"])
    except GuardUnavailable:
        form.add_error(None, _("This could not be saved right now. Please try again soon."))
        return _standing(request, page, found, form, 503)
    except ActRefused:
        form.add_error(None, _("This complaint is over. Please make a new one."))
        return _standing(request, page, found, form, 422)
    NOTES.count(request)
    found.refresh_from_db()
    empty = MoreForm(initial={"code": form.cleaned_data["code"]})
    return _standing(request, page, found, empty, added=True, removed=removed)


def _standing(
    request: HttpRequest,
    page: Page,
    found: Complaint,
    form: MoreForm,
    status: int = 200,
    *,
    added: bool = False,
    removed: bool = False,
) -> HttpResponse:
    outcome = OUTCOMES[_Outcome(found.outcome)] if found.outcome else ""
    return show(
        request,
        page,
        "complaint_standing",
        status,
        form=form,
        complaint=found,
        outcome=outcome,
        taken_up=found.state != Complaint.State.RECEIVED,
        over=found.words_destroyed_at is not None,
        added=added,
        removed=removed,
    )
