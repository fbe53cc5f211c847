"""The department's policy with its history, and better translations of our pages."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from safecall.contacts.actions import InvalidField
from safecall.guard import GuardUnavailable
from safecall.texts import actions, markdown, selectors
from safecall.texts.models import Version
from safecall.vocabulary.written import BY_TAG
from safecall.website.forms import TranslationForm
from safecall.website.pages import Page, public, show
from safecall.website.throttle import SUGGESTIONS


@public("policy")
def policy(request: HttpRequest, page: Page) -> HttpResponse:
    """What is in force, since when, and every version before it with what changed."""
    name = Version.Name.POLICY.value
    version = selectors.current(name, page.lang)
    return show(
        request,
        page,
        "policy",
        version=version,
        body=markdown.html(version.body) if version else "",
        language=BY_TAG[version.lang] if version else None,
        steps=selectors.history(name, version.lang) if version else [],
    )


@public("translate")
def translate(request: HttpRequest, page: Page) -> HttpResponse:
    """A better translation: taken in, screened, and settled by a person."""
    if request.method != "POST":
        return _translate(request, page, TranslationForm(initial={"lang": page.lang}))
    if "keep" in request.POST:
        typed = {name: value for name, value in request.POST.items() if isinstance(value, str)}
        return _translate(request, page, TranslationForm(initial=typed))
    form = TranslationForm(request.POST)
    return _take(request, page, form) if form.is_valid() else _translate(request, page, form, 422)


def _take(request: HttpRequest, page: Page, form: TranslationForm) -> HttpResponse:
    if SUGGESTIONS.reached(request):
        form.add_error(None, _("Many notes came from your connection. Please wait an hour."))
        return _translate(request, page, form, 429)
    try:
        _one, removed = actions.suggest(**form.cleaned_data)
    except GuardUnavailable:
        form.add_error(None, _("This could not be saved right now. Please try again soon."))
        return _translate(request, page, form, 503)
    except InvalidField:
        form.add_error("better", _("Please write how you would say it."))
        return _translate(request, page, form, 422)
    SUGGESTIONS.count(request)
    empty = TranslationForm(initial={"lang": form.cleaned_data["lang"]})
    return _translate(request, page, empty, sent=True, removed=removed)


def _translate(
    request: HttpRequest,
    page: Page,
    form: TranslationForm,
    status: int = 200,
    *,
    sent: bool = False,
    removed: bool = False,
) -> HttpResponse:
    return show(request, page, "translate", status, form=form, sent=sent, removed=removed)
