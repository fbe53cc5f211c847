"""The supervisor's page of the staffing plan."""

import csv
import io
import re
from collections.abc import Callable
from datetime import timedelta
from html.parser import HTMLParser

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from safecall.contacts.models import AnsweringPoint, Contact
from safecall.interpreting.actions import (
    InterpreterData,
    SkillData,
    VendorData,
    keep_interpreter,
    keep_vendor,
)
from safecall.interpreting.staffing.measured import Measured
from safecall.people.models import User

SignedIn = Callable[[User], Client]
pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(signed_in: SignedIn, sofia: User) -> Client:
    return signed_in(sofia)


@pytest.fixture
def records(answering_point: AnsweringPoint) -> None:
    """Ten days: two calls in Spanish each hour, one in Somali a day."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    Contact.objects.bulk_create(
        Contact(
            channel="911", agency=answering_point.agency, answering_point=answering_point,
            received_at=midnight - timedelta(days=day, hours=hour), language=tag,
        )
        for day in range(10) for hour in range(1, 25)
        for tag in ("es", "es", *(["so"] if hour == 9 else []))
    )  # fmt: skip


class Table(HTMLParser):
    """The text of each row's cells, of the first table or of the one with this caption."""

    def __init__(self, page: str, caption: str = "") -> None:
        super().__init__()
        self.rows: list[list[str]] = []
        tables = re.findall("<table.*?</table>", page, re.DOTALL)
        self.feed(next((one for one in tables if caption in one), ""))

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag == "tr":
            self.rows.append([])
        elif tag in {"td", "th"}:
            self.rows[-1].append("")

    def handle_data(self, data: str) -> None:
        if self.rows and self.rows[-1]:
            self.rows[-1][-1] += data.strip()


def test_each_language_has_a_number_for_each_hour(desk: Client, records: None) -> None:
    _, spanish, somali = Table(desk.get("/desk/staffing").content.decode()).rows
    assert spanish[:2] == ["Spanish", "480"]
    assert somali[:2] == ["Somali", "10"]
    assert len(spanish) == len(somali) == 26
    assert somali[5] == "2"


def test_the_file_says_what_the_page_says(desk: Client, records: None) -> None:
    answer = desk.get("/desk/staffing.csv", {"pickup": "30"})
    assert answer.headers["Content-Type"].startswith("text/csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
    assert len(rows) == 48
    assert {row["people"] for row in rows if row["language"] == "so"} == {"7"}
    page = desk.get("/desk/staffing", {"pickup": "30"}).content.decode()
    assert Table(page).rows[2][5] == "7"
    assert "/desk/staffing.csv?pickup=30" in page


@pytest.mark.parametrize("wrong", ["0", "101", "many", "", "nan"])
def test_a_wrong_number_is_explained_and_kept(desk: Client, records: None, wrong: str) -> None:
    for name in ("staffing", "staffing.csv"):
        answer = desk.get(f"/desk/{name}", {"pickup": wrong, "busy": "17"})
        page = answer.content.decode()
        assert answer.status_code == 400
        assert "Type a number from 1 to 100." in page
        assert 'value="17"' in page
        assert "<table" not in page


def test_without_records_the_page_says_what_to_do(desk: Client) -> None:
    page = desk.get("/desk/staffing").content.decode()
    assert "begins tomorrow" in page
    assert "safecall plan interpreters --history" in page


def test_it_is_the_supervisors_page(signed_in: SignedIn, amina: User, ruth: User) -> None:
    for user in (amina, ruth):
        assert signed_in(user).get("/desk/staffing").status_code == 403
        assert signed_in(user).get("/desk/staffing.csv").status_code == 403


def test_what_was_measured_stands_in_the_form(
    desk: Client, records: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    assumed = desk.get("/desk/staffing").content.decode()
    assert 'value="70"' in assumed
    assert "measured from 50 rings on" in assumed
    cache.clear()
    found = Measured(rings=1234, talks=456, pick_up=0.3, answers_in_s=6, busy_minutes=14.25)
    monkeypatch.setattr("safecall.desk.staffing.measured", lambda: found)
    page = desk.get("/desk/staffing").content.decode()
    assert 'value="30"' in page
    assert 'value="14.2"' in page
    assert "Measured from 1,234 rings" in page
    assert "Measured from 456 interpreted calls" in page
    assert Table(page).rows[2][5] == "7"


def covered(desk: Client, address: str) -> dict[str, list[str]]:
    """What the page says of each language now."""
    table = Table(desk.get(address).content.decode(), "On call now, beside")
    return {row[0]: row[1:] for row in table.rows}


def test_who_is_on_call_stands_beside_what_the_hour_needs(desk: Client, records: None) -> None:
    for code, hours in (("es-1", "always"), ("es-2", "never"), ("am-1", "always")):
        skill = SkillData(code[:2])
        keep_interpreter(InterpreterData(code, f"Invented {code}", (skill,), hours=hours))
    for address in ("/desk/staffing", "/desk/roster"):
        rows = covered(desk, address)
        here, needed = rows["Spanish"][:2]
        assert here == "1too few"
        assert int(needed) >= 2
        assert rows["Somali"][0] == "0too few"
        assert rows["Amharic"][:2] == ["1", "\u2013"]


def test_an_hour_with_enough_is_not_short(desk: Client, records: None) -> None:
    for number in range(8):
        skill = SkillData("es")
        code = f"es-{number}"
        keep_interpreter(InterpreterData(code, f"Invented {code}", (skill,), hours="always"))
    assert covered(desk, "/desk/roster")["Spanish"][0] == "8"


def test_lines_for_languages_that_nobody_on_call_speaks(desk: Client) -> None:
    def said() -> str:
        page = " ".join(desk.get("/desk/staffing").content.decode().split())
        return page.partition('id="companies"')[2].partition("</section>")[0]

    assert "too few lines" in said()
    assert "For 90 % it takes 4 lines, or people on call." in said()
    for number in range(1, 5):
        keep_vendor(VendorData(f"line-{number}", "An invented line", "18005550100", rank=number))
    keep_vendor(VendorData("so", "An invented line", "18005550199", languages=("so",)))
    assert re.search(r"\b4 companies.{1,6} lines for every language: 93 %", said())
    assert "too few lines" not in said()
