"""`safecall serve` as an operator meets it."""

import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from safecall.ledger.note import Signer
from tests.support.service import SAFECALL, Service


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def ends(pid: int) -> bool:
    """Whether a process ends within ten seconds."""
    for _ in range(100):
        try:
            if "\nState:\tZ" in Path(f"/proc/{pid}/status").read_text():
                return True
        except FileNotFoundError:
            return True
        time.sleep(0.1)
    return False


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """One service for the tests that leave it as it is."""
    made = Service(tmp_path_factory.mktemp("service"))
    yield made.start()
    made.kill()


def test_it_says_what_it_does_and_sends_what_protects(running: Service) -> None:
    answer = httpx.get(running.url)

    assert f"http://127.0.0.1:{running.port}" in running.log
    assert "SQLite" in running.log
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_a_host_that_is_not_its_own_is_refused(running: Service) -> None:
    assert httpx.get(running.url, headers={"Host": "other.example"}).status_code == 400


def test_what_people_type_is_in_no_log(running: Service) -> None:
    httpx.get(f"{running.url}/report?words=canary-in-query")
    httpx.get(f"{running.url}/canary-in-path")
    httpx.post(f"{running.url}/report", data={"words": "canary-in-form"})
    httpx.post(f"{running.url}/api/v1/contacts", content=b"canary-in-body")

    assert "canary" not in running.log


def test_a_second_one_on_the_same_port_says_so(running: Service, tmp_path: Path) -> None:
    second = Service(tmp_path)
    done = subprocess.run(
        [SAFECALL, "serve", "--port", str(running.port)],
        env=second.environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 2
    assert f"Port {running.port} of 127.0.0.1 is in use" in done.stderr
    assert not (tmp_path / "service.sqlite3").exists()
    assert httpx.get(running.url).status_code == 200


def test_an_address_of_another_machine_is_told_in_words(tmp_path: Path) -> None:
    command = [SAFECALL, "serve", "--host", "192.0.2.1", "--port", "8000"]
    done = subprocess.run(
        command, env=Service(tmp_path).environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "192.0.2.1:8000 cannot be listened on" in done.stderr


def test_sigterm_ends_it_and_its_workers(service: Service) -> None:
    workers = children(service.pid)
    assert workers

    assert service.stop() == 0
    assert all(ends(worker) for worker in workers)


def test_killed_outright_it_leaves_no_worker_and_starts_again(service: Service) -> None:
    workers = children(service.pid)
    assert workers
    os.kill(service.pid, signal.SIGKILL)
    assert all(ends(worker) for worker in workers)

    service.kill()
    service.start()
    assert httpx.get(service.url).status_code == 200


def test_production_asks_for_migrations_and_does_not_make_them(
    new_service: Callable[..., Service], tmp_path: Path
) -> None:
    empty = new_service()
    empty.environment |= {
        "SAFECALL_ENV": "production",
        "SAFECALL_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "SAFECALL_FIELD_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "SAFECALL_ALLOWED_HOSTS": "calls.police.example",
        "SAFECALL_LEDGER_KEY": Signer.new("calls.police.example/ledger").secret(),
    }
    done = subprocess.run(
        [SAFECALL, "serve"], env=empty.environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "safecall manage migrate" in done.stderr
    with sqlite3.connect(empty.folder / "service.sqlite3") as database:
        assert database.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)


def test_a_database_that_is_not_there_is_told_in_words(
    new_service: Callable[..., Service],
) -> None:
    away = new_service("postgresql://safecall:hunter2@127.0.0.1:1/safecall")
    done = subprocess.run(
        [SAFECALL, "serve"], env=away.environment, capture_output=True, text=True, check=False
    )

    assert done.returncode == 2
    assert "cannot be reached" in done.stderr
    assert "hunter2" not in done.stderr + done.stdout
    assert "Traceback" not in done.stderr


def test_several_workers_on_sqlite_are_refused(new_service: Callable[..., Service]) -> None:
    done = subprocess.run(
        [SAFECALL, "serve", "--workers", "2"],
        env=new_service().environment,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "SAFECALL_WORKERS must be 1 on SQLite" in done.stderr


def test_two_workers_on_postgresql(new_service: Callable[..., Service], postgres: str) -> None:
    started = new_service(postgres).start("--workers", "2")

    assert "Database: PostgreSQL, test_" in started.log
    assert len(children(started.pid)) == 2
    assert httpx.get(started.url).status_code == 200
    assert started.stop() == 0
