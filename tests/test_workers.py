"""A worker runs once a process, goes on after a failure, and does what comes in a rush together."""

import threading
import time
from collections.abc import Callable

import pytest

from safecall import workers
from safecall.workers import Worker

PATIENCE = 10.0


def _until(true: Callable[[], bool]) -> bool:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.005)
    return False


def test_started_twice_it_is_one_thread() -> None:
    seen: set[int] = set()
    worker = Worker("test", lambda: seen.add(threading.get_ident()) or 0.001)
    for _ in range(3):
        worker.start()
    rounds = [one for one in threading.enumerate() if one.name == "test"]
    assert len(rounds) == 1
    assert _until(lambda: bool(seen))
    assert seen == {rounds[0].ident}


def test_it_goes_on_after_a_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_AFTER_FAILURE", 0.0)
    monkeypatch.setattr(workers, "close_old_connections", lambda: None)
    rounds: list[int] = []

    def once() -> float:
        rounds.append(1)
        if len(rounds) == 1:
            raise ZeroDivisionError
        return 60.0

    Worker("failing", once).start()
    assert _until(lambda: len(rounds) == 2)


def test_it_wakes_early_and_what_comes_in_a_rush_is_one_round() -> None:
    rounds: list[float] = []
    apart = 0.3

    def once() -> float:
        rounds.append(time.monotonic())
        return 60.0

    worker = Worker("woken", once, apart=apart)
    worker.start()
    assert _until(lambda: len(rounds) == 1)
    for _ in range(20):
        worker.wake()
    assert _until(lambda: len(rounds) == 2)
    assert rounds[1] - rounds[0] >= apart
    worker.wake()
    assert _until(lambda: len(rounds) == 3)
    assert rounds[2] - rounds[1] >= apart
