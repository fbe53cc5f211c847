"""The API as a whole: its operations, its errors, and the document that describes both."""

import copy
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.parser import Parser

from safecall import guard
from safecall.api import contacts, engagements, problems, reference
from safecall.api.intake import read_body
from safecall.api.problems import Problem, invalid, unprocessable
from safecall.api.schemas import OpeningIn
from safecall.contacts.actions import ActRefused, InvalidField, VersionConflict

DESCRIPTION = """
Opens and follows contacts from other systems: computer-aided dispatch, telephone, text.
Every text is screened before it is kept: words about anyone's immigration or citizenship status
are taken out, and answers count them by kind without repeating them. There is no field for status.
"""


class StrictParser(Parser):
    """Reads bodies of the right kind and size alone."""

    def parse_body(self, request: HttpRequest) -> Any:
        """The JSON value of the body. Raises `Problem`."""
        return super().parse_body(_checked(request))


def _checked(request: HttpRequest) -> HttpRequest:
    read_body(request)
    return request


class Api(NinjaAPI):
    """Ninja's API, with its errors described as the problem documents that they are."""

    def get_openapi_schema(self, **kwargs: Any) -> OpenAPISchema:
        """The OpenAPI document."""
        document = super().get_openapi_schema(**kwargs)
        definitions = OpeningIn.model_json_schema(ref_template="#/components/schemas/{model}")
        document["components"]["schemas"].update(copy.deepcopy(definitions["$defs"]))
        for path in document["paths"].values():
            for operation in path.values():
                _describe(operation)
        return document


def _describe(operation: dict[str, Any]) -> None:
    # Ninja makes the summary from the function's name; its first line says more.
    summary, _, rest = operation.get("description", "").strip().partition("\n")
    operation["summary"], operation["description"] = summary, rest.strip()
    for status, response in operation["responses"].items():
        if int(status) < 400:
            continue
        response["description"] = problems.MEANINGS[int(status)]
        content = response.pop("content")
        response["content"] = {problems.MEDIA_TYPE: content["application/json"]}
    schema = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if schema and "$defs" in schema["schema"]:
        schema["schema"] = {k: v for k, v in schema["schema"].items() if k != "$defs"}


api = Api(
    title="safecall",
    version="1.0",
    description=DESCRIPTION,
    urls_namespace="api",
    docs_url=None,
    parser=StrictParser(),
)
api.add_router("/contacts", contacts.router)
api.add_router("/engagements", engagements.router)
api.add_router("", reference.router)


@api.exception_handler(Problem)
def _problem(request: HttpRequest, problem: Problem) -> HttpResponse:
    return problem.response()


@api.exception_handler(ValidationError)
def _validation(request: HttpRequest, error: ValidationError) -> HttpResponse:
    # Ninja puts the kind of parameter and its name before the place within a body.
    details = []
    for detail in error.errors:
        kind, *location = detail["loc"]
        if kind == "body":
            location = location[1:]
        details.append({**detail, "loc": location})
    return unprocessable(details).response()


@api.exception_handler(ActRefused)
def _refused(request: HttpRequest, error: ActRefused) -> HttpResponse:
    return Problem(409, error.message).response()


@api.exception_handler(VersionConflict)
def _conflict(request: HttpRequest, error: VersionConflict) -> HttpResponse:
    return Problem(
        409,
        "Somebody else changed the same fields meanwhile. Read the contact again.",
        fields=sorted(error.fields),
        by=error.by,
        at=error.at.isoformat(),
        version=error.current.version,
    ).response()


@api.exception_handler(InvalidField)
def _invalid(request: HttpRequest, error: InvalidField) -> HttpResponse:
    return invalid(error.field, error.message).response()


@api.exception_handler(guard.GuardUnavailable)
def _no_guard(request: HttpRequest, error: guard.GuardUnavailable) -> HttpResponse:
    return Problem(503, headers={"Retry-After": "5"}).response()


@api.exception_handler(AuthenticationError)
def _no_token(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return Problem(401, headers={"WWW-Authenticate": "Bearer"}).response()


@api.exception_handler(RequestDataTooBig)
def _too_big(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return Problem(413).response()


@api.exception_handler(HttpError)
def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
    # Ninja raises it for a body that is not JSON, and quotes the parser.
    return Problem(error.status_code).response()


@api.exception_handler(Http404)
def _not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return Problem(404).response()
