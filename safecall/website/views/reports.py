"""The promise, and a report in two steps."""

from dataclasses import replace
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.utils.translation import gettext as _

from safecall.contacts.actions import InvalidField
from safecall.texts import selectors
from safecall.texts.models import Version
from safecall.vocabulary import written
from safecall.website import card, reporting
from safecall.website.emergency import is_emergency
from safecall.website.forms import DetailsForm, NoteForm, StoryForm
from safecall.website.pages import Page, public, show
from safecall.website.throttle import REPORTS
from safecall.website.views.emergency import call_911

#: The form's field for each field of the action that opens a contact.
FIELDS: Final = {
    "place": "place",
    "callback": "reach",
    "caller_name": "called",
    "concern_who": "who",
    "concern_where": "who_where",
    "language": "language",
}


@public("home")
def home(request: HttpRequest, page: Page) -> HttpResponse:
    """The promise, and what to do now."""
    return show(
        request,
        page,
        "home",
        retention_days=settings.RETENTION_DAYS,
        own_word=selectors.current(Version.Name.PROMISE.value, page.lang),
        has_fonts=card.has_fonts(),
    )


@public("report")
def report(request: HttpRequest, page: Page) -> HttpResponse:
    """Step one: what is happening. An emergency word leads to 911 before anything else."""
    if request.method != "POST":
        return show(request, page, "report", form=StoryForm())
    if "keep" in request.POST:
        return show(request, page, "report", form=StoryForm(initial=_typed(request.POST)))
    form = StoryForm(request.POST)
    if not form.is_valid():
        return show(request, page, "report", 422, form=form)
    if "not_emergency" not in request.POST and is_emergency(form.cleaned_data["story"]):
        return call_911(request, page)
    initial = _typed(request.POST)
    if hint := written.suggested(page.lang):
        initial.setdefault("language", hint)
    return _details(request, page, DetailsForm(initial=initial))


@public("details")
def details(request: HttpRequest, page: Page) -> HttpResponse:
    """Step two: when, where and how to reach you; then the report is sent."""
    if request.method != "POST":
        return HttpResponseRedirect(page.report)
    if "keep" in request.POST:
        return _details(request, page, DetailsForm(initial=_typed(request.POST)))
    form = DetailsForm(request.POST)
    if not form.is_valid():
        if form.has_error("story") or form.has_error("for_whom"):
            first = StoryForm(request.POST)
            return show(request, replace(page, name="report"), "report", 422, form=first)
        return _details(request, page, form, 422)
    urgent = is_emergency(*(form.cleaned_data[name] for name in reporting.TYPED))
    if urgent and not form.cleaned_data["not_emergency"]:
        return call_911(request, page)
    return _send(request, page, form, urgent=urgent)


def _send(request: HttpRequest, page: Page, form: DetailsForm, *, urgent: bool) -> HttpResponse:
    if REPORTS.reached(request):
        form.add_error(None, _("Many reports came from your connection. Please wait an hour."))
        return _details(request, page, form, 429)
    try:
        filed = reporting.file(form.cleaned_data, emergency_words=urgent)
    except reporting.NotSetUp:
        form.add_error(None, _("Reports cannot be sent here right now. Please call us instead."))
        return _details(request, page, form, 503)
    except InvalidField as error:
        form.add_error(FIELDS.get(error.field), _("Please check this answer."))
        return _details(request, page, form, 422)
    REPORTS.count(request)
    note = NoteForm(initial={"code": filed.code, "note": filed.lost})
    # The receipt is a page of its own, so that a change of language asks for the receipt.
    return show(request, replace(page, name="receipt"), "done", filed=filed, form=note)


def _details(
    request: HttpRequest, page: Page, form: DetailsForm, status: int = 200
) -> HttpResponse:
    return show(request, replace(page, name="details"), "details", status, form=form)


def _typed(posted: QueryDict) -> dict[str, str]:
    """What was typed, to be shown again without judging it."""
    return {name: value for name, value in posted.items() if isinstance(value, str)}
