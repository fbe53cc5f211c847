"""Records changed behind the software's back do not fit the ledger, and it says so."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection

from safecall.accountability import statement
from safecall.accountability.check import Result, check
from safecall.contacts import counted, numbering
from safecall.contacts.models import AnsweringPoint, Contact, HistoryEntry, Note
from safecall.engagements.models import Engagement
from safecall.ledger import signing
from safecall.ledger.models import LedgerRow, Log
from safecall.ledger.release import release
from safecall.people.models import User
from tests.accountability.department import opened, some_years
from tests.ledger.publishing import configured

NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)


@pytest.fixture
def department(answering_point: AnsweringPoint, sofia: User) -> AnsweringPoint:
    some_years(answering_point, sofia)
    with configured, time_machine.travel(NOW, tick=False):
        opened(answering_point, NOW - timedelta(days=3), text="She said he has no papers. Glass.")
        while numbering.number_pending():
            pass
        signing.begin()
        release(NOW.date(), counted.counted)
        signing.sign(NOW)
        statement.prepare(NOW)
    return answering_point


def _said(result: Result) -> str:
    return " ".join(result.differs)


def _sql(statement: str, *values: object) -> None:
    """As somebody with a password to the database would do it."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def test_an_honest_department_agrees(department: AnsweringPoint) -> None:
    result = check()
    assert result.differs == []
    assert any(one.startswith("61 contacts, and in each month") for one in result.agrees)
    assert any("3 records of engagements" in one for one in result.agrees)


def test_a_deleted_contact(department: AnsweringPoint) -> None:
    gone = Contact.objects.order_by("opened_at").first()
    assert gone is not None
    HistoryEntry.objects.filter(contact=gone).delete()
    gone.delete()
    said = _said(check())
    assert "2024-01: 2 contacts, but 3 lines in the ledger" in said
    assert "1 lines of the ledger have no contact any more: contacts were deleted" in said
    assert "are not those of the records" in said


def test_a_contact_that_was_written_in(department: AnsweringPoint) -> None:
    Contact.objects.create(
        channel="911",
        agency=department.agency,
        answering_point=department,
        opened_at=NOW,
        received_at=NOW,
    )
    said = _said(check())
    assert "1 contacts have no line in the ledger" in said


def test_a_contact_that_was_moved_to_another_month(department: AnsweringPoint) -> None:
    Contact.objects.filter(opened_at__year=2025).update(opened_at=NOW)
    said = _said(check())
    assert "Contacts and the ledger differ" in said
    assert "and 2 more" not in said or "2025-01" in said


def test_another_channel_shows_in_the_figures(department: AnsweringPoint) -> None:
    Contact.objects.filter(channel="text").update(channel="web")
    assert "contacts by channel" in _said(check())


def test_an_engagement_that_was_deleted(department: AnsweringPoint) -> None:
    one = Engagement.objects.get(happened_at__year=2024)
    for part in (
        "taskforceagency",
        "requesttype",
        "actiontaken",
        "instrument",
        "policyfinding",
        "trackstep",
    ):
        _sql(f"DELETE FROM engagements_{part} WHERE engagement_id = %s", _id(one))
    _sql("DELETE FROM engagements_engagement WHERE id = %s", _id(one))
    assert "1 lines about an engagement have no record any more: 2024-05" in _said(check())


def test_an_engagement_that_was_whitewashed(department: AnsweringPoint) -> None:
    one = Engagement.objects.get(happened_at__year=2024)
    _sql("UPDATE engagements_engagement SET authority = 'USCIS' WHERE id = %s", _id(one))
    said = _said(check())
    assert f"say something else than their line in the ledger: {one.number}" in said


def test_a_line_that_was_changed_with_its_record(department: AnsweringPoint) -> None:
    """Who changes both still cannot open the commitment."""
    one = Engagement.objects.get(happened_at__year=2024)
    line = LedgerRow.objects.get(kind="engagement", subject=one.pk)
    assert line.record is not None
    line.record["authority"] = "USCIS"
    line.save(update_fields=["record"])
    _sql("UPDATE engagements_engagement SET authority = 'USCIS' WHERE id = %s", _id(one))
    assert one.number in _said(check())


def test_a_line_that_was_deleted(department: AnsweringPoint) -> None:
    LedgerRow.objects.filter(kind="engagement").delete()
    said = _said(check())
    assert "Records without a line in the ledger: E-2024-0001" in said
    assert "engagement: 0 rows released, 3 published" in said


def test_what_the_guard_removed_and_no_line_says(department: AnsweringPoint) -> None:
    assert Note.objects.filter(removed__gt=0).exists()
    LedgerRow.objects.filter(kind="guard_removed").delete()
    assert "In 1 contacts the guard removed something, and no line says so" in _said(check())


def test_published_totals_that_were_raised(department: AnsweringPoint) -> None:
    log = Log.objects.get(name=Log.PUBLIC)
    log.totals["contact"] += 1000
    log.save()
    assert "rows released" in _said(check())


def test_figures_that_were_changed_by_hand(department: AnsweringPoint) -> None:
    _sql("UPDATE accountability_tally SET count = count + 1 WHERE kind = 'contacts'")
    said = _said(check())
    assert "contacts by channel" in said
    assert "safecall statement --refresh --everything" in said
    statement.prepare(NOW, everything=True)
    assert check().differs == []


def _id(one: Engagement) -> object:
    prepare = Engagement._meta.pk.get_db_prep_value
    return prepare(one.pk, connection)
