"""Sending: nothing lost, nothing twice, every row accounted for."""

import json
from pathlib import Path
from threading import Lock
from typing import Any

import pytest
from typer.testing import CliRunner

from safecall.cli.main import app
from safecall.feeds import mapping_file
from safecall.feeds.replay import Options, Replay, ServiceUnreachable
from tests.feeds.service import service
from tests.feeds.test_mapping import MINIMAL


class Department:
    """Opens contacts once a key, as the API does."""

    def __init__(self) -> None:
        self.contacts: dict[str, dict[str, Any]] = {}
        self.closed: list[str] = []
        self.lock = Lock()

    def answer(self, path: str, key: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        with self.lock:
            if path.endswith("/close"):
                self.closed.append(path.split("/")[-2])
                return 200, {}
            if body["source_number"] == "bad":
                errors = [{"pointer": "/source_number", "detail": "Not this one."}]
                return 422, {"title": "Unprocessable", "status": 422, "errors": errors}
            new = key not in self.contacts
            self.contacts.setdefault(key, body)
            return (201 if new else 200), {
                "id": key,
                "state": "received",
                "removed": {"statement": 1} if new else {},
            }


def rows(*numbers: str) -> list[tuple[int, dict[str, str]]]:
    return [
        (place, {"no": number, "at": "2024-01-01T10:00:00", "type": "FIRE"})
        for place, number in enumerate(numbers, start=1)
    ]


MAPPING = mapping_file.parse(MINIMAL, "mine.toml")


def test_every_row_is_accepted_already_there_or_refused_with_a_reason() -> None:
    department = Department()
    broken = (9, {"no": "9", "at": "", "type": "FIRE"})
    with service(department.answer) as url:
        done = Replay(MAPPING, Options(url, "token")).run([*rows("a", "b", "a", "bad"), broken])
    assert (done.read, done.accepted, done.already_there) == (5, 2, 1)
    assert {refusal.row for refusal in done.refusals} == {4, 9}
    assert ("/source_number: Not this one.", 1) in done.reasons()
    assert done.removed == {"statement": 2}
    assert done.unanswered == 0


def test_a_lost_connection_is_tried_again_with_the_same_key() -> None:
    department, dropped = Department(), set[str]()

    def unsteady(path: str, key: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]] | None:
        answer = department.answer(path, key, body)
        if key not in dropped:
            dropped.add(key)
            return None  # done, but the answer never arrives
        return answer

    with service(unsteady) as url:
        done = Replay(MAPPING, Options(url, "token")).run(rows("a", "b", "c"))
    assert len(department.contacts) == 3
    assert done.accepted + done.already_there == 3
    assert done.retries >= 3


def test_a_busy_service_is_asked_again() -> None:
    department, asked = Department(), list[str]()

    def busy(path: str, key: str, body: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        asked.append(key)
        if len(asked) == 1:
            return 503, {"title": "Service Unavailable", "status": 503}
        return department.answer(path, key, body)

    with service(busy) as url:
        done = Replay(MAPPING, Options(url, "token")).run(rows("a"))
    assert (done.accepted, done.retries) == (1, 1)


def _no_answer(*_: object) -> None:
    """Drops the connection."""


def test_a_service_that_is_not_there_ends_the_replay() -> None:
    with service(_no_answer) as url, pytest.raises(ServiceUnreachable):
        Replay(MAPPING, Options(url, "token", patience=0.1)).run(rows("a", "b", "c"))


def test_finished_calls_are_closed_on_request() -> None:
    department = Department()
    finished = MINIMAL.replace(
        "[channel]", 'finished_at = { columns = ["at"], format = "iso" }\n[channel]'
    )
    with service(department.answer) as url:
        options = Options(url, "token", close=True)
        done = Replay(mapping_file.parse(finished, ""), options).run(rows("a", "b"))
    assert done.closed == len(department.closed) == 2


def test_the_rate_is_kept() -> None:
    with service(Department().answer) as url:
        done = Replay(MAPPING, Options(url, "token", rate=50)).run(rows(*"abcdefghijk"))
    assert done.seconds >= 0.2


def run(*arguments: str) -> Any:
    return CliRunner().invoke(app, ["replay", *arguments])


@pytest.fixture
def export(tmp_path: Path) -> Path:
    (tmp_path / "mine.toml").write_text(MINIMAL)
    (tmp_path / "token").write_text("a-token\n")
    calls = tmp_path / "calls.jsonl"
    calls.write_text("\n".join(json.dumps(row) for _, row in rows("a", "bad", "c")))
    return calls


def test_the_command_sums_up_and_lists_refusals(export: Path, tmp_path: Path) -> None:
    listed = tmp_path / "refused.jsonl"
    with service(Department().answer) as url:
        done = run(
            str(export), "--mapping", str(tmp_path / "mine.toml"), "--url", url,
            "--token-file", str(tmp_path / "token"), "--refused", str(listed),
        )  # fmt: skip
    assert done.exit_code == 1
    assert "Accepted" in done.output
    assert json.loads(listed.read_text()) == {
        "row": 2, "reason": "/source_number: Not this one.", "status": 422
    }  # fmt: skip


def test_a_dry_run_sends_nothing_and_needs_no_token(export: Path, tmp_path: Path) -> None:
    done = run(str(export), "--mapping", str(tmp_path / "mine.toml"), "--dry-run")
    assert done.exit_code == 0
    assert "Nothing was sent" in done.output


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (["--dry-run"], "Which mapping"),
        (["--mapping", "sapd", "--dry-run"], "needs columns"),
        (["--mapping", "sapd", "--token-file", "/nowhere"], "no token"),
        (["--mapping", "sapd", "--rate", "fast", "--dry-run"], "--rate"),
    ],
)
def test_wrong_use_says_what_to_do(export: Path, arguments: list[str], complaint: str) -> None:
    done = run(str(export), *arguments)
    assert done.exit_code == 2
    assert complaint in done.output
