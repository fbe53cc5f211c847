"""Opening a contact: the one path that has to be fast, so it can run before all other middleware.

What the middleware that it passes by would do is done here: the host is checked, the token takes
the place of a session, and a page's headers mean nothing to a program.
"""

import json
import logging
import threading
import time
from collections.abc import Callable
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import DisallowedHost, RequestDataTooBig
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from pydantic import ValidationError

from safecall.api import problems, tokens
from safecall.api.once import Done, count, once
from safecall.api.problems import Problem, from_validation, invalid
from safecall.api.schemas import OpeningIn
from safecall.contacts.actions import (
    Actor,
    Concern,
    ContactOpening,
    InvalidField,
    Place,
    open_contact,
)
from safecall.contacts.models import AnsweringPoint
from safecall.people.models import SystemToken

PATH: Final = "/api/v1/contacts"
LARGEST_BODY: Final = 256 * 1024
_POINTS_KEPT_SECONDS: Final = 10.0
_TRUSTED_SECONDS: Final = 2.0
_database = threading.local()
_log = logging.getLogger(__name__)
_points: dict[str, tuple[float, AnsweringPoint]] = {}

Handler = Callable[[HttpRequest], HttpResponse]


class IntakeMiddleware:
    """First in the list: opens contacts, and makes every other error a problem document."""

    def __init__(self, get_response: Handler) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The answer, from here or from the rest of the service."""
        path = request.path_info
        if not path.startswith("/api/v1/"):
            return self._next(request)
        # A plain-text request in production goes on to the middleware that redirects it.
        secure = request.is_secure() or not settings.SECURE_SSL_REDIRECT
        if path == PATH and request.method == "POST" and secure:
            return opening(request)
        return _as_problem(self._next(request))


def _as_problem(response: HttpResponse) -> HttpResponse:
    if response.status_code < 400 or response.headers.get("Content-Type") == problems.MEDIA_TYPE:
        return response
    allow = response.headers.get("Allow")
    return Problem(response.status_code, headers={"Allow": allow} if allow else {}).response()


def opening(request: HttpRequest) -> HttpResponse:
    """Answers POST /api/v1/contacts."""
    try:
        request.get_host()
        _trust_the_connection()
        token = tokens.authenticate(request, tokens.WRITE)
        sent = _body(request)
        key = request.headers.get("Idempotency-Key", "")
        done = once(token.pk, key, sent.model_dump_json(), lambda: _open(token, sent))
    except Problem as problem:
        return problem.response()
    except DisallowedHost:
        return Problem(400, "The Host header is not one of this service's.").response()
    except OperationalError:
        _database.answered = 0.0
        _log.exception("the database could not take a contact")
        return Problem(503, headers={"Retry-After": "1"}).response()
    except Exception:  # noqa: BLE001  whatever it was, the answer says nothing of what was sent
        _log.exception("a contact could not be opened")
        return Problem(500).response()
    _database.answered = time.monotonic()
    return _answer(done)


def _trust_the_connection() -> None:
    """Spare the question whether the connection stands, where it did its work a moment ago."""
    ago = time.monotonic() - getattr(_database, "answered", 0.0)
    wrapper: Any = connections[DEFAULT_DB_ALIAS]  # the stubs lack the attribute
    wrapper.health_check_done = ago < _TRUSTED_SECONDS


def read_body(request: HttpRequest) -> bytes:
    """The body, once its kind and size are known to be right. Raises `Problem`."""
    if request.content_type != "application/json":
        raise Problem(415)
    if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST_BODY:
        raise Problem(413)
    try:
        return request.body
    except RequestDataTooBig:
        raise Problem(413) from None


def _body(request: HttpRequest) -> OpeningIn:
    try:
        return OpeningIn.model_validate_json(read_body(request))
    except ValidationError as error:
        raise from_validation(error) from None


def _open(token: SystemToken, sent: OpeningIn) -> Done:
    place, concern = sent.place, sent.concern
    try:
        opened = open_contact(
            Actor.system(token.name),
            ContactOpening(
                channel=sent.channel,
                answering_point=answering_point(sent.answering_point, token),
                received_at=sent.received_at,
                answered_at=sent.answered_at,
                place=Place(place.words, place.latitude, place.longitude),
                callback=sent.callback,
                caller_name=sent.caller_name,
                concern=Concern(concern.for_whom, concern.who, concern.where),
                incident_type=sent.incident_type,
                priority=sent.priority,
                language=sent.language,
                source_number=sent.source_number,
                narrative=sent.narrative,
            ),
        )
    except InvalidField as error:
        raise invalid(error.field, error.message) from None
    return Done(opened.contact, None, count(opened.removed), list(opened.not_kept))


def answering_point(code: str, token: SystemToken) -> AnsweringPoint:
    """The answering point by its code; without one, the token's, or the first of all.

    Raises `Problem`. What is found is remembered for some seconds: it changes once in years.
    """
    wanted = code or token.answering_point
    known = _points.get(wanted)
    if known and time.monotonic() - known[0] < _POINTS_KEPT_SECONDS:
        return known[1]
    points = AnsweringPoint.objects.order_by("pk")
    if wanted:
        points = points.filter(code=wanted)
    found = points.first()
    if found is None:
        raise invalid("answering_point", "There is no such answering point. Check its code.")
    _points[wanted] = (time.monotonic(), found)
    return found


def _answer(done: Done) -> HttpResponse:
    contact = done.contact
    body: dict[str, Any] = {
        "id": str(contact.pk),
        "number": contact.number,
        "state": contact.state,
        "version": contact.version,
        "incident_type": contact.incident_type,
        "priority": contact.priority,
        "received_at": contact.received_at.isoformat(),
        "removed": done.removed,
        "not_kept": sorted(done.not_kept),
    }
    sent = json.dumps(body).encode()
    return HttpResponse(
        sent,
        content_type="application/json",
        status=200 if done.repeated else 201,
        headers={
            "Content-Length": str(len(sent)),
            "Location": f"{PATH}/{contact.pk}",
            "ETag": f'"{contact.version}"',
            "Cache-Control": "no-store",
        },
    )
