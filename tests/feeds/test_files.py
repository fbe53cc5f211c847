"""Exports in every form that is read come out as the same rows of text."""

import gzip
from pathlib import Path

import polars as pl
import pytest

from safecall.feeds import files

ROWS = [{"no": "007", "at": "2024-01-01"}, {"no": "008", "at": None}]
WANTED = [(1, {"no": "007", "at": "2024-01-01"}), (2, {"no": "008", "at": ""})]


@pytest.mark.parametrize("name", ["a.parquet", "a.csv", "a.csv.gz", "a.jsonl", "a.json"])
def test_every_form(tmp_path: Path, name: str) -> None:
    path, frame = tmp_path / name, pl.DataFrame(ROWS)
    if name.endswith(".parquet"):
        frame.write_parquet(path)
    elif name.endswith(".gz"):
        path.write_bytes(gzip.compress(frame.write_csv().encode()))
    elif name.endswith(".csv"):
        frame.write_csv(path)
    elif name.endswith(".jsonl"):
        frame.write_ndjson(path)
    else:
        frame.write_json(path)
    assert list(files.read(path).rows()) == WANTED
    assert list(files.read(path, 1).rows()) == WANTED[:1]
    stream = files.stream(path)
    batches = [row for first, frame in stream.batches(1) for row in files.rows(frame, first)]
    assert batches == WANTED
    assert (len(stream), stream.counts("no")) == (2, {"007": 1, "008": 1})


def test_bytes_that_are_not_utf8_do_not_stop_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"no,at\n1,caf\xe9\n")
    assert list(files.read(path).rows()) == [(1, {"no": "1", "at": "caf\ufffd"})]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.parquet", b"secret words"),
        ("a.jsonl", b"secret words"),
        ("a.csv.gz", b"\x1f\x8b secret words"),
        ("a.xlsx", b"secret words"),
        ("a.json", b'[{"a": {"b": "secret words"}}]'),
        ("a.csv", b""),
    ],
)
def test_what_cannot_be_read_says_so_without_its_words(
    tmp_path: Path, name: str, content: bytes
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(files.FileUnreadable) as error:
        files.read(path)
    assert "secret" not in str(error.value)


def test_no_file() -> None:
    with pytest.raises(files.FileUnreadable, match="no file"):
        files.read(Path("/nowhere/calls.csv"))
