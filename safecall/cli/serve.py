"""`safecall serve`: the service, on one port."""

import errno
import os
import socket
import time
from pathlib import Path
from typing import Annotated

import typer

from safecall.cli._django import database_name, fail, pending_migrations, setup

# Writers take turns on SQLite; more threads would only wait for each other. On PostgreSQL they
# wait for the disk together.
THREADS_ON_SQLITE = 4
THREADS_ON_POSTGRESQL = 8
_TRIES = 25
_BETWEEN_TRIES = 0.2


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")] = 8000,
    threads: Annotated[
        int | None,
        typer.Option(min=1, max=128, help="Requests answered at once; 4 on SQLite, else 8."),
    ] = None,
    workers: Annotated[
        int | None,
        typer.Option(min=1, max=64, help="Processes; 1 on SQLite. Else SAFECALL_WORKERS."),
    ] = None,
) -> None:
    """Start the service. Ctrl+C, or SIGTERM, ends it after the requests under way.

    Without settings it is a demonstration on SQLite in var/, for this machine alone.
    Production: SAFECALL_ENV=production and what docs/operations.md asks for.

    Examples:

        safecall serve

        safecall serve --port 8080 --threads 8

        SAFECALL_DATABASE_URL=postgresql:///safecall safecall serve --workers 4
    """
    if workers is not None:
        os.environ["SAFECALL_WORKERS"] = str(workers)
    setup()
    from django.conf import settings
    from django.db import connection, connections

    _require_free(host, port)
    _bring_up_to_date()
    _put_rules_in_force()
    threads = threads or (
        THREADS_ON_SQLITE if connection.vendor == "sqlite" else THREADS_ON_POSTGRESQL
    )
    connections.close_all()
    typer.echo(
        f"safecall ({settings.ENVIRONMENT}) on http://{host}:{port}\n"
        f"Database: {database_name()}\n"
        f"{settings.WORKERS} process(es), {threads} threads each. Ctrl+C ends it."
    )
    _run(host, port, settings.WORKERS, threads)


def _require_free(host: str, port: int) -> None:
    """End where another program answers there: two would share the calls between them unseen.

    What a service that was killed a moment ago left behind is waited for.
    """
    for _ in range(_TRIES):
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
            with socket.socket(found[0], found[1]) as probe:
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                probe.bind(found[4])
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                fail(f"{host}:{port} cannot be listened on: {error.strerror}")
            time.sleep(_BETWEEN_TRIES)
        else:
            return
    fail(
        f"Port {port} of {host} is in use: is safecall running already? End it, or choose "
        "another port: safecall serve --port 8001"
    )


def _bring_up_to_date() -> None:
    """Make the database and the static files ready; a demonstration's by itself."""
    from django.conf import settings
    from django.core.management import call_command

    demonstration = settings.ENVIRONMENT != "production"
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    if missing := pending_migrations():
        if not demonstration:
            fail(f"The database lacks {missing} migrations. Run: safecall manage migrate")
        call_command("migrate", verbosity=0, interactive=False)
    if _static_files_are_old():
        if not demonstration:
            fail(
                "The static files are missing or older than this release. "
                "Run: safecall manage collectstatic --no-input"
            )
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)


def _put_rules_in_force() -> None:
    """The guard's rules and the department's own; a change of them goes into the ledger."""
    from django.conf import settings

    from safecall.config.rules import RulesRefused, at_start
    from safecall.guard.kinds import RuleError

    production = settings.ENVIRONMENT == "production"
    try:
        at_start(settings.RULES_DIR, settings.VAR_DIR, production=production)
    except RulesRefused as refused:
        fail(
            f"{refused}\nThe rules of SAFECALL_RULES_DIR are refused, and none were accepted "
            "before. Run: safecall guard rules --check"
        )
    except RuleError:
        pass  # our own: each worker says so, and keeps no text


def _static_files_are_old() -> bool:
    from django.conf import settings
    from django.contrib.staticfiles.finders import get_finders

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    if not manifest.exists():
        return True
    made = manifest.stat().st_mtime
    return any(
        Path(storage.path(name)).stat().st_mtime > made
        for finder in get_finders()
        for name, storage in finder.list([])
    )


def _run(host: str, port: int, workers: int, threads: int) -> None:
    from django.conf import settings
    from granian import Granian
    from granian.constants import HTTPModes, Interfaces
    from granian.log import LogLevels

    Granian(
        "safecall.cli._worker:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=threads,
        # A thread that ends takes its database connection along.
        blocking_threads_idle_timeout=600,
        http=HTTPModes.http1,
        websockets=False,
        log_dictconfig=settings.LOGGING,
        log_level=LogLevels.warning,
        log_access=False,
        respawn_failed_workers=True,
        workers_kill_timeout=15,
    ).serve()
