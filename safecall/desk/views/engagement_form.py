"""The guided page: what happened, then only the questions that this kind of engagement needs.

Both steps are one form. What is not shown travels along in hidden inputs, so that going back, or
an error, loses nothing that was typed.
"""

from typing import Any, Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from safecall.contacts.actions import ActRefused, InvalidField
from safecall.contacts.models import Contact, Note
from safecall.desk.engagements import needed
from safecall.desk.engagements.form import EngagementForm, facts, kept_moments, values
from safecall.desk.problems import guard_is_down
from safecall.desk.requests import actor
from safecall.engagements import actions, reading, selectors
from safecall.engagements.facts import Facts
from safecall.engagements.models import Approval, Engagement
from safecall.guard import GuardUnavailable
from safecall.people.models import User
from safecall.vocabulary.engagements import occasion, outcome

_BUTTONS: Final = frozenset({"csrfmiddlewaretoken", "next", "back", "record", "every", "fewer"})


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Record what happened."""
    if request.method != "POST":
        return _begin(request, EngagementForm(initial=_initial(request)))
    form = EngagementForm(request.POST)
    if "record" not in request.POST:
        return _between(request, form)
    return _record(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Say anew what a record got wrong."""
    found = get_object_or_404(Engagement, pk=pk)
    old = selectors.facts(selectors.latest(found))
    if request.method != "POST":
        return _ask(request, EngagementForm(initial=values(old)), found)
    form = EngagementForm(request.POST)
    if "record" not in request.POST:
        return _between(request, form, found)
    return _record(request, form, found, old)


def _initial(request: HttpRequest) -> dict[str, Any]:
    """What is known already: the contact of a note, or what was approved before."""
    known: dict[str, Any] = {}
    contact = _contact(request.GET.get("contact", ""))
    if contact:
        known["contact_number"] = contact.number or ""
    note = _mention(request.GET.get("mention", ""), request)
    if note:
        known |= {"mention": note.pk, "contact_number": note.contact.number or ""}
    approval = _approval(request.GET.get("approval", ""))
    if approval:
        known |= {
            "approval": approval.pk,
            "direction": approval.direction,
            "authority": approval.authority,
            "subject_role": approval.subject_role,
            "offense_level": approval.offense_level,
            "stage": approval.stage,
        }
    return known


def _contact(typed: str) -> Contact | None:
    try:
        return Contact.objects.filter(pk=UUID(typed)).first()
    except ValueError:
        return None


def _key(typed: str) -> int | None:
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


def _mention(typed: str, request: HttpRequest) -> Note | None:
    """The note to be settled by this record; a supervisor alone settles mentions."""
    key = _key(typed)
    if getattr(request.user, "role", "") != User.Role.SUPERVISOR or key is None:
        return None
    waiting = Note.objects.filter(mentions_authority=True, mention_seen_at__isnull=True)
    return waiting.select_related("contact").filter(pk=key).first()


def _approval(typed: str) -> Approval | None:
    key = _key(typed)
    if key is None:
        return None
    return Approval.objects.filter(
        pk=key, engagement=None, state=outcome.ApprovalState.APPROVED.value
    ).first()


def _between(
    request: HttpRequest, form: EngagementForm, found: Engagement | None = None
) -> HttpResponse:
    """Forward to the second step where the first is answered, or back."""
    if "back" in request.POST:
        return _begin(request, _as_typed(request), found)
    wrong = {name for name in needed.BEGIN if name in form.errors}
    if wrong:
        _keep_errors(form, wrong)
        return _begin(request, form, found, status=422)
    return _ask(request, _as_typed(request), found)


def _as_typed(request: HttpRequest) -> EngagementForm:
    """The form with what was typed so far, not yet judged; the rest has its first values."""
    several = tuple(reading.LISTS)
    typed = {name: value for name, value in request.POST.items() if name not in several}
    return EngagementForm(
        initial={**typed, **{name: request.POST.getlist(name) for name in several}}
    )


def _keep_errors(form: EngagementForm, names: set[str]) -> None:
    for name in set(form.errors) - names:
        del form.errors[name]


