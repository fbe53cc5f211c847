"""`safecall serve` as an operator meets it."""

import os
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.support.service import SAFECALL, Service


def children(pid: int) -> list[int]:
    return [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def running(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except FileNotFoundError:
        return False


def test_it_says_what_it_does_and_sends_what_protects(service: Service) -> None:
    answer = httpx.get(service.url)

    assert f"http://127.0.0.1:{service.port}" in service.log
    assert "SQLite" in service.log
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_a_host_that_is_not_its_own_is_refused(service: Service) -> None:
    assert httpx.get(service.url, headers={"Host": "other.example"}).status_code == 400


def test_what_people_type_is_in_no_log(service: Service) -> None:
    httpx.get(f"{service.url}/report?words=canary-in-query")
    httpx.get(f"{service.url}/canary-in-path")
    httpx.post(f"{service.url}/report", data={"words": "canary-in-form"})
    httpx.post(f"{service.url}/api/v1/contacts", content=b"canary-in-body")

    assert "canary" not in service.log


def test_sigterm_ends_it_and_its_workers(service: Service) -> None:
    workers = children(service.pid)
    assert workers

    assert service.stop() == 0
    assert not any(running(worker) for worker in workers)


def test_killed_outright_it_leaves_no_worker_and_starts_again(service: Service) -> None:
    workers = children(service.pid)
    assert workers
    os.kill(service.pid, 9)
    service.kill()
    assert not any(running(worker) for worker in workers)

    service.start()
    assert httpx.get(service.url).status_code < 500


def test_production_asks_for_migrations_and_does_not_make_them(
    new_service: Callable[..., Service], tmp_path: Path
) -> None:
    empty = new_service()
    empty.environment |= {
        "SAFECALL_ENV": "production",
        "SAFECALL_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "SAFECALL_FIELD_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "SAFECALL_ALLOWED_HOSTS": "calls.police.example",
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


@pytest.mark.parametrize("workers", [1, 2])
def test_on_postgresql(new_service: Callable[..., Service], postgres: str, workers: int) -> None:
    started = new_service(postgres).start("--workers", str(workers))

    assert "PostgreSQL, postgres" in started.log
    assert httpx.get(started.url).status_code < 500
    assert started.stop() == 0
