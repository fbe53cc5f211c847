from collections.abc import Iterator
from types import SimpleNamespace

import pytest
from django.test import Client
from django.utils import timezone

from safecall.contacts.models import AnsweringPoint
from tests.support.service import Service
from tests.website.scenes import DEPARTMENT, POLICY

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


@pytest.fixture(scope="session")
def department(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """A running service with a department, its policy in two versions, and a directory.

    One for all that a browser looks at: each test tells its own story and finds others' beside it.
    """
    running = Service(tmp_path_factory.mktemp("department"))
    try:
        running.start()
        running.python(DEPARTMENT + POLICY)
        running.command("referrals", "start")
        yield running
    finally:
        running.kill()
