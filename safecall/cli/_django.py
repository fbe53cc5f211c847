"""Starting Django for the sub-commands that need it."""

import os
from typing import NoReturn

import typer


def fail(message: str, code: int = 2) -> NoReturn:
    """Say what is wrong on standard error and end."""
    typer.echo(message, err=True)
    raise typer.Exit(code)


def setup() -> None:
    """Read the settings and load the applications.

    Ends the command with exit code 2, naming every wrong setting, where the settings are refused.
    """
    import django
    from django.core.exceptions import ImproperlyConfigured

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "safecall.config.settings")
    try:
        django.setup()
    except ImproperlyConfigured as error:
        fail(str(error))
    from django.conf import settings

    from safecall.config.accepted import stand

    stand(settings.RULES_DIR, settings.VAR_DIR)


def pending_migrations() -> int:
    """How many migrations the database lacks.

    Ends the command with exit code 2 where the database cannot be reached.
    """
    from django.db import OperationalError, connection
    from django.db.migrations.executor import MigrationExecutor

    try:
        executor = MigrationExecutor(connection)
        return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    except OperationalError:
        fail(
            f"The database {database_name()} cannot be reached. Is it running, and is "
            "SAFECALL_DATABASE_URL right?"
        )


def database_name() -> str:
    """The database in words, without user and password."""
    from django.conf import settings

    wanted = settings.DATABASES["default"]
    if wanted["ENGINE"].endswith("sqlite3"):
        return f"SQLite, {wanted['NAME']}"
    return f"PostgreSQL, {wanted['NAME']} on {wanted['HOST'] or 'this machine'}"
