"""`safecall screen`: files and standard input through the guard."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

SAYS = "Caller is undocumented, two men at the door."


def run(*arguments: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", "from safecall.cli.main import app; app()", "screen"]
    return subprocess.run([*command, *arguments], input=given, capture_output=True, check=False)


def test_text_is_printed_redacted_and_findings_go_to_standard_error() -> None:
    done = run(given=f"{SAYS}\r\nAnother line.".encode())
    assert done.returncode == 0
    text = done.stdout.decode()
    assert "undocumented" not in text
    assert text.endswith(", two men at the door.\r\nAnother line.")
    told = done.stderr.decode().split()
    assert told[0] == "statement"
    assert "undocumented" not in told


def test_lines_of_json_keep_their_order_and_their_ids(tmp_path: Path) -> None:
    records = [
        {"id": "a", "text": SAYS},
        {"id": 2, "text": "A dog barks.", "lang": "en"},
        {"id": None, "text": "half \ud800 a pair"},
    ]
    path = tmp_path / "in.jsonl"
    path.write_text("\n".join(map(json.dumps, records)) + "\n\n", encoding="utf-8")
    done = run(str(path), "--format", "jsonl")
    assert done.returncode == 0, done.stderr
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert [answer["id"] for answer in answers] == ["a", 2, None]
    assert answers[1] == {"id": 2, "text": "A dog barks.", "findings": []}
    [finding] = answers[0]["findings"]
    assert set(finding) == {"kind", "start", "end", "rule", "lang"}
    assert "undocumented" in SAYS[finding["start"] : finding["end"]]
    assert answers[2]["text"] == records[2]["text"]


@pytest.mark.parametrize(
    "line",
    [b"{", b"[]", b'{"id": 1}', b'{"text": "x"}', b'{"id": 1, "text": 2}',
     b'{"id": 1, "text": "x", "lang": 3}', b"\xff"],
)  # fmt: skip
def test_an_unreadable_line_is_named(line: bytes) -> None:
    done = run("--format", "jsonl", given=b'{"id": 1, "text": "x"}\n' + line + b"\n")
    assert done.returncode == 2
    assert b"line 2" in done.stderr
    assert json.loads(done.stdout)["id"] == 1


def test_a_missing_file_is_named() -> None:
    done = run("none.txt")
    assert done.returncode == 2
    assert b"none.txt" in done.stderr


def test_django_is_not_needed() -> None:
    code = "import sys, safecall.cli.screen, safecall.cli.lint; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