def _record(
    request: HttpRequest,
    form: EngagementForm,
    found: Engagement | None,
    old: Facts | None = None,
) -> HttpResponse:
    shown = _shown(form, request)
    form.is_valid()
    _keep_errors(form, {name for name in form.errors if name in shown or name == "__all__"})
    if any(name in form.errors for name in needed.BEGIN):
        return _begin(request, form, found, status=422)
    if form.errors:
        return _ask(request, form, found, status=422)
    said = facts(form, shown, old.source if old else occasion.Source.LIVE)
    try:
        row = _keep(request, form, said, found, old)
    except InvalidField as error:
        form.add_error(error.field if error.field in form.fields else None, error.message)
    except ActRefused as error:
        form.add_error(None, error.message)
    except GuardUnavailable:
        form.add_error(None, guard_is_down())
    else:
        return redirect("desk:engagement", row.root_id)
    return _ask(request, form, found, status=422)


def _keep(
    request: HttpRequest,
    form: EngagementForm,
    said: Facts,
    found: Engagement | None,
    old: Facts | None,
) -> Engagement:
    who = actor(request)
    if found and old:
        return actions.amend(who, found, kept_moments(said, old))
    approval = _approval(request.POST.get("approval", ""))
    note = _mention(request.POST.get("mention", ""), request)
    row = actions.record(who, said, contact=form.contact, approval=approval)
    if note:
        actions.settle_as_record(who, note, row)
    return row


def _shown(form: EngagementForm, request: HttpRequest) -> frozenset[str]:
    """The fields that count: those of the first step and those that the second shows."""
    asked = _sections(form, request)
    return frozenset(needed.BEGIN) | {name for one in asked for name in one.fields}


def _sections(form: EngagementForm, request: HttpRequest) -> list[needed.Section]:
    every = "every" in request.POST or (
        request.POST.get("shown") == "every" and "fewer" not in request.POST
    )
    return needed.sections(
        str(form["direction"].value() or ""),
        str(form["subject_role"].value() or ""),
        frozenset(form["request_types"].value() or ()),
        form.papers,
        every=every or request.method != "POST",  # an amendment begins with all that was said
    )


def _begin(
    request: HttpRequest,
    form: EngagementForm,
    found: Engagement | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "form": form,
        "found": found,
        "fields": [form[name] for name in needed.BEGIN],
        "hidden": _hidden(request, form, frozenset(needed.BEGIN)),
    }
    return render(request, "desk/engagements/begin.html", context, status=status)


def _ask(
    request: HttpRequest,
    form: EngagementForm,
    found: Engagement | None = None,
    status: int = 200,
) -> HttpResponse:
    asked = _sections(form, request)
    shown = frozenset(name for one in asked for name in one.fields)
    every = len(shown) + len(needed.BEGIN) == len(form.fields)
    context = {
        "form": form,
        "found": found,
        "sections": [(one, [form[name] for name in one.fields]) for one in asked],
        "begun": [_answer(form, name) for name in needed.BEGIN],
        "every": every,
        "hidden": _hidden(request, form, shown | {"shown"}),
    }
    return render(request, "desk/engagements/details.html", context, status=status)


def _answer(form: EngagementForm, name: str) -> tuple[Any, str]:
    """A question of the first step with its answer in words."""
    field: Any = form.fields[name]
    labels = dict(field.choices)
    value = form[name].value() or ""
    chosen = value if isinstance(value, list) else [value]
    return field.label, "; ".join(str(labels.get(one, "–")) for one in chosen) or "–"


def _hidden(
    request: HttpRequest, form: EngagementForm, shown: frozenset[str]
) -> list[tuple[str, str]]:
    """Name and value of all that was typed or is known and is not shown now."""
    if request.method == "POST":
        pairs = [(name, one) for name, many in request.POST.lists() for one in many]
    else:
        pairs = [
            (name, str(one))
            for name, value in form.initial.items()
            for one in (value if isinstance(value, list) else [value])
        ]
    return [(name, one) for name, one in pairs if name not in shown and name not in _BUTTONS]
