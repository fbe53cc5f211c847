"""A sign-in ends after a time without work."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory

from safecall.config.sessions import BACKGROUND_HEADER, IdleMiddleware

pytestmark = [pytest.mark.django_db, pytest.mark.both]
START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def begin(signed_in: bool = True) -> str:
    session = SessionStore()
    session[SESSION_KEY if signed_in else "language"] = "1"
    session.create()
    assert session.session_key
    return session.session_key


def visit(key: str, **headers: str) -> bool:
    """One request; whether its session was still there. Saved as Django's middleware does."""
    request = RequestFactory().get("/", headers=headers)
    request.COOKIES[settings.SESSION_COOKIE_NAME] = key
    request.session = SessionStore(key)
    alive = bool(dict(request.session.items()))

    def answer(_: HttpRequest) -> HttpResponse:
        if request.session.modified:
            request.session.save()
        return HttpResponse()

    IdleMiddleware(answer)(request)
    return alive


def test_work_keeps_a_session_alive_all_day() -> None:
    with time_machine.travel(START, tick=False) as clock:
        key = begin()
        for _ in range(30):
            clock.shift(timedelta(minutes=20))
            assert visit(key)


def test_half_an_hour_without_work_ends_it() -> None:
    with time_machine.travel(START, tick=False) as clock:
        key = begin()
        clock.shift(timedelta(minutes=10))
        assert visit(key)
        clock.shift(timedelta(minutes=31))
        assert not visit(key)


def test_a_page_that_looks_for_news_by_itself_does_no_work() -> None:
    with time_machine.travel(START, tick=False) as clock:
        key = begin()
        for _ in range(31):
            clock.shift(timedelta(minutes=1))
            alive = visit(key, **{BACKGROUND_HEADER: "1"})
        assert not alive


def test_it_is_written_once_a_minute_at_most() -> None:
    with time_machine.travel(START, tick=False) as clock:
        key = begin()
        visit(key)
        clock.shift(timedelta(seconds=50))
        before = Session.objects.get(pk=key).expire_date
        visit(key)
        assert Session.objects.get(pk=key).expire_date == before
        clock.shift(timedelta(seconds=20))
        visit(key)
        assert Session.objects.get(pk=key).expire_date > before


def test_a_visitor_who_is_not_signed_in_gets_no_longer_session() -> None:
    with time_machine.travel(START, tick=False) as clock:
        key = begin(signed_in=False)
        clock.shift(timedelta(minutes=20))
        visit(key)
        clock.shift(timedelta(minutes=11))
        assert not visit(key)
