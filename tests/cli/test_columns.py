"""`safecall columns`: an export in, what its columns carry out."""

import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from typer.testing import CliRunner

from safecall.cli.main import app

ROWS = [
    {"no": str(number), "HOLD_TYPE": hold, "ALIEN_NO": f"A{200000000 + number % 3}",
     "who": ["Ada Doe", "Bo Roe"][number % 2], "notes": f"Row {number} of a quiet night"}
    for number, hold in enumerate(["HOLD IMMIGRAT", "HOLD FBI", "HOLD IMMIGRAT", "HOLD DEA"] * 20)
]  # fmt: skip


def run(*arguments: object) -> tuple[int, str, str]:
    done = CliRunner().invoke(app, ["columns", *map(str, arguments)], env={"COLUMNS": "200"})
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture
def bookings(tmp_path: Path) -> Path:
    path = tmp_path / "bookings.csv"
    pl.DataFrame(ROWS).write_csv(path)
    return path


def test_columns_are_named_with_reason_rule_and_codes(bookings: Path) -> None:
    code, out, _ = run(bookings)
    assert code == 1
    for words in ("HOLD_TYPE", "authority", "value.authority.immigration", "HOLD IMMIGRAT  40"):
        assert words in out
    assert "ALIEN_NO" in out
    assert "HOLD FBI" not in out
    for never in ("A2000", "Ada", "quiet"):
        assert never not in out


def test_json_says_the_same(bookings: Path) -> None:
    code, out, _ = run(bookings, "--format", "json")
    assert code == 1
    [file] = json.loads(out)["files"]
    holds, aliens = file["columns"]
    assert (holds["column"], holds["kind"], holds["by"]) == ("HOLD_TYPE", "authority", "values")
    assert holds["values"] == [
        {"value": "HOLD IMMIGRAT", "count": 40, "kind": "authority",
         "rule": "value.authority.immigration"}
    ]  # fmt: skip
    assert holds["share_of_rows"] == 0.5
    assert (aliens["column"], aliens["kind"], aliens["values"]) == ("ALIEN_NO", "identifier", [])


@pytest.mark.parametrize("name", ["a.parquet", "a.csv", "a.jsonl"])
def test_every_form_of_a_clean_export_gives_nothing(tmp_path: Path, name: str) -> None:
    path, frame = tmp_path / name, pl.DataFrame(ROWS).select("no", "who", "notes")
    write = {"parquet": frame.write_parquet, "csv": frame.write_csv, "jsonl": frame.write_ndjson}
    write[path.suffix[1:]](path)
    code, out, _ = run(path)
    assert (code, "no column carries status" in out) == (0, True)


def test_a_value_that_occurs_once_is_counted_and_not_shown(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("release\n" + "BOND\nPR\n" * 20 + "REL TO ICE\n")
    code, out, _ = run(path)
    assert code == 1
    assert "REL TO ICE" not in out
    assert "1 more that occur once" in out


def test_an_unreadable_file_is_named_and_the_others_are_judged(bookings: Path) -> None:
    broken = bookings.parent / "broken.parquet"
    broken.write_bytes(b"secret words")
    code, out, err = run(broken, bookings)
    assert code == 2
    assert "HOLD_TYPE" in out
    assert "broken.parquet" in err
    assert "secret" not in err


def test_django_is_not_needed() -> None:
    code = "import sys, safecall.cli.columns, safecall.guard.columns as _"
    code += "; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
