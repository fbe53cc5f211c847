"""A dispatch system with a token, and what it sends."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from safecall.api import intake, tokens
from safecall.contacts.models import AnsweringPoint
from safecall.people.models import SystemToken

Send = Callable[..., HttpResponse]
CONTACTS = "/api/v1/contacts"


@pytest.fixture(autouse=True)
def forgetful() -> None:
    """What one test's process remembers is not known to the next."""
    intake._points.clear()
    tokens._wrong.clear()


@pytest.fixture
def secret(db: None) -> str:
    """The secret of a token that may read and write."""
    return SystemToken.issue("Test CAD", ["contacts:read", "contacts:write"])[1]


@pytest.fixture
def send(secret: str, answering_point: AnsweringPoint) -> Send:
    """Sends a request as the dispatch system: method, path, JSON body, headers by keyword."""
    client = Client(raise_request_exception=False)

    def request(method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("Authorization", f"Bearer {secret}")
        kind = named.pop("Content-Type", "application/json")
        answer = client.generic(
            method,
            path,
            body if isinstance(body, str | bytes) else client._encode_json(body or {}, kind),
            content_type=kind,
            headers=named,
        )
        assert isinstance(answer, HttpResponse)
        return answer

    return request
