"""The statement: its figures are those of the records, and every form of it says the same."""

import csv
import io
import json
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from safecall.accountability import files, statement, tally
from safecall.accountability.files import Format
from safecall.accountability.models import Prepared, Tally
from safecall.accountability.periods import BadPeriod, Period, on_pages
from safecall.accountability.showing import values
from safecall.accountability.showing.showing import show
from safecall.contacts.actions import Actor
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.engagements.actions import amend
from safecall.engagements.facts import Facts
from safecall.people.models import User
from safecall.vocabulary.engagements.occasion import Authority
from tests.accountability.department import DETAINER, HELPED, SUSPECT, opened, recorded, some_years

NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)
DECADE = Period(date(2017, 1, 1), date(2026, 12, 31))


def _made(period: Period = DECADE) -> statement.Document:
    tally.refresh()
    return statement.make(period, NOW)


def test_the_figures_are_those_of_the_records(answering_point: AnsweringPoint, sofia: User) -> None:
    some_years(answering_point, sofia)
    made = _made()
    assert made["contacts"]["total"] == 60
    assert [(one["year"], one["total"]) for one in made["contacts"]["by_year"]] == [
        (2024, 30),
        (2025, 20),
        (2026, 10),
    ]
    assert made["contacts"]["channels"]["text"] == 30
    counts = made["engagements"]
    assert (counts["records"], counts["engaged"], counts["border_patrol_suspect"]) == (3, 2, 2)
    assert (counts["asked"], counts["declined"]) == (1, 1)
    assert counts["by_authority"]["CBP_USBP"]["records"] == 2
    assert counts["decisions"]["declined"] == 1
    assert counts["bases"]["criminal_suspect_predicate"] == 2
    assert counts["custody"]["taken_by_authority"] == 2
    assert made["records"] == {"from": "2024-01-01", "to": "2026-11-28"}


def test_the_sentence_has_the_figures_in_it(answering_point: AnsweringPoint, sofia: User) -> None:
    some_years(answering_point, sofia)
    shown = show(_made())
    assert "60 contacts with people" in shown.sentence
    assert "Border Patrol 2 times about a suspect" in shown.sentence
    one_year = show(_made(Period.of_year(2025)))
    assert "20 contacts" in one_year.sentence
    assert "Border Patrol 1 time about" in one_year.sentence
    assert "never worked with Border Patrol" in show(_made(Period.of_year(2026))).sentence


def test_a_statement_begins_where_the_records_begin(
    answering_point: AnsweringPoint, db: None
) -> None:
    """Nobody says of years without records that nothing happened in them."""
    assert show(_made()).sentence == "There are no records of this time."
    opened(answering_point, datetime(2026, 10, 5, 18, tzinfo=UTC))
    made = _made()
    assert "From Oct. 1, 2026 to Nov. 28, 2026 we had 1 contacts" in show(made).sentence
    assert [one["year"] for one in made["contacts"]["by_year"]] == [2026]
    before = _made(Period.of_year(2019))
    assert before["records"] is None
    assert before["contacts"]["by_year"] == []


def test_a_broken_rule_is_said_first(answering_point: AnsweringPoint, sofia: User) -> None:
    opened(answering_point, datetime(2026, 3, 3, 18, tzinfo=UTC))
    recorded(sofia, "2026-04-06", HELPED)
    made = _made()
    found = made["engagements"]["findings"]
    assert found["CIVIL_GRANTED_WITHOUT_JUDICIAL_BASIS"] == {"standing": 1, "settled": 0}
    assert made["engagements"]["spent"]["minutes"] == 240
    section = next(one for one in show(made).sections if one.name == "findings")
    assert section.alerts
    assert any("did not always keep" in one for one in show(_made()).more)


def test_only_what_is_true_is_said_of_the_promise(
    answering_point: AnsweringPoint, sofia: User
) -> None:
    opened(answering_point, datetime(2026, 3, 3, 18, tzinfo=UTC))
    recorded(sofia, "2026-04-06", SUSPECT)
    assert any("We hold nobody for them" in one for one in show(_made()).more)
    recorded(sofia, "2026-05-04", SUSPECT, held_beyond_release=True, held_minutes=30)
    more = show(_made()).more
    assert not any("We hold nobody for them" in one for one in more)
    assert any("did not always keep" in one for one in more)


