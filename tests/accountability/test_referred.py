"""Referrals and mentions in a statement: small counts hidden, lateness said in public."""

from datetime import UTC, date, datetime, timedelta

import time_machine

from safecall.accountability import statement, tally
from safecall.accountability.periods import Period
from safecall.accountability.showing.showing import show
from safecall.contacts.actions import Actor, add_note
from safecall.contacts.models import AnsweringPoint
from safecall.people.models import User
from safecall.referrals.models import Referral
from tests.accountability.department import opened
from tests.referrals.conftest import data, keep_service

NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)


def _made(first: int = 2025, last: int = 2026) -> statement.Document:
    tally.refresh()
    return statement.make(Period(date(first, 1, 1), date(last, 12, 31)), NOW)


def _referred(clerk: User, helped: int, untold: int) -> None:
    service = keep_service(Actor.staff(clerk), data("Help line", kind="line_211"), confirmed=True)
    outcomes = [Referral.Outcome.HELPED] * helped + [""] * untold
    Referral.objects.bulk_create(
        Referral(service=service, source="desk", given_on=date(2025, 6, 2), outcome=outcome)
        for outcome in outcomes
    )


def test_offices_that_were_named_and_what_became_of_it(
    answering_point: AnsweringPoint, ruth: User
) -> None:
    opened(answering_point, datetime(2025, 6, 2, 18, tzinfo=UTC))
    _referred(ruth, helped=20, untold=30)
    made = _made()["referrals"]
    (year,) = made["by_year"]
    assert year["counts"]["kind.line_211"] == 50
    assert (year["counts"]["outcome.helped"], year["counts"]["outcome.untold"]) == (20, 30)
    assert made["open_years"] == [2026]
    section = next(one for one in show(_made()).sections if one.name == "referrals")
    assert [table.title for table in section.tables] == [
        "Offices that we named in 2025",
        "What became of it in 2025",
    ]
    assert ("The office helped", "20") in section.tables[1].rows


def test_a_few_people_are_not_shown(answering_point: AnsweringPoint, ruth: User) -> None:
    """Three who were helped among fifty: neither the three, nor what would tell them."""
    opened(answering_point, datetime(2025, 6, 2, 18, tzinfo=UTC))
    _referred(ruth, helped=3, untold=47)
    counts = _made()["referrals"]["by_year"][0]["counts"]
    assert counts["outcome.helped"] is None
    assert counts["outcome.untold"] is None
    assert counts["outcome.sent_on"] == 0


def test_a_mention_that_nobody_looked_into_stands_in_public(
    answering_point: AnsweringPoint, amina: User
) -> None:
    with time_machine.travel(NOW - timedelta(days=30), tick=False):
        contact = opened(answering_point, NOW - timedelta(days=30))
        add_note(Actor.staff(amina), contact, "ICE agents asked where he lives.")
    with time_machine.travel(NOW, tick=False):
        made = _made()
        before = _made(2025, 2025)
    assert made["mentions"] == {"unsettled": 1, "late": 0}
    assert before["mentions"] == {"unsettled": 0, "late": 0}
    section = next(one for one in show(made).sections if one.name == "findings")
    assert any("1 note named an immigration authority" in one for one in section.alerts)
