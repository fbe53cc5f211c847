"""How it went: three questions for whoever dealt with the police."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from safecall.contacts import receipts
from safecall.contacts.models import Contact
from safecall.feedback.actions import give_answers, once_of
from safecall.feedback.models import Reply
from safecall.guard import GuardUnavailable
from safecall.website.emergency import is_emergency
from safecall.website.feedback_forms import FeedbackForm
from safecall.website.pages import Page, public, show
from safecall.website.throttle import FEEDBACK, WRONG_CODES
from safecall.website.views.emergency import call_911


@public("feedback")
def feedback(request: HttpRequest, page: Page) -> HttpResponse:
    """Ask, and keep the answers. An emergency word leads to 911 first."""
    if request.method != "POST":
        return show(request, page, "feedback", form=FeedbackForm())
    if "keep" in request.POST:
        return show(request, page, "feedback", form=FeedbackForm(initial=request.POST.dict()))
    form = FeedbackForm(request.POST)
    if not form.is_valid():
        return show(request, page, "feedback", 422, form=form)
    if "not_emergency" not in request.POST and is_emergency(form.cleaned_data["words"]):
        return call_911(request, page)
    if FEEDBACK.reached(request):
        form.add_error(None, _("Many answers came from your connection. Please wait an hour."))
        return show(request, page, "feedback", 429, form=form)
    return _keep(request, page, form)


def _keep(request: HttpRequest, page: Page, form: FeedbackForm) -> HttpResponse:
    answers = form.cleaned_data
    try:
        given = give_answers(
            {name: answers[name] for name in ("helped", "own_language", "asked")},
            answers["words"],
            contact=_report(request, answers["code"]),
            once=once_of(answers["once"]),
        )
    except GuardUnavailable:
        form.add_error(None, _("This could not be saved right now. Please try again soon."))
        return show(request, page, "feedback", 503, form=form)
    FEEDBACK.count(request)
    asked = answers["asked"] == Reply.YES.value
    return show(request, page, "feedback_done", given=given, asked=asked)


def _report(request: HttpRequest, code: str) -> Contact | None:
    """The report of the code; None without one, with one that is over, or after many wrong ones."""
    if not code or WRONG_CODES.reached(request):
        return None
    contact = receipts.find(code)
    if contact is None:
        WRONG_CODES.count(request)
    return contact
