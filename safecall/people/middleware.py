"""Enforces the table of permissions on every page; what nobody listed is refused."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse

from safecall.people.permissions import FIRST_PAGES, Rule, first_page, rule_for
from safecall.people.second_factor import is_missing

FETCH_HEADER = "Safecall-Fetch"


class PermissionMiddleware:
    """Looks the page's name up in `permissions.RULES`, and says no where that does not say yes.

    A page script (header `Safecall-Fetch: 1`, or one that accepts JSON alone) gets 401 instead of
    the sign-in page, so that it can keep what was typed and ask for a new sign-in beside it.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The page, never kept by a browser or proxy where it is a staff page."""
        response = self._next(request)
        match = request.resolver_match
        rule = rule_for(match.view_name) if match else None
        if rule is not None and rule.needs_sign_in:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], args: Any, kwargs: Any
    ) -> HttpResponse | None:
        """None lets the request through. Raises `PermissionDenied`."""
        match = request.resolver_match
        rule = rule_for(match.view_name) if match else None
        if rule is None:
            raise PermissionDenied
        if not rule.needs_sign_in:
            return None
        if not request.user.is_authenticated:
            return _sign_in(request)
        if not rule.allows(request.user):
            return _elsewhere(request)
        return _second_factor(request, rule)


def _sign_in(request: HttpRequest) -> HttpResponse:
    if _from_script(request):
        return JsonResponse(
            {
                "type": "about:blank",
                "title": "Sign in again",
                "status": 401,
                "detail": "You are signed out. Sign in again; what you typed is still on the page.",
            },
            status=401,
            content_type="application/problem+json",
            headers={"WWW-Authenticate": 'Session realm="safecall"'},
        )
    # After a sign-in only a page can be opened; a form that was sent cannot be sent again.
    wanted = request.get_full_path() if request.method in {"GET", "HEAD"} else ""
    query = f"?{urlencode({'next': wanted})}" if wanted else ""
    return HttpResponseRedirect(reverse(settings.LOGIN_URL) + query)


def _elsewhere(request: HttpRequest) -> HttpResponse:
    """The desk's own address leads everyone to where their work begins; all else is refused."""
    match = request.resolver_match
    if match and match.view_name == FIRST_PAGES[0] and request.method in {"GET", "HEAD"}:
        return HttpResponseRedirect(reverse(first_page(request.user)))
    raise PermissionDenied


def _second_factor(request: HttpRequest, rule: Rule) -> HttpResponse | None:
    if rule.before_second_factor or not is_missing(request):
        return None
    if _from_script(request):
        raise PermissionDenied
    return HttpResponseRedirect(reverse("mfa_index"))


def _from_script(request: HttpRequest) -> bool:
    if FETCH_HEADER in request.headers:
        return True
    accepted = request.headers.get("Accept", "")
    return "json" in accepted and "text/html" not in accepted
