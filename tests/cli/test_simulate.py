"""`safecall simulate interpreters`: a log in, times and a chart out."""

import json
import random
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from safecall.cli.main import app


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(
        app, ["simulate", "interpreters", *map(str, arguments)], env={"COLUMNS": "140"}
    )
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def log(tmp_path: Path) -> Path:
    """Twelve days with 300 calls each, at any time."""
    chance = random.Random(1)
    lines = [
        f"2026-03-{day:02} {chance.randrange(24):02}:{chance.randrange(60):02}"
        for day in range(1, 13)
        for _ in range(300)
    ]
    path = tmp_path / "log.csv"
    path.write_text("\n".join(["time", *lines]) + "\n")
    return path


def test_times_steps_and_assumptions_are_printed(log: Path, tmp_path: Path) -> None:
    chart = tmp_path / "times.svg"
    code, out, err = run("--calls", log, "--days", 4, "--share", "es=0.2,so=0.1", "--chart", chart)
    assert (code, err.strip()) == (0, "")
    for words in ("4 days, 2026-03-09 to 2026-03-12; 1,200 calls", "ASSUMED, not measured",
                  "es 20.00%", "Spanish", "Somali", "Forgotten: nobody", "seed 1"):  # fmt: skip
        assert words in out
    assert chart.read_text().startswith("<svg")


def test_json_is_the_same_for_the_same_seed_and_differs_for_another(log: Path) -> None:
    usual = ("--calls", log, "--days", 4, "--share", "es=0.2", "--format", "json")
    first, again, other = run(*usual)[1], run(*usual)[1], run(*usual, "--seed", 2)[1]
    assert first == again != other
    document = json.loads(first)
    spanish, everybody = document["languages"]
    assert spanish["needs"] == everybody["needs"] == sum(spanish["reached"].values())
    assert spanish["offered_s"]["longest"] <= 1
    assert document["shares_assumed"] == {"es": 0.2}


def test_a_missed_goal_is_named_and_ends_with_1(log: Path) -> None:
    code, out, _ = run(
        "--calls", log, "--days", 4, "--share", "lo=0.2", "--people", "lo=0", "--vendor", 200
    )
    assert code == 1
    assert "Goal missed: lo: first word p90 within 60 s" in out


def test_languages_and_priorities_of_the_log(tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    rows = [f"2026-03-0{day} {hour:02}:00,Somali,1" for day in (1, 2) for hour in range(24)]
    path.write_text("\n".join(["time,language,priority", *rows, "2026-03-02 05:00,en,"]) + "\n")
    code, out, _ = run("--calls", path, "--days", 2, "--format", "json")
    assert code in {0, 1}
    assert [one["language"] for one in json.loads(out)["languages"]] == ["so", "all"]
    assert json.loads(out)["languages"][0]["needs"] == 48


def test_an_export_is_read_by_its_mapping(tmp_path: Path) -> None:
    path = tmp_path / "sapd.parquet"
    names = ["IncidentNumber", "Date", "Time", "Address", "Zipcode", "Category", "ProblemType"]
    names += ["PatrolDistrict", "Substation", "LAT", "LON"]
    row = dict.fromkeys(names, "1")
    pl.DataFrame(
        [
            row | {"ProblemType": kind, "ResponseDate": str(1_772_500_000_000 + minute * 60_000)}
            for minute in range(200)
            for kind in ("Assault", "Officer Traffic Stop")
        ]
    ).write_parquet(path)
    code, out, err = run("--calls", path, "--mapping", "sapd", "--days", 1, "--share", "es=1",
                         "--format", "json")  # fmt: skip
    assert code in {0, 1}, err
    assert json.loads(out)["calls"] == 200, "nobody called in for a traffic stop"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--days", "40"), "The log has 12 days"),
        (("--share", "so"), "--share is written as"),
        (("--people", "so=few"), "--people is written as"),
        (("--speed", "fast"), "--speed is max"),
        (("--vendor", "0"), "take more than no time"),
        (("--zone", "Mars"), "America/Chicago"),
        (("--mapping", "sapd"), "needs columns"),
        (("--mapping", "nosuch"), "nosuch"),
        (("--chart", "/nosuch/folder/a.svg"), "cannot be written"),
    ],
)
def test_what_is_wrong_is_said(log: Path, more: tuple[str, str], words: str) -> None:
    code, out, err = run("--calls", log, "--days", 2, "--share", "so=0.1", *more)
    assert (code, out) == (2, "")
    assert words in err.replace("\n", " ")


def test_a_wrong_row_is_named_and_not_quoted(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("time,priority\n2026-03-01 10:00,1\n2026-03-01 10:00,high secret\n")
    code, _, err = run("--calls", path, "--days", 1)
    assert code == 2
    assert "Row 2" in err
    assert "secret" not in err
    path.write_text("when\n1\n")
    assert "no column time" in run("--calls", path)[2]
    assert "There is no file" in run("--calls", tmp_path / "b.csv")[2]


def test_several_vendors_beside_each_other_are_sooner_than_one_after_the_other(log: Path) -> None:
    usual = ("--calls", log, "--days", 4, "--share", "lo=0.2", "--people", "lo=0",
             "--vendors", 4, "--format", "json")  # fmt: skip
    beside = json.loads(run(*usual)[1])
    after = json.loads(run(*usual, "--next-vendor", 3600)[1])
    assert (beside["vendors"], beside["next_vendor_s"], after["next_vendor_s"]) == (4, 5, 3600)
    p90 = [one["languages"][0]["first_word_s"]["p90"] for one in (beside, after)]
    assert p90[0] < 60 < p90[1]
