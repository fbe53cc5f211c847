"""The open data: valid by others' standard, small counts hidden, nothing about a person."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from frictionless import Package

from safecall.accountability import statement
from safecall.accountability.models import YearTable
from safecall.accountability.open_data import folder
from safecall.accountability.open_data.resources import RESOURCES
from safecall.contacts.models import AnsweringPoint
from safecall.people.models import User
from tests.accountability.department import HELPED, opened, recorded, some_years

NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)
BASE = "https://police.example/accountability/data/"


@pytest.fixture
def department(answering_point: AnsweringPoint, sofia: User) -> AnsweringPoint:
    some_years(answering_point, sofia)
    recorded(sofia, "2026-04-06", HELPED)
    YearTable.objects.create(
        table="interpreters",
        year=2025,
        cells={
            "counts": {"so": 40, "es": None, "am": None},
            "total": 68,
            "more": {"so": {"p50": 14.0, "p90": 31.5}},
        },
    )
    statement.prepare(NOW)
    return answering_point


def _rows(name: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(folder.file(name, BASE).decode())))


def test_the_package_is_valid_by_frictionless(department: AnsweringPoint, tmp_path: Path) -> None:
    for name in folder.NAMES:
        (tmp_path / name).write_bytes(folder.file(name, BASE))
    package = Package(str(tmp_path / folder.PACKAGE))
    report = package.validate()
    assert report.valid, report.flatten(["title", "fieldName", "message"])
    assert {one.name for one in package.resources} == {*(r.name for r in RESOURCES), "dictionary"}


def test_a_wrong_code_would_not_be_valid(department: AnsweringPoint, tmp_path: Path) -> None:
    for name in folder.NAMES:
        data = folder.file(name, BASE)
        (tmp_path / name).write_bytes(data.replace(b"CBP_USBP,", b"USBP,"))
    package = json.loads(folder.file(folder.PACKAGE, BASE))
    (tmp_path / folder.PACKAGE).write_text(json.dumps(package))
    assert not Package(str(tmp_path / folder.PACKAGE)).validate().valid


def test_every_engagement_has_its_row_with_the_month_alone(department: AnsweringPoint) -> None:
    rows = _rows("engagements.csv")
    assert [row["month"] for row in rows] == ["2024-05", "2025-09", "2026-02", "2026-04"]
    assert "CIVIL_GRANTED_WITHOUT_JUDICIAL_BASIS" in rows[-1]["findings"]
    assert rows[0]["offense_level"] == "felony"
    assert "offense_code" not in rows[0]
    text = folder.file("engagements.csv", BASE).decode()
    for never in ("Sofia", "2024-05-06", "2026-04-06", "CAD"):
        assert never not in text


def test_hidden_counts_are_hidden_here_too(department: AnsweringPoint) -> None:
    rows = {row["language"]: row for row in _rows("interpreters.csv")}
    assert (rows["so"]["people"], rows["so"]["hidden"]) == ("40", "false")
    assert (rows["es"]["people"], rows["es"]["hidden"]) == ("", "true")
    assert rows["es"]["seconds_half"] == ""


def test_contacts_add_up(department: AnsweringPoint) -> None:
    assert sum(int(row["contacts"]) for row in _rows("contacts.csv")) == 60


def test_every_column_is_in_the_dictionary(department: AnsweringPoint) -> None:
    told = {(row["table"], row["column"]) for row in _rows("dictionary.csv")}
    for one in RESOURCES:
        for column in folder.file(f"{one.name}.csv", BASE).decode().split("\r\n")[0].split(","):
            assert (one.name, column) in told


def test_data_portals_find_what_they_want(department: AnsweringPoint, client: Client) -> None:
    """DCAT-US 1.1: what each dataset must have, outside the federal government."""
    made: dict[str, Any] = json.loads(client.get("/data.json").content)
    assert made["conformsTo"] == "https://project-open-data.cio.gov/v1.1/schema"
    assert len(made["dataset"]) == len(RESOURCES)
    for one in made["dataset"]:
        for name in ("title", "description", "keyword", "modified", "publisher", "identifier"):
            assert one[name]
        assert one["accessLevel"] == "public"
        assert one["contactPoint"]["hasEmail"].startswith("mailto:")
        (distribution,) = one["distribution"]
        path = distribution["downloadURL"].removeprefix("http://testserver")
        answer = client.get(path)
        assert answer.status_code == 200
        assert answer.headers["Content-Type"].startswith(distribution["mediaType"])
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert not answer.cookies
    assert "Demonstration data" in made["dataset"][0]["description"]


def test_files_that_are_not_there(client: Client, answering_point: AnsweringPoint) -> None:
    assert client.get("/accountability/data/contacts.csv").status_code == 503
    opened(answering_point, NOW)
    statement.prepare(NOW)
    assert client.get("/accountability/data/contacts.csv").status_code == 200
    for name in ("records.csv", "../settings.py", "contacts.json", ""):
        assert client.get(f"/accountability/data/{name}").status_code == 404, name
    assert client.post("/accountability/data/contacts.csv").status_code in (403, 405)
