import pytest
from django.test import Client

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
