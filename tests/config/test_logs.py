"""Logs carry no personal data, whatever goes wrong."""

import json
import logging
import sys

from django.test import RequestFactory

from safecall.config.logs import JsonLines

CANARY = "canary 5551234 Maria"


def line(logger: str, message: str, *args: object, **extra: object) -> dict[str, object]:
    record = logging.LogRecord(logger, logging.ERROR, "file", 1, message, args, None)
    record.__dict__.update(extra)
    made = JsonLines().format(record)
    assert "\n" not in made
    assert CANARY not in made
    parsed: dict[str, object] = json.loads(made)
    return parsed


def test_what_others_put_into_their_messages_is_left_out() -> None:
    made = line("django.request", "Internal Server Error: %s", f"/report?text={CANARY}")

    assert made["event"] == "Internal Server Error: %s"
    assert made["level"] == "error"


def test_our_own_messages_are_whole() -> None:
    assert line("safecall.contacts", "numbered %d contacts", 3)["event"] == "numbered 3 contacts"


def test_an_error_is_named_by_type_and_place_not_by_its_words() -> None:
    try:
        try:
            int(CANARY)
        except ValueError as error:
            raise KeyError(CANARY) from error
    except KeyError:
        made = line("safecall.desk", "failed", exc_info=sys.exc_info())

    errors = made["error"]
    assert isinstance(errors, list)
    assert [one["type"] for one in errors] == ["builtins.KeyError", "builtins.ValueError"]
    assert "test_logs.py" in errors[0]["at"][0]


def test_a_request_is_named_by_its_route() -> None:
    request = RequestFactory().get("/desk/", {"q": CANARY})
    request.resolver_match = None

    assert "route" not in line("django.request", "Bad: %s", "x", request=request, status_code=400)