def test_an_amended_record_counts_as_it_holds_now(
    answering_point: AnsweringPoint, sofia: User
) -> None:
    opened(answering_point, datetime(2026, 3, 3, 18, tzinfo=UTC))
    first = recorded(sofia, "2026-04-06", SUSPECT)
    other = Facts(happened_at=first.happened_at, **(SUSPECT | {"authority": Authority.ICE_HSI}))
    amend(Actor.staff(sofia), first, other)
    counts = _made()["engagements"]
    assert (counts["records"], counts["amended"]) == (1, 1)
    assert counts["by_authority"]["CBP_USBP"]["records"] == 0
    assert counts["by_authority"]["ICE_HSI"]["engaged"] == 1
    assert counts["border_patrol_suspect"] == 0


def test_months_belong_to_the_departments_zone(answering_point: AnsweringPoint, db: None) -> None:
    """Half past eleven in the evening of New Year's Eve in Duluth is next year in London."""
    opened(answering_point, datetime(2026, 1, 1, 5, 30, tzinfo=UTC))
    tally.refresh()
    assert tally.read(Tally.CONTACTS) == {date(2025, 12, 1): {"911": 1}}


def test_only_months_that_changed_are_counted_anew(
    answering_point: AnsweringPoint, sofia: User
) -> None:
    some_years(answering_point, sofia)
    assert tally.refresh() > 10
    assert tally.refresh() == 0
    opened(answering_point, datetime(2025, 2, 7, 18, tzinfo=UTC))
    assert tally.refresh() == 1
    assert sum(sum(counts.values()) for counts in tally.read(Tally.CONTACTS).values()) == 61
    assert tally.refresh(everything=True) > 10


def test_each_form_says_the_same(answering_point: AnsweringPoint, sofia: User) -> None:
    some_years(answering_point, sofia)
    made = _made()
    assert json.loads(files.write(made, Format.JSON)) == made
    text = files.write(made, Format.TEXT).decode()
    page = files.write(made, Format.HTML).decode()
    for said in ("60 contacts with people", "Work with immigration authorities", "2024"):
        assert said in " ".join(text.split())
        assert said in page
    assert "<script" not in page
    assert "http" not in page.replace("http://www.w3.org", "")
    lines = list(csv.DictReader(io.StringIO(files.write(made, Format.CSV).decode())))
    assert {"figure": "contacts", "year": "", "code": "all", "value": "60"} in lines
    assert {
        "figure": "engagements_border_patrol_suspect",
        "year": "",
        "code": "all",
        "value": "2",
    } in lines
    assert files.write(made, Format.PDF).startswith(b"%PDF-")


def test_a_translation_says_it_in_spanish(answering_point: AnsweringPoint, sofia: User) -> None:
    some_years(answering_point, sofia)
    made = _made()
    with translation.override("es"):
        shown = show(made)
    assert "2 veces con la Patrulla Fronteriza" in shown.sentence


def test_pages_have_their_statements_made_ready(
    answering_point: AnsweringPoint, sofia: User
) -> None:
    some_years(answering_point, sofia)
    keys = statement.prepare(NOW)
    assert keys == ["decade", "all", "2026", "2025", "2024"]
    document, known = statement.prepared("2025")
    assert document is not None
    assert document["contacts"]["total"] == 20
    assert set(known) == set(keys)
    assert statement.prepared("1999")[0] is None


