"""Who can help, and what became of it. No account, and no record of who asked for what."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from safecall.contacts.actions import ActRefused, InvalidField
from safecall.referrals import finding, places, selectors
from safecall.referrals.actions import Standing, give, standing, tell
from safecall.referrals.finding import Aside, Found, Wish
from safecall.referrals.kinds import KINDS, Kind
from safecall.referrals.models import Referral, Service
from safecall.referrals.needs import needs_in
from safecall.vocabulary import hours, languages
from safecall.website import opening_hours
from safecall.website.emergency import is_emergency
from safecall.website.help_forms import HelpForm, OutcomeForm, ReferralCodeForm
from safecall.website.pages import Page, public, show
from safecall.website.throttle import REFERRALS, WRONG_CODES

#: Needs about which a page says that it gives no legal advice.
_LEGAL = frozenset({"immigration", "legal", "federal"})


@dataclass(frozen=True, slots=True)
class Card:
    """A service in the words of the page."""

    found: Found
    kind: Kind
    languages: list[languages.Language]
    hours: list[str]
    always: bool
    url: str

    @property
    def service(self) -> Service:
        """The service itself."""
        return self.found.service


def _now() -> datetime:
    return timezone.localtime()


def _card(page: Page, found: Found) -> Card:
    one = found.service
    return Card(
        found,
        KINDS[one.kind],
        [languages.BY_TAG[tag] for tag in one.tags if tag in languages.BY_TAG],
        opening_hours.lines(one.hours),
        one.hours == hours.ALWAYS,
        page.url("help-service", service=one.pk),
    )


def _cards(page: Page, found: Iterable[Found]) -> SafeString:
    cards = [_card(page, one) for one in found]
    return render_to_string("website/_services.html", {"cards": cards})


# Five queries: half of what a search costs. None of the services is changed where they are shown.
@lru_cache(maxsize=2)
def _of_state(state: object) -> tuple[Service, ...]:  # noqa: ARG001
    """The services of this state of the directory; `state` is the key alone."""
    return tuple(selectors.services())


def _services() -> tuple[Service, ...]:
    """The services as they are now. Two small queries, five more after a change."""
    return _of_state(selectors.state())


# Most of what the page costs, and within a minute the same for all who look for nothing special.
@lru_cache(maxsize=100)
def _everyone(state: object, lang: str, prefix: str | None, now: datetime) -> SafeString:
    """All services as HTML, of this state of the directory."""
    answer = finding.find(_of_state(state), Wish(), now)
    return _cards(Page("help", lang, prefix), answer.found)


@public("help")
def help_page(request: HttpRequest, page: Page) -> HttpResponse:
    """Everyone who may help; after a search, those who fit best."""
    if request.method != "POST":
        return _list(request, page, HelpForm(), Wish())
    form = HelpForm(request.POST)
    if not form.is_valid():
        if "keep" in request.POST:
            typed = {name: request.POST.get(name, "") for name in HelpForm.base_fields}
            return _list(request, page, HelpForm(initial=typed), Wish())
        return _list(request, page, form, Wish(), 422)
    asked = form.cleaned_data
    chosen = {asked["need"]} if asked["need"] else set()
    wish = Wish(
        frozenset(chosen) | needs_in(asked["words"]),
        asked["language"],
        asked["open_now"],
        places.find(asked["place"], settings.PLACES_FILE) if asked["place"] else None,
    )
    return _list(
        request,
        page,
        form,
        wish,
        urgent="danger" in wish.needs or is_emergency(asked["words"]),
        unknown_words=bool(asked["words"]) and not wish.needs,
        unknown_place=bool(asked["place"]) and wish.near is None,
        searched=True,
    )


def _list(
    request: HttpRequest,
    page: Page,
    form: HelpForm,
    wish: Wish,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    now, aside = _now(), frozenset[Aside]()
    if wish == Wish():
        minute = now.replace(second=0, microsecond=0)
        cards = _everyone(selectors.state(), page.lang, page.prefix, minute)
    else:
        answer = finding.find(_services(), wish, now)
        cards, aside = _cards(page, answer.found), answer.aside
    return show(
        request,
        page,
        "help",
        status,
        form=form,
        cards=cards,
        aside=aside,
        legal=bool(wish.needs & _LEGAL),
        more_open=any(form[name].value() for name in ("language", "place", "open_now")),
        **more,
    )


@public("help-service")
def help_service(request: HttpRequest, page: Page, service: UUID) -> HttpResponse:
    """One service, and who is next; with a press, a code to come back with."""
    found = selectors.service(service)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _service(request, page, found)
    if "shown" in request.POST:
        code = request.POST.get("code", "")
        there = standing(code)
        return _service(request, page, found, code=code if there else "")
    if REFERRALS.reached(request):
        told = _("Many codes went to your connection. You can call without one.")
        return _service(request, page, found, 429, problem=told)
    REFERRALS.count(request)
    return _service(request, page, found, code=give(found, Referral.Source.SITE).code)


def _service(
    request: HttpRequest, page: Page, service: Service, status: int = 200, **more: Any
) -> HttpResponse:
    now = _now()
    card = _card(page, finding.shown(service, now))
    ids = [one.target_id for one in service.onward.all()]
    by_id = {one.pk: one for one in _services() if one.pk in ids}
    onward = [_card(page, finding.shown(by_id[key], now)) for key in ids if key in by_id]
    legal = bool(_LEGAL & set(service.need_codes))
    return show(
        request,
        page,
        "help_service",
        status,
        card=card,
        onward=onward,
        legal=legal,
        typed=bool(more.get("code")),
        switch="shown",
        **more,
    )


@public("referral")
def referral(request: HttpRequest, page: Page) -> HttpResponse:
    """Ask for the code of a referral; with it, take what became of it, and say who is next."""
    if request.method != "POST":
        return show(request, page, "referral", form=ReferralCodeForm())
    if "keep" in request.POST:
        typed = ReferralCodeForm(initial={"code": request.POST.get("code", "")})
        return show(request, page, "referral", form=typed)
    form = ReferralCodeForm(request.POST)
    there, status = _find(request, form)
    if there is None:
        return show(request, page, "referral", status, form=form)
    code = form.cleaned_data["code"]
    if "tell" in request.POST and "look" not in request.POST:
        return _tell(request, page, code, there)
    return _outcome(request, page, there, Shown(code))


def _find(request: HttpRequest, form: ReferralCodeForm) -> tuple[Standing | None, int]:
    """The referral of the code, or None with the form's error and the status of the answer."""
    if not form.is_valid():
        return None, 422
    if WRONG_CODES.reached(request):
        form.add_error("code", _("Too many wrong codes. Please wait an hour, or call us."))
        return None, 429
    there = standing(form.cleaned_data["code"])
    if there is None:
        WRONG_CODES.count(request)
        form.add_error("code", _("We cannot find this code. Please check each letter and number."))
    return there, 422


