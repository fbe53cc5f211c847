"""Sign-ins end after a time without work (CJIS Security Policy, AC-11/AC-12: 30 minutes)."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

BACKGROUND_HEADER = "Safecall-Background"
REFRESH_SECONDS = 60
_SEEN = "seen"


class IdleMiddleware:
    """Lengthens a signed-in session when its person does something, at most once a minute.

    A page that looks for news by itself sends `Safecall-Background: 1`; that is no work, so an
    unattended desk still ends its session. Not `SESSION_SAVE_EVERY_REQUEST`, which writes a row
    for every request and counts such looking as work.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and not self._background(request):
            self._refresh(request)
        return self.get_response(request)

    @staticmethod
    def _background(request: HttpRequest) -> bool:
        return BACKGROUND_HEADER in request.headers

    @staticmethod
    def _refresh(request: HttpRequest) -> None:
        now = int(time.time())
        session = request.session
        if SESSION_KEY in session and now - session.get(_SEEN, 0) >= REFRESH_SECONDS:
            session[_SEEN] = now