def test_a_page_needs_as_many_queries_with_many_contacts_as_with_none(
    answering_point: AnsweringPoint, db: None
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as seen:
            statement.prepared("decade")
        return len(seen)

    statement.prepare(NOW)
    before = queries()
    Contact.objects.bulk_create(
        Contact(
            channel="911",
            agency=answering_point.agency,
            answering_point=answering_point,
            opened_at=NOW,
            received_at=NOW,
        )
        for _ in range(2000)
    )
    statement.prepare(NOW)
    assert queries() == before
    found, _ = statement.prepared("decade")
    assert found is not None
    assert found["contacts"]["total"] == 2000


def test_what_is_gone_from_the_pages_goes(db: None) -> None:
    Prepared.objects.create(
        key="1999", first=date(1999, 1, 1), last=date(1999, 12, 31), document={}, made_at=NOW
    )
    statement.prepare(NOW)
    assert not Prepared.objects.filter(key="1999").exists()


@pytest.mark.parametrize(
    ("first", "last"),
    [
        (date(2026, 1, 2), date(2026, 1, 31)),
        (date(2026, 1, 1), date(2026, 1, 30)),
        (date(2026, 2, 1), date(2026, 1, 31)),
    ],
)
def test_a_period_has_whole_months(first: date, last: date) -> None:
    with pytest.raises(BadPeriod):
        Period(first, last)


def test_the_periods_of_the_page() -> None:
    found = on_pages(date(2015, 6, 3), date(2026, 11, 28))
    assert found["decade"] == DECADE
    assert found["all"].first == date(2015, 1, 1)
    assert list(found)[:4] == ["decade", "all", "2026", "2025"]
    assert "2015" in found
    assert Period(date(2026, 1, 1), date(2026, 12, 31)).whole_years() == [2026]
    assert Period(date(2025, 2, 1), date(2026, 12, 31)).whole_years() == [2026]


def test_language_tables_come_once_after_the_year(
    answering_point: AnsweringPoint, amina: User
) -> None:
    from safecall.interpreting.models import InterpreterRequest

    def needed(year: int, language: str, count: int) -> None:
        contact = opened(answering_point, datetime(year, 5, 4, 18, tzinfo=UTC))
        at = contact.opened_at
        InterpreterRequest.objects.bulk_create(
            InterpreterRequest(
                contact=contact,
                language=language,
                priority=3,
                needed_at=at,
                requested_at=at,
                ended_at=at,
                ending="interpreted",
            )
            for _ in range(count)
        )

    for language, count in (("so", 40), ("es", 25), ("am", 3)):
        needed(2025, language, count)
    needed(2026, "so", 60)
    made = _made()["interpreters"]
    (only,) = [one for one in made["by_year"] if one["counts"]]
    assert only["year"] == 2025
    assert only["counts"] == {"so": 40, "es": None, "am": None}
    assert only["total"] == 68
    assert made["open_years"] == [2026]
    needed(2025, "am", 30)
    with time_machine.travel(datetime(2027, 3, 1, tzinfo=UTC)):
        again = statement.make(DECADE)["interpreters"]
    released = {one["year"]: one for one in again["by_year"]}
    assert released[2025]["counts"] == {"so": 40, "es": None, "am": None}, "it stands"
    assert released[2026]["counts"] == {"so": 60}
    assert again["together"]["counts"] == {"so": 100, "es": None, "am": None}


def test_a_month_with_an_engagement_is_named_where_there_is_no_contact(sofia: User) -> None:
    recorded(sofia, "2026-05-04", SUSPECT)
    nil = _made()["nil_returns"]
    assert nil == {"certified": [], "with_engagement": ["2026-05"], "owed": [], "not_yet": []}


def test_nil_returns_and_what_is_owed(answering_point: AnsweringPoint, sofia: User) -> None:
    from safecall.ledger import nil

    opened(answering_point, datetime(2026, 8, 3, 18, tzinfo=UTC))
    recorded(sofia, "2026-09-14", DETAINER)
    nil.certify(date(2026, 8, 1), "chief_of_police", date(2026, 11, 28))
    made = _made()["nil_returns"]
    assert made["certified"] == [{"month": "2026-08", "role": "chief_of_police", "signed": False}]
    assert made["with_engagement"] == ["2026-09"]
    assert made["owed"] == ["2026-10"]
    assert made["not_yet"] == ["2026-11"]


def test_old_files_say_what_they_can(answering_point: AnsweringPoint, db: None) -> None:
    at = datetime(2020, 5, 4, 18, tzinfo=UTC)
    kinds = ["ASSIST"] * 3 + ["NOISE"] * 40
    Contact.objects.bulk_create(
        Contact(
            channel="911",
            agency=answering_point.agency,
            answering_point=answering_point,
            opened_at=at,
            received_at=at,
            incident_type=kind,
            source=Contact.Source.HISTORICAL,
        )
        for kind in kinds
    )
    opened(answering_point, at)
    made = _made()
    assert made["old_files"] == {
        "contacts": 43,
        "identified": 0,
        "possible": 3,
        "not_determinable": 40,
    }
    section = next(one for one in show(made).sections if one.name == "old-files")
    assert [row[1] for row in section.tables[0].rows] == ["0", "3", "40"]


def test_days_and_numbers_in_a_language_that_django_does_not_know() -> None:
    at = datetime(2026, 11, 28, 18, tzinfo=UTC)
    with translation.override("so"):
        assert values.day(at.date()) == "2026-11-28"
        assert values.moment(at) == "2026-11-28 12:00"
        assert values.month("2026-11") == "2026-11"
        assert values.number(999_813) == "999,813"
    with translation.override("es"):
        assert values.day(at.date()) == "28 de noviembre de 2026"
    with translation.override("en"):
        assert values.number(999_813) == "999,813"