@dataclass(frozen=True, slots=True)
class Shown:
    """How the page of an outcome is shown: the code, a form with faults, what was just told."""

    code: str
    form: OutcomeForm | None = None
    status: int = 200
    told: str = ""


def _tell(request: HttpRequest, page: Page, code: str, there: Standing) -> HttpResponse:
    form = OutcomeForm(request.POST, services=selectors.services())
    if not form.is_valid():
        return _outcome(request, page, there, Shown(code, form, 422))
    said = form.cleaned_data
    to = UUID(said["to"]) if said["to"] else None
    try:
        now = tell(code, said["outcome"], said["told_by"], to)
    except ActRefused:
        return _outcome(request, page, there, Shown(code))
    except InvalidField:
        form.add_error("to", _("Please choose someone else."))
        return _outcome(request, page, there, Shown(code, form, 422))
    return _outcome(request, page, now or there, Shown(code, told=said["outcome"]))


def _outcome(request: HttpRequest, page: Page, there: Standing, what: Shown) -> HttpResponse:
    now = _now()
    everyone = selectors.services()
    current = next((one for one in everyone if one.pk == there.referral.service_id), None)
    others = [one for one in everyone if one.pk not in there.been]
    return show(
        request,
        replace(page, name="referral"),
        "referral_outcome",
        what.status,
        form=what.form or OutcomeForm(initial={"code": what.code}, services=others),
        card=_card(page, finding.shown(current, now)) if current else None,
        name=str(there.referral.service.name),
        done=bool(there.referral.outcome),
        outcome=there.referral.outcome,
        told=what.told,
        onward=[_card(page, finding.shown(one, now)) for one in others if one.takes_everyone],
        switch="look",
    )
