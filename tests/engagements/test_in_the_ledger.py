"""Engagements in the public ledger: counted by month, checked by anyone, against nil returns."""

import json
from datetime import date, datetime

import pytest
from django.utils import timezone

from safecall.contacts.actions import Actor
from safecall.engagements import selectors
from safecall.engagements.actions import amend, record
from safecall.ledger import nil
from safecall.ledger.verify import verify
from safecall.people.models import User
from safecall.vocabulary.engagements import occasion
from tests.engagements.said import about_a_suspect, detainer
from tests.ledger.publishing import KEY, publish, published, reading
from tests.ledger.rows import Kind, add


@pytest.fixture
def december(amina: User) -> date:
    """Contacts in September and October, two engagements in October, none in September."""
    for month in (9, 10):
        for day in range(1, 31):
            add(Kind.CONTACT, 55, date(2026, month, day))
    actor = Actor.staff(amina)
    zone = timezone.get_current_timezone()
    late = record(actor, about_a_suspect(datetime(2026, 10, 31, 23, 30, tzinfo=zone)))
    record(actor, detainer(datetime(2026, 10, 2, 0, 10, tzinfo=zone)))
    said = selectors.facts(selectors.latest(late))
    amend(actor, late, about_a_suspect(said.happened_at, authority=occasion.Authority.CBP_OFO))
    return date(2026, 12, 1)


def test_anyone_can_check_them(december: date) -> None:
    nil.certify(date(2026, 9, 1), "chief_of_police", december)
    publish(december)
    these = published()
    report = verify(reading(these), [KEY.verifier])
    assert report.faults == []
    last = these["checkpoint"].decode()
    assert last
    records = [json.loads(line)["record"] for line in these["openings"].splitlines()]
    engaged = [one for one in records if "direction" in one and "corrects" not in one]
    assert sorted(one["month"] for one in engaged) == ["2026-10", "2026-10"]
    assert [one["number"] for one in records if "decline_reason" in one and len(one) == 4] == [
        "E-2026-0002"
    ]
    corrections = [one for one in records if "corrects" in one]
    assert [one["authority"] for one in corrections] == ["CBP_OFO"]
    # No day, anywhere.
    said = json.dumps(engaged + corrections)
    assert "2026-10-31" not in said
    assert "2026-10-02" not in said


def test_their_month_is_not_nil(december: date) -> None:
    with pytest.raises(nil.NilRefused, match="2 engagement"):
        nil.certify(date(2026, 10, 1), "chief_of_police", december)
