"""A department's own texts: written by one person, published by another; and better translations
that readers sent in."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from safecall.contacts.actions import ActRefused, InvalidField
from safecall.desk.problems import guard_is_down
from safecall.desk.requests import staff
from safecall.guard import GuardUnavailable
from safecall.texts import actions, markdown, selectors
from safecall.texts.changes import changes
from safecall.texts.models import Suggestion, Version
from safecall.vocabulary.written import BY_TAG

_ACTS = {"propose": actions.propose, "publish": actions.publish, "send_back": actions.send_back}
_State = Version.State


@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All versions, those that wait first."""
    versions = list(selectors.versions())
    waiting = [one for one in versions if one.state != _State.PUBLISHED]
    published = [one for one in versions if one.state == _State.PUBLISHED]
    return render(
        request,
        "desk/texts/page.html",
        {"waiting": waiting, "published": published, "names": Version.Name.choices},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def write(request: HttpRequest, pk: UUID | None = None) -> HttpResponse:
    """Write a new version, or one's own draft on; the preview keeps nothing."""
    one = get_object_or_404(Version, pk=pk) if pk else None
    typed = _typed(request, one)
    context: dict[str, Any] = {
        "version": one,
        "typed": typed,
        "names": Version.Name.choices,
        "languages": [(tag, f"{lang.english} – {lang.endonym}") for tag, lang in BY_TAG.items()],
    }
    if request.method != "POST":
        return render(request, "desk/texts/write.html", context)
    context["preview"] = markdown.html(typed["body"])
    status = 200
    try:
        if "keep" in request.POST:
            kept = actions.write(staff(request), version=one, **typed)
            return redirect("desk:text", kept.pk)
        context["faults"] = actions.faults(typed["body"])
    except InvalidField as error:
        context |= {"problem": error.message, "field": error.field}
        status = 422
    except ActRefused as error:
        context["problem"], status = error.message, 409
    except GuardUnavailable:
        context["problem"], status = guard_is_down(), 503
    return render(request, "desk/texts/write.html", context, status=status)


def _typed(request: HttpRequest, one: Version | None) -> dict[str, str]:
    """What stands in the form: what was typed, or the draft, or what is in force to start from."""
    if request.method == "POST":
        return {name: request.POST.get(name, "") for name in ("name", "lang", "body", "changed")}
    if one is not None:
        return {"name": one.name, "lang": one.lang, "body": one.body, "changed": one.changed}
    name, lang = request.GET.get("name", Version.Name.POLICY.value), request.GET.get("lang", "en")
    now = selectors.current(name, lang)
    model = selectors.model_policy() if name == Version.Name.POLICY.value else ""
    return {"name": name, "lang": lang, "body": now.body if now else model, "changed": ""}


@require_safe
def text(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One version as it will look, what it changes, and what can be done with it."""
    return _text(request, pk)


def _text(request: HttpRequest, pk: UUID, problem: str = "", status: int = 200) -> HttpResponse:
    one = get_object_or_404(Version.objects.select_related("written_by", "published_by"), pk=pk)
    user = staff(request)
    before = Version.objects.filter(name=one.name, lang=one.lang, state=_State.PUBLISHED)
    if one.number:
        before = before.filter(number__lt=one.number)
    last = before.order_by("-number").first()
    own = one.written_by_id == user.pk
    context = {
        "version": one,
        "body": markdown.html(one.body),
        "language": BY_TAG[one.lang],
        "before": last,
        "changes": changes(last.body, one.body) if last else (),
        "may_edit": own and one.state in (_State.DRAFT, _State.SENT_BACK),
        "may_publish": not own and one.state == _State.PROPOSED and user.role in actions.PUBLISHERS,
        "own": own,
        "problem": problem,
    }
    return render(request, "desk/texts/text.html", context, status=status)


@require_POST
def act(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Propose, publish or send back, as the button says."""
    one = get_object_or_404(Version, pk=pk)
    doing = next((name for name in _ACTS if name in request.POST), None)
    if doing is None:
        return _text(request, pk, "Press one of the buttons.", 422)
    try:
        _ACTS[doing](staff(request), one)
    except ActRefused as error:
        return _text(request, pk, error.message, 409)
    return redirect("desk:text", pk)


@require_http_methods(["GET", "HEAD", "POST"])
def suggestions(request: HttpRequest) -> HttpResponse:
    """Better translations that readers sent: accept or decline each; all stay to be read."""
    if request.method == "POST":
        typed = request.POST.get("suggestion", "")
        key = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
        one = get_object_or_404(Suggestion, pk=key)
        actions.settle(staff(request), one, accepted="accept" in request.POST)
        return redirect("desk:suggestions")
    context = {
        "waiting": selectors.suggestions(),
        "accepted": selectors.suggestions(Suggestion.State.ACCEPTED),
        "declined": selectors.suggestions(Suggestion.State.DECLINED),
    }
    return render(request, "desk/texts/suggestions.html", context)
