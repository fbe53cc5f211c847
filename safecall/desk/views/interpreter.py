"""An interpreter's own page: rings with one tap, on a telephone, for hours."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from pathlib import Path
from typing import Final
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from safecall.contacts.actions import Actor, ActRefused, InvalidField
from safecall.desk import interpreter as showing
from safecall.desk import on_call
from safecall.desk.requests import by_script, staff
from safecall.interpreting import actions
from safecall.interpreting.models import Interpreter, Offer
from safecall.people.models import User

View = Callable[[HttpRequest, User, Interpreter], HttpResponse]
_WORKER: Final = Path(__file__).parents[1] / "static" / "desk" / "ring-worker.js"
_HOUR: Final = timedelta(hours=1)
_MIDNIGHT: Final = {"hour": 0, "minute": 0, "second": 0, "microsecond": 0}


def _for_interpreter(view: View) -> Callable[[HttpRequest], HttpResponse]:
    """The view with its interpreter; others are led to the sign-in, or told who can help."""

    @wraps(view)
    def asked(request: HttpRequest) -> HttpResponse:
        user = on_call.who(request)
        if user is None:
            return _sign_in(request)
        interpreter = showing.of(user)
        if interpreter is None:
            response = render(request, "desk/interpreter/nobody.html", {"user": user}, status=403)
        else:
            response = view(request, user, interpreter)
        response.headers["Cache-Control"] = "no-store"
        return response

    return asked


def _sign_in(request: HttpRequest) -> HttpResponse:
    if by_script(request):
        told = {"title": "Sign in again", "detail": "You are signed out. Sign in again."}
        return JsonResponse(told, status=401)
    if request.user.is_authenticated:
        return redirect("mfa_index")
    wanted = urlencode({"next": request.get_full_path() if request.method == "GET" else ""})
    return HttpResponseRedirect(f"{reverse(settings.LOGIN_URL)}?{wanted}")


@require_safe
@_for_interpreter
def page(request: HttpRequest, user: User, interpreter: Interpreter) -> HttpResponse:
    """What rings now; the page keeps itself up to date, and sounds where the browser lets it."""
    context = showing.context(user, interpreter, on_call.is_kept(request))
    return render(request, "desk/interpreter/page.html", context)


@require_safe
@_for_interpreter
def now(request: HttpRequest, user: User, interpreter: Interpreter) -> HttpResponse:
    """The part that changes; 204 while it is the same as `after`."""
    context = showing.context(user, interpreter, on_call.is_kept(request))
    if request.GET.get("after") == context["change"]:
        return HttpResponse(status=204)
    return render(request, "desk/interpreter/now.html", context)


@require_POST
@_for_interpreter
def answer(request: HttpRequest, user: User, interpreter: Interpreter) -> HttpResponse:
    """Accept or decline a ring, or say what became of the call; `answer` says which."""
    typed = request.POST.get("offer", "")
    key = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    ring = get_object_or_404(
        Offer.objects.select_related("request", "interpreter"), pk=key, interpreter=interpreter
    )
    try:
        message = _answer(Actor.staff(user), ring, request.POST.get("answer", ""))
    except ActRefused as error:
        return _told(request, error.message, 409)
    return _told(request, message, 200)


def _answer(who: Actor, ring: Offer, what: str) -> str:
    if what == "accept":
        return actions.accept(who, ring).message
    if what in ("decline", "conflict"):
        actions.decline(who, ring, conflict="interest" if what == "conflict" else "")
        return "Declined. Somebody else is asked."
    if what == "lost":
        actions.lost(who, ring.request)
        return "Others are called at once."
    if what == "end":
        actions.end(who, ring.request)
        return "Ended. Thank you."
    raise ActRefused("Choose: accept or decline.")


def _told(request: HttpRequest, message: str, status: int) -> HttpResponse:
    if by_script(request):
        return JsonResponse({"message": message, "told": message}, status=status)
    return redirect("interpreter:page")


@require_POST
@_for_interpreter
def times(request: HttpRequest, user: User, interpreter: Interpreter) -> HttpResponse:
    """Away, or here, for some hours from now on, whatever the weekly hours say."""
    begins = timezone.now()
    ends = _ends(begins, request.POST.get("until", ""))
    here = request.POST.get("times") == "here"
    actions.set_availability(Actor.staff(user), interpreter, begins, ends, here)
    return _told(request, "You are on call." if here else "You are away.", 200)


def _ends(begins: datetime, until: str) -> datetime:
    if until == "midnight":
        return timezone.localtime(begins).replace(**_MIDNIGHT) + timedelta(days=1)  # type: ignore[arg-type]
    return begins + (4 if until == "4h" else 1) * _HOUR


@require_POST
@_for_interpreter
def push(request: HttpRequest, _user: User, interpreter: Interpreter) -> HttpResponse:
    """This browser wants rings while the page is closed, or wants them no more (`off`)."""
    names = ("endpoint", "p256dh", "auth")
    endpoint, p256dh, auth = (request.POST.get(name, "") for name in names)
    try:
        if "off" in request.POST:
            actions.drop_push(interpreter, endpoint)
            return _told(
                request, "Rings no longer come to this device while the page is closed.", 200
            )
        actions.keep_push(interpreter, actions.browser_of(endpoint, p256dh, auth))
    except (ActRefused, InvalidField) as error:
        return _told(request, error.message, 409)
    return _told(request, "Rings now come to this device while the page is closed.", 200)


@require_safe
def service_worker(_request: HttpRequest) -> HttpResponse:
    """The script that shows a ring while the page is closed; it stands here because its address
    says for which pages it may speak."""
    response = HttpResponse(_WORKER.read_text(encoding="utf-8"), content_type="text/javascript")
    response.headers["Cache-Control"] = "no-cache"
    return response


@require_POST
def keep_device(request: HttpRequest) -> HttpResponse:
    """Keep this device on call, or take it off; only who is signed in can do it."""
    response = redirect("interpreter:page")
    if request.POST.get("device") == "keep":
        on_call.keep(response, staff(request))
    else:
        on_call.forget(response)
    return response
