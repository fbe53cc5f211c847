"""The database keeps what it acknowledges."""

from pathlib import Path

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from safecall.config.database import BadDatabaseAddress, from_url

BASE = Path("/srv/safecall")


def test_a_relative_and_an_absolute_file() -> None:
    assert (
        from_url("sqlite:///var/calls.sqlite3", BASE)["NAME"] == "/srv/safecall/var/calls.sqlite3"
    )
    assert from_url("sqlite:////data/calls.sqlite3", BASE)["NAME"] == "/data/calls.sqlite3"


def test_sqlite_waits_for_the_disk_and_takes_the_lock_first() -> None:
    options = from_url("sqlite:///calls.sqlite3", BASE)["OPTIONS"]

    assert "synchronous=FULL" in options["init_command"]
    assert "journal_mode=WAL" in options["init_command"]
    assert options["transaction_mode"] == "IMMEDIATE"
    assert options["timeout"] >= 5


def test_a_server_with_everything_named() -> None:
    made = from_url(
        "postgresql://safe%40call:p%2Fw@db.example:5433/calls?sslmode=verify-full", BASE
    )

    assert made["ENGINE"].endswith("postgresql")
    assert [made[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")] == [
        "calls", "safe@call", "p/w", "db.example", "5433",
    ]  # fmt: skip
    assert made["OPTIONS"]["sslmode"] == "verify-full"
    assert made["CONN_MAX_AGE"] is None
    assert made["CONN_HEALTH_CHECKS"] is True


def test_a_server_on_a_socket() -> None:
    made = from_url("postgresql:///calls?host=/run/postgresql", BASE)

    assert (made["HOST"], made["PORT"]) == ("/run/postgresql", "")
    assert "host" not in made["OPTIONS"]


@pytest.mark.parametrize(
    "url", ["", "calls.sqlite3", "sqlite:///", "sqlite://host/x", "mysql://db/x", "postgresql://db",
            "postgresql://db:port/x"],
)  # fmt: skip
def test_an_address_that_names_no_database_is_refused(url: str) -> None:
    with pytest.raises(BadDatabaseAddress):
        from_url(url, BASE)


@pytest.mark.django_db(transaction=True)
def test_the_running_connection_is_as_promised() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("pragmas are SQLite's")
    with connection.cursor() as cursor:
        for pragma, wanted in (("journal_mode", "wal"), ("foreign_keys", 1)):
            assert cursor.execute(f"PRAGMA {pragma}").fetchone()[0] == wanted
        assert cursor.execute("PRAGMA busy_timeout").fetchone()[0] >= 5000
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        transaction.atomic(),
    ):
        pass
    assert queries[0]["sql"] == "BEGIN IMMEDIATE"
