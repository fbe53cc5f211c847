"""The API's own description: complete, and with no place for anyone's status."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from ninja import Schema

from safecall import guard
from safecall.api.root import api

pytestmark = pytest.mark.django_db


def _names(schema: Any) -> set[str]:
    if isinstance(schema, list):
        return set().union(*map(_names, schema)) if schema else set()
    if not isinstance(schema, dict):
        return set()
    own = set(schema.get("properties", {}))
    return own.union(*map(_names, schema.values())) if schema else own


def test_no_property_asks_for_status() -> None:
    names = _names(api.get_openapi_schema())
    assert {"narrative", "place", "for_whom"} <= names
    assert [name for name in names if guard.ask(name.replace("_", " ") + ":")] == []


def test_every_error_is_described_as_a_problem_document() -> None:
    for path in api.get_openapi_schema()["paths"].values():
        for operation in path.values():
            assert operation["summary"]
            for status, answer in operation["responses"].items():
                kind = "application/problem+json" if int(status) >= 400 else "application/json"
                assert list(answer["content"]) == [kind]


def test_the_page_needs_no_script_and_no_token() -> None:
    answer = Client().get("/api/docs")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "POST /api/v1/contacts" in page
    assert "<script" not in page
    assert "style=" not in page
    assert "http://" not in page
    assert "https://" not in page


def test_the_document_is_served_to_anyone() -> None:
    answer = Client().get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert json.loads(answer.content)["info"]["title"] == "safecall"


def test_no_two_shapes_share_a_name() -> None:
    """The document keeps shapes by name: the second of two would stand in the place of both."""
    names = Counter(shape.__name__ for shape in _shapes(Schema))
    assert names["ContactOut"] == 1
    assert [name for name, times in names.items() if times > 1] == []


def _shapes(of: type[Schema]) -> Iterator[type[Schema]]:
    for shape in of.__subclasses__():
        if shape.__module__.startswith("safecall."):
            yield shape
        yield from _shapes(shape)
