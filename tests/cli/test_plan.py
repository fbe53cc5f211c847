"""`safecall plan`: a history in, people per language and hour out."""

import csv
import io
import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from typer.testing import CliRunner

from safecall.cli.main import app
from safecall.contacts.models import AnsweringPoint, Contact


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["plan", *map(str, arguments)], env={"COLUMNS": "200"})
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def calls(tmp_path: Path) -> Path:
    """Four weeks: Spanish all day and often from 08 to 20, Somali now and then."""
    lines = ["time,language"]
    for day in range(1, 29):
        for hour in range(24):
            busy = 8 <= hour < 20
            lines += [f"2026-02-{day:02} {hour:02}:{n:02},es" for n in range(12 if busy else 2)]
            lines += [f"2026-02-{day:02} {hour:02}:30,en"] * (20 if busy else 10)
        lines.append(f"2026-02-{day:02} 09:15,Somali")
    path = tmp_path / "calls.csv"
    path.write_text("\n".join(lines) + "\n")
    return path


def planned(*arguments: object) -> list[dict[str, str]]:
    code, out, err = run("interpreters", *arguments, "--format", "csv")
    assert code == 0, err
    return list(csv.DictReader(io.StringIO(out)))


def test_the_busy_hours_need_more_and_the_rare_language_two(calls: Path) -> None:
    people = {
        (row["language"], int(row["hour"])): int(row["people"])
        for row in planned("--history", calls)
    }
    assert set(people) == {(tag, hour) for tag in ("es", "so") for hour in range(24)}
    assert people["es", 12] > people["es", 3] > people["so", 3] == 2


@pytest.mark.parametrize(
    ("option", "value"), [("--pickup", 0.4), ("--busy", 40), ("--target", 0.99)]
)
def test_each_assumption_counts(calls: Path, option: str, value: float) -> None:
    usual = sum(int(row["people"]) for row in planned("--history", calls))
    other = sum(int(row["people"]) for row in planned("--history", calls, option, value))
    assert other > usual


def test_text_says_what_it_rests_on(calls: Path) -> None:
    code, out, _ = run("interpreters", "--history", calls, "--also", "Lao")
    assert code == 0
    for words in ("Goal: 90% of callers", "14,812 calls, 2026-02-01 to 2026-02-28",
                  "assumed or typed, not measured", "nobody on call speaks: 4 vendors",
                  "Spanish", "Somali", "Lao"):  # fmt: skip
        assert words in out
    assert "English" not in out


def test_json_and_the_week(calls: Path) -> None:
    code, out, _ = run("interpreters", "--history", calls, "--by", "week", "--format", "json")
    document = json.loads(out)
    assert code == 0
    assert (document["first_day"], document["rows_counted"]) == ("2026-02-01", 14812)
    assert len(document["needs"]) == 2 * 168
    assert {need["day"] for need in document["needs"]} == {
        "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"
    }  # fmt: skip
    for need in document["needs"]:
        assert need["people_low"] <= need["people"] <= need["people_high"]
        assert need["share_in_time"] >= 0.9


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--from-records",), "not both"),
        (("--target", "90"), "a share between 0 and 1, such as 0.9"),
        (("--pickup", "0"), "such as 0.7"),
        (("--zone", "Mars/Dome"), "America/Chicago"),
        (("--also", "Klingon!"), "neither a tag"),
    ],
)
def test_a_wrong_option_says_how_it_is_right(
    calls: Path, more: tuple[str, str], words: str
) -> None:
    code, out, err = run("interpreters", "--history", calls, *more)
    assert (code, out) == (2, "")
    assert words in err


def test_a_wrong_file_says_what_to_do(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("when,lang\n1,es\n")
    assert "safecall plan template" in run("interpreters", "--history", path)[2]
    path.write_text("time,language\nnoon,es\n")
    assert "row 1: the time is not written as" in run("interpreters", "--history", path)[2]
    assert "There is no file" in run("interpreters", "--history", tmp_path / "b.csv")[2]


def test_the_template_makes_a_plan(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(run("template")[1])
    code, out, _ = run("interpreters", "--history", path)
    assert code == 0
    assert "American Sign Language" in out


def test_english_alone_needs_nobody(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("time,language\n2026-03-01 07:40,en\n")
    code, out, _ = run("interpreters", "--history", path)
    assert code == 0
    assert "nobody is needed on call" in out


@pytest.mark.django_db
def test_from_records_counts_this_department(answering_point: AnsweringPoint) -> None:
    code, out, err = run("interpreters", "--from-records")
    assert (code, out) == (2, "")
    assert "no rows with a time and a language" in err
    yesterday = timezone.localtime().replace(hour=12) - timedelta(days=1)
    for tag in ("so", "so", ""):
        Contact.objects.create(
            channel="911", agency=answering_point.agency, answering_point=answering_point,
            received_at=yesterday, language=tag,
        )  # fmt: skip
    code, out, err = run("interpreters", "--from-records", "--format", "json")
    assert code == 0, err
    document = json.loads(out)
    assert (document["rows_counted"], document["rows_without_language"]) == (2, 1)
    assert document["first_day"] == yesterday.date().isoformat()
    assert document["measured"]["rings"] == 0
