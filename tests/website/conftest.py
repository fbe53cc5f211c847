from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from safecall.contacts.models import AnsweringPoint

STORY = "Somebody painted on the wall of my shop."


@pytest.fixture
def visitor(answering_point: AnsweringPoint) -> Client:
    """A browser without cookies, which would refuse a form that needs one."""
    return Client(enforce_csrf_checks=True, headers={"accept-language": "en-US"})


@pytest.fixture
def answers() -> dict[str, str]:
    """A report as the second step sends it."""
    return {"story": STORY, "for_whom": "self", "kind": "damage", "once": "a" * 32}


@pytest.fixture
def one_hour(monkeypatch: pytest.MonkeyPatch) -> None:
    """Limits see one moment: no hour of the clock ends while the test counts up to one."""
    now = timezone.now()
    clock = SimpleNamespace(now=lambda: now)
    monkeypatch.setattr("safecall.website.throttle.timezone", clock)
