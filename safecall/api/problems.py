"""Errors as problem details (RFC 9457). None repeats what was sent: it could name somebody."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any, Final

from django.http import HttpResponse
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from safecall import guard

MEDIA_TYPE: Final = "application/problem+json"

# What each status means here, also for the documentation.
MEANINGS: Final[dict[int, str]] = {
    400: "The request is not readable: not JSON, or not a header that HTTP allows.",
    401: "The bearer token is missing, unknown or no longer valid.",
    403: "The token does not have the scope that this needs.",
    404: "There is nothing with this id.",
    405: "This address does not take this method.",
    409: "The contact's state does not allow this, or somebody else changed the same field.",
    413: "The body is larger than 256 KiB.",
    415: "The body has to be application/json.",
    422: "A value cannot be taken; `errors` says which and why.",
    428: "Send If-Match with the version that you have seen.",
    429: "Too many requests with a token that is not valid.",
    500: "Something failed here. Nothing was kept; send the request again.",
    503: "The guard or the database cannot take this now; nothing was kept. Send it again shortly.",
}


@dataclass(frozen=True, slots=True)
class FieldError:
    """One value that cannot be taken: a JSON pointer (RFC 6901) to it, and what to do."""

    pointer: str
    detail: str


class Problem(Exception):
    """An answer that is an error."""

    def __init__(
        self,
        status: int,
        detail: str = "",
        errors: Iterable[FieldError] = (),
        headers: dict[str, str] | None = None,
        **members: Any,
    ) -> None:
        super().__init__(status)
        self.status = status
        self.detail = detail or MEANINGS.get(status, "")
        self.errors = tuple(errors)
        self.headers = headers or {}
        self.members = members

    def response(self) -> HttpResponse:
        """The problem document."""
        body: dict[str, Any] = {
            "type": f"urn:safecall:problem:{self.status}",
            "title": HTTPStatus(self.status).phrase,
            "status": self.status,
            "detail": self.detail,
            **self.members,
        }
        if self.errors:
            body["errors"] = [{"pointer": e.pointer, "detail": e.detail} for e in self.errors]
        sent = json.dumps(body).encode()
        headers = {
            "Cache-Control": "no-store",
            "Content-Length": str(len(sent)),
            "X-Content-Type-Options": "nosniff",
            **self.headers,
        }
        return HttpResponse(sent, content_type=MEDIA_TYPE, status=self.status, headers=headers)


def invalid(field: str, detail: str) -> Problem:
    """A problem with one field of the body."""
    pointer = "/" + field.replace("concern_", "concern/").replace("for_whom", "concern/for_whom")
    return Problem(422, errors=[FieldError(pointer, detail)])


def from_validation(error: ValidationError) -> Problem:
    """The problem for a body that is not of the schema."""
    details = error.errors(include_url=False, include_context=True, include_input=False)
    if any(detail["type"] == "json_invalid" for detail in details):
        return Problem(400, "The body is not JSON.")
    return unprocessable(details)


def unprocessable(details: Iterable[ErrorDetails | dict[str, Any]]) -> Problem:
    """The problem for values that do not fit, each with its place."""
    return Problem(422, errors=[_field_error(detail) for detail in details])


def _field_error(detail: ErrorDetails | dict[str, Any]) -> FieldError:
    location = [str(part) for part in detail["loc"]]
    if detail["type"] == "extra_forbidden":
        name = location.pop()
        pointer = "/" + "/".join(map(_escaped, location))
        return FieldError(pointer if location else "", _unknown_field(name))
    pointer = "/" + "/".join(map(_escaped, location)) if location else ""
    return FieldError(pointer, str(detail["msg"]))


def _unknown_field(name: str) -> str:
    """Says so where the name asks for status. The name comes from outside: it is not repeated."""
    try:
        about_status = bool(guard.ask(name.replace("_", " ") + ":"))
    except guard.GuardUnavailable:
        about_status = True
    if about_status:
        return (
            "A field that was sent asks for immigration or citizenship status. It is not needed "
            "for this service, so it is not collected. Leave it out."
        )
    return "A field that was sent is not known here. The documentation lists those that are."


def _escaped(part: str) -> str:
    return part.replace("~", "~0").replace("/", "~1")
