"""The demonstration's directory has no number that could be somebody's."""

import pytest

from safecall.demo.referrals import GIVEN, make_referrals
from safecall.referrals.models import Phone, Referral

pytestmark = pytest.mark.django_db


def test_referrals_are_made_once() -> None:
    steps = sum(1 + sum(said != "helped" for said, _ in told) for _, _, told in GIVEN)
    assert make_referrals() == make_referrals() == Referral.objects.count() == steps
    assert set(Phone.objects.values_list("number", flat=True)) == {"911", "211", "988"}
