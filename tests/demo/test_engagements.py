"""The demonstration's engagements."""

import pytest

from safecall.demo.engagements import BY, MADE, make_engagements
from safecall.engagements.models import Engagement, PolicyFinding, TrackStep

pytestmark = pytest.mark.django_db


def test_they_are_made_once_and_say_that_they_are_demo_data() -> None:
    assert make_engagements() == len(MADE)
    assert make_engagements() == len(MADE)
    assert TrackStep.objects.count() == 4
    assert {one.recorded_by_label for one in Engagement.objects.all()} == {BY}
    assert "demo data" in BY


def test_one_of_them_breaks_the_promise_and_pages() -> None:
    make_engagements()
    found = PolicyFinding.objects.get()
    assert (found.code, found.seen_at) == ("DECLINED_BUT_ACTED", None)
