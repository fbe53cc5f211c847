"""What is counted and logged are fixed words; limits hold."""

import ast
import logging
from pathlib import Path

import pytest

from safecall import feeds
from safecall.feeds.wire.calls import plain
from safecall.feeds.wire.counts import Counts
from safecall.feeds.wire.limits import Bucket, Seen

SOURCES = sorted(Path(feeds.__file__).parent.rglob("*.py"))


def test_every_kind_of_fault_is_a_fixed_phrase() -> None:
    """So no word of a message can reach a counter or a log by way of it."""
    raised = [
        node.args
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "Malformed"
    ]
    assert len(raised) > 8
    assert all(isinstance(only, ast.Constant) for (only,) in raised)


def test_only_what_is_new_is_told(caplog: pytest.LogCaptureFixture) -> None:
    counts = Counts(logging.getLogger("safecall.test"))
    with caplog.at_level("INFO"):
        counts.add("opened", 2)
        counts.tell()
        counts.tell()
        counts.add("opened")
        counts.tell()
    assert caplog.messages == ["opened: 2", "opened: 1"]
    assert counts.totals() == {"opened": 3}


def test_a_bucket_lets_through_its_rate_and_bursts_of_twice_as_many() -> None:
    now = [0.0]
    bucket = Bucket(5, clock=lambda: now[0])
    assert [bucket.take() for _ in range(12)].count(True) == 10
    now[0] = 1.0
    assert [bucket.take() for _ in range(12)].count(True) == 5


def test_the_oldest_are_forgotten_first() -> None:
    seen: Seen[str] = Seen(most=2)
    for key in ("a", "b", "c"):
        seen.keep(key, key.upper())
    assert [seen.get(key) for key in ("a", "b", "c")] == [None, "B", "C"]
    seen.forget("c")
    assert seen.get("c") is None


def test_plain_text_has_no_control_or_direction_marks() -> None:
    assert plain(" a\r\n\tb\x00\u202ec\u2066 ", 10) == "a bc"
    assert plain("x" * 20, 5) == "xxxxx"
