"""`safecall decade` on some days of invented calls: the way is the same as for a million."""

import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import polars as pl
import pytest

from safecall.demo.decade import CITIES
from tests.support.service import ROOT

START = datetime(2024, 3, 30, 18, tzinfo=UTC)
EACH = 150


def milliseconds(number: int) -> str:
    return str(int((START + timedelta(minutes=10 * number)).timestamp() * 1000))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Files with the columns of the two cities; 150 invented calls each, over two days."""
    folder = tmp_path / "data"
    folder.mkdir()
    numbers = range(EACH)
    antonio = {
        name: [""] * EACH
        for name in ("Date", "Time", "Category", "PatrolDistrict", "Substation", "Zipcode")
    } | {
        "IncidentNumber": [f"SAPD-2024-{n:07}" for n in numbers],
        "Address": [f"{n} Invented Ave" for n in numbers],
        "ProblemType": ["Welfare Check"] * EACH,
        "LAT": ["29.5"] * EACH,
        "LON": ["-98.5"] * EACH,
        "ResponseDate": [milliseconds(n) for n in numbers],
    }
    oakland = {
        name: [""] * EACH
        for name in (
            "OBJECTID", "STREET", "CALL_DESC", "I_STATUSID", "ILO_BEAT", "I_REPORTINGDISTRICT",
            "CALL_DATE_STR", "POL_BEAT", "POL_DIST", "POL_SECT",
        )
    } | {
        "I_EVENTNUMBER": [f"LOP24{n:07}" for n in numbers],
        "LOCATION": [f"{n} Pretend St" for n in numbers],
        "CALL_ID": ["415"] * EACH,
        "CALL_DATE": [milliseconds(n) for n in numbers],
        "TIMEUPDATE": [milliseconds(n + 1) for n in numbers],
    }  # fmt: skip
    for city, columns in zip(CITIES, (antonio, oakland), strict=True):
        pl.DataFrame(columns).write_parquet(folder / city.file)
    return folder


def decade(*options: str, database: str = "") -> "subprocess.CompletedProcess[str]":
    environment = {k: v for k, v in os.environ.items() if not k.startswith("SAFECALL_")}
    if database:
        environment["SAFECALL_DATABASE_URL"] = database
    code = "from safecall.cli.main import app; app()"
    return subprocess.run(
        [sys.executable, "-c", code, "decade", *options],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def made(data: Path, to: Path, database: str = "") -> str:
    done = decade("--data", str(data), "--to", str(to), database=database)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_contacts_and_engagements_are_those_that_the_verifier_found(
    data: Path, tmp_path: Path
) -> None:
    to = tmp_path / "decade"
    printed = made(data, to)
    assert "300 contacts, 5 engagements" in printed
    assert "Contact numbers are gapless and agree with the entries" in printed
    assert "The engagements and nil returns are examples" in printed
    for cost in ("s CPU", "MB", "/accountability answers in"):
        assert cost in printed
    assert (to / "ledger" / "checkpoint").exists()
    assert "300 contacts, 5 engagements" in made(data, to)  # anew, not on top


@pytest.mark.postgres
def test_the_same_on_postgresql(data: Path, tmp_path: Path, postgres: str) -> None:
    to = tmp_path / "decade"
    assert "300 contacts, 5 engagements" in made(data, to, postgres)
    again = decade("--data", str(data), "--to", str(to), database=postgres)
    assert again.returncode == 2
    assert "not empty" in again.stderr


def test_without_the_data_it_says_which_files_and_where(tmp_path: Path) -> None:
    done = decade("--data", str(tmp_path), "--to", str(tmp_path / "to"))
    assert done.returncode == 2
    assert "sapd_calls.parquet and oakland_cfs.parquet" in done.stderr
    assert "DATA=" in done.stderr


def test_a_folder_with_other_files_is_left_alone(data: Path, tmp_path: Path) -> None:
    to = tmp_path / "mine"
    to.mkdir()
    (to / "thesis.txt").write_text("mine")
    done = decade("--data", str(data), "--to", str(to))
    assert done.returncode == 2
    assert (to / "thesis.txt").read_text() == "mine"
