"""The API's documentation as one page that needs no script, made from the OpenAPI document."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from safecall.api.root import api


@dataclass(frozen=True, slots=True)
class Field:
    """One member of a body or parameter of a request."""

    name: str
    kind: str
    required: bool
    about: str


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as the page shows it."""

    anchor: str
    method: str
    path: str
    title: str
    about: str
    parameters: list[Field]
    body: list[Field]
    answers: list[tuple[str, str, list[Field]]]


@require_safe
@cache_control(max_age=300)
def documentation(request: HttpRequest) -> HttpResponse:
    """The page at /api/docs."""
    document = api.get_openapi_schema()
    context = {"info": document["info"], "operations": _operations(document)}
    return render(request, "api/docs.html", context)


def _operations(document: dict[str, Any]) -> list[Operation]:
    schemas = document["components"]["schemas"]
    return [
        Operation(
            anchor=operation["operationId"],
            method=method.upper(),
            path=path,
            title=operation.get("summary", ""),
            about=operation.get("description", ""),
            parameters=[_parameter(one) for one in operation.get("parameters", [])],
            body=_members(_schema(operation.get("requestBody", {})), schemas),
            answers=[
                (str(status), answer["description"], _answer_members(answer, status, schemas))
                for status, answer in operation["responses"].items()
            ],
        )
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def _parameter(one: dict[str, Any]) -> Field:
    about = one.get("description") or one["schema"].get("description", "")
    return Field(one["name"], _kind(one["schema"]), one.get("required", False), about)


def _schema(holder: dict[str, Any]) -> dict[str, Any]:
    content = holder.get("content", {})
    return next((kind["schema"] for kind in content.values()), {})


def _answer_members(answer: dict[str, Any], status: int | str, schemas: Any) -> list[Field]:
    # Every error has the same members; the page says them once.
    return [] if int(status) >= 400 else _members(_schema(answer), schemas)


def _members(schema: dict[str, Any], schemas: dict[str, Any]) -> list[Field]:
    schema = _resolved(schema.get("items", schema), schemas)
    required = schema.get("required", [])
    found: list[Field] = []
    for name, member in schema.get("properties", {}).items():
        inner = _resolved(_one_of(member), schemas)
        about = member.get("description", "")
        found.append(Field(name, _kind(_one_of(member)), name in required, about))
        found += [
            Field(f"{name}.{one.name}", one.kind, False, one.about)
            for one in (_members(inner, schemas) if "properties" in inner else [])
        ]
    return found


def _resolved(schema: dict[str, Any], schemas: dict[str, Any]) -> dict[str, Any]:
    reference = schema.get("$ref", "")
    found: dict[str, Any] = schemas[reference.rsplit("/", 1)[-1]] if reference else schema
    return found


def _one_of(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema itself where it may also be null."""
    choices = [one for one in schema.get("anyOf", []) if one.get("type") != "null"]
    found: dict[str, Any] = choices[0] if choices else schema
    if "allOf" in found:
        found = found["allOf"][0]
    return found


def _kind(schema: dict[str, Any]) -> str:
    schema = _one_of(schema)
    if "enum" in schema:
        few = [f'"{value}"' for value in schema["enum"]]
        return ", ".join(few) if len(few) <= 8 else "a code of the registry"
    if "$ref" in schema:
        return "object"
    kind = {"string": "text", "integer": "whole number", "array": "list"}.get(
        schema.get("type", ""), schema.get("type", "")
    )
    if schema.get("format") == "date-time":
        return "time (RFC 3339, with offset)"
    if schema.get("format") == "uuid":
        return "UUID"
    limits = [
        f"{word} {schema[name]}"
        for name, word in (
            ("minimum", "from"), ("maximum", "to"), ("maxLength", "at most, in characters:")
        )
        if name in schema
    ]  # fmt: skip
    return " ".join([kind, *limits])
