"""Django's database settings from one address."""

from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

# What a police department cannot lose is on disk when it is acknowledged (FULL); a writer takes
# the lock at the start of its transaction (IMMEDIATE), since one that reads first and writes later
# fails with "database is locked" instead of waiting.
_SQLITE_PRAGMAS = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous={synchronous}; PRAGMA foreign_keys=ON;"
    " PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY;"
)
SQLITE_BUSY_SECONDS = 10


class BadDatabaseAddress(ValueError):
    """The address names no database that safecall can use."""


def from_url(url: str, base: Path, durable: bool = True) -> dict[str, Any]:
    """Django's settings for `url`.

    `sqlite:///relative/to/base` or `sqlite:////absolute/path`;
    `postgresql://user:password@host:port/name?sslmode=verify-full` (`?host=/run/postgresql` for a
    socket). `durable=False` skips waiting for the disk: for tests alone. Raises
    `BadDatabaseAddress`.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite" and not parts.netloc and len(parts.path) > 1:
        return _sqlite(base / unquote(parts.path[1:]), durable)
    if parts.scheme in ("postgresql", "postgres") and len(parts.path) > 1:
        try:
            port = parts.port
        except ValueError as error:
            raise BadDatabaseAddress("the port is not a number") from error
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "PORT": str(port or ""),
            **_postgresql(parts.hostname or "", dict(parse_qsl(parts.query))),
        }
    raise BadDatabaseAddress("must be sqlite:///path or postgresql://user:password@host/name")


def _sqlite(path: Path, durable: bool) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": SQLITE_BUSY_SECONDS,
            "init_command": _SQLITE_PRAGMAS.format(synchronous="FULL" if durable else "OFF"),
        },
    }


def _postgresql(host: str, options: dict[str, str]) -> dict[str, Any]:
    host = options.pop("host", host)
    return {
        "HOST": host,
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,
        # Statements that come again are parsed and planned once a connection.
        "OPTIONS": {
            "connect_timeout": 5,
            "server_side_binding": True,
            "prepare_threshold": 3,
            **options,
        },
    }
