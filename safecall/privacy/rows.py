"""Inserting rows with little ceremony, for the tables that every contact writes.

Every value passes its field's own way to the database, so a `ScreenedTextField` refuses here what
it refuses in `save`. What is left out is what a plain insert does not need: a statement that is
built anew each time, signals, and model instances that nobody reads.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

Row = dict[str, Any]


@contextmanager
def together(*, savepoint: bool = False) -> Iterator[None]:
    """A transaction whose statements PostgreSQL gets in one go, where none needs an answer.

    A conflict that an insert meets is raised when the block ends. Inside another transaction, and
    on SQLite, this is a plain `atomic` block, with a savepoint where one is asked for.
    """
    database = connections[DEFAULT_DB_ALIAS]
    if database.vendor != "postgresql" or database.in_atomic_block:
        with transaction.atomic(savepoint=savepoint):
            yield
        return
    with transaction.atomic(), database.wrap_database_errors, database.connection.pipeline():
        yield


def insert(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert rows given as column (such as `contact_id`) -> value, in one statement.

    Columns that are left out get their field's default; the primary key is left out where the
    database gives it. Raises `UnscreenedText`.
    """
    if rows:
        _execute(model, rows, returning=False)


def insert_one(model: type[models.Model], row: Row) -> int:
    """Insert one row; returns the primary key that the database gave it."""
    return _execute(model, [row], returning=True)


def insert_instance(instance: models.Model) -> None:
    """Insert an instance that was just made and has its primary key."""
    model = type(instance)
    insert(model, [{field.attname: getattr(instance, field.attname) for field in _fields(model)}])
    instance._state.adding = False
    instance._state.db = DEFAULT_DB_ALIAS


def _execute(model: type[models.Model], rows: Sequence[Row], *, returning: bool) -> int:
    fields, database = _fields(model), connections[DEFAULT_DB_ALIAS]
    values = [
        field.get_db_prep_save(
            row[field.attname] if field.attname in row else field.get_default(), database
        )
        for row in rows
        for field in fields
    ]
    with database.cursor() as cursor:
        cursor.execute(_sql(model, len(rows), returning), values)
        return int(cursor.fetchone()[0]) if returning else 0


@lru_cache(maxsize=64)
def _fields(model: type[models.Model]) -> tuple[models.Field[Any, Any], ...]:
    return tuple(
        field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)
    )


@lru_cache(maxsize=64)
def _sql(model: type[models.Model], rows: int, returning: bool) -> str:
    quoted, fields = connections[DEFAULT_DB_ALIAS].ops.quote_name, _fields(model)
    columns = ", ".join(quoted(field.column or field.attname) for field in fields)
    marks = f"({', '.join(['%s'] * len(fields))})"
    many = ", ".join([marks] * rows)
    table = quoted(model._meta.db_table)
    sql = f"INSERT INTO {table} ({columns}) VALUES {many}"  # noqa: S608  the model's own names
    return f"{sql} RETURNING {quoted(model._meta.pk.attname)}" if returning else sql
