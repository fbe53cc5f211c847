"""Inserting rows with little ceremony, for the tables that every contact writes.

Every value passes its field's own way to the database, so a `ScreenedTextField` refuses here what
it refuses in `save`. What is left out is what a plain insert does not need: a statement that is
built anew each time, signals, and model instances that nobody reads.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections, models, transaction

Row = dict[str, Any]
Prepared = tuple[Any, ...]


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
    insert(model, [values(instance)])
    instance._state.adding = False
    instance._state.db = DEFAULT_DB_ALIAS


def values(instance: models.Model) -> Row:
    """An instance's columns and their values."""
    return {field.attname: getattr(instance, field.attname) for field in _fields(type(instance))}


def prepared(model: type[models.Model], row: Row) -> Prepared:
    """A row as the database takes it: made ready in one process, it can be written by another.

    Every value has passed its field's own way, as in `insert`. Raises `UnscreenedText`.
    """
    made = []
    for name, default, usual, quick, prepare in _ways(model):
        value = row[name] if name in row else default()
        if type(value) is usual:
            if quick is not None:
                value = quick(value)
        elif value is not None:
            value = prepare(value, connections[DEFAULT_DB_ALIAS])
            if isinstance(value, memoryview):
                value = bytes(value)
        made.append(value)
    return tuple(made)


def column(model: type[models.Model], name: str) -> int:
    """Where a column stands in a prepared row."""
    return [field.attname for field in _fields(model)].index(name)


def insert_prepared(model: type[models.Model], rows: Sequence[Prepared]) -> None:
    """Insert many rows that `prepared` has made ready: COPY on PostgreSQL, one statement's plan on
    SQLite."""
    if not rows:
        return
    database = connections[DEFAULT_DB_ALIAS]
    with database.cursor() as cursor:
        if database.vendor != "postgresql":
            cursor.executemany(_sql(model, 1, returning=False), rows)
            return
        table, columns = _names(model)
        with (
            database.wrap_database_errors,
            cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
        ):
            for row in rows:
                copy.write_row(row)


def _execute(model: type[models.Model], rows: Sequence[Row], *, returning: bool) -> int:
    given = [value for row in rows for value in prepared(model, row)]
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute(_sql(model, len(rows), returning), given)
        return int(cursor.fetchone()[0]) if returning else 0


@lru_cache(maxsize=64)
def _fields(model: type[models.Model]) -> tuple[models.Field[Any, Any], ...]:
    return tuple(
        field for field in model._meta.concrete_fields if not isinstance(field, models.AutoField)
    )


_Quick = Callable[[Any], Any]
#: Columns of exactly these fields take values of exactly these types as they are; any other value
#: and any other column, one of text above all, has its field's own way.
_AS_IT_IS: Final[dict[type, type]] = {
    models.BigAutoField: int,
    models.BigIntegerField: int,
    models.BinaryField: bytes,
    models.BooleanField: bool,
    models.CharField: str,
    models.FloatField: float,
    models.PositiveIntegerField: int,
    models.PositiveSmallIntegerField: int,
}
_Way = tuple[str, Callable[[], Any], type | None, _Quick | None, Callable[..., Any]]


@lru_cache(maxsize=64)
def _ways(model: type[models.Model]) -> list[_Way]:
    """Each column's name, its default, the usual type of its values and what these become (None:
    they stay), and its own way to the database, which all other values take."""
    return [
        (one.attname, one.get_default, *_usual(one), one.get_db_prep_save) for one in _fields(model)
    ]


def _usual(field: models.Field[Any, Any]) -> tuple[type | None, _Quick | None]:
    if isinstance(field, models.ForeignKey):
        return _usual(field.target_field)
    if same := _AS_IT_IS.get(type(field)):
        return same, None
    if connections[DEFAULT_DB_ALIAS].vendor != "sqlite" or getattr(field, "encoder", None):
        return None, None
    return _AS_TEXT.get(type(field), (None, None))


def _utc(value: datetime) -> str:
    """A moment as Django keeps it in SQLite. Raises `ValueError` for one without a zone."""
    if value.tzinfo is None:
        raise ValueError("a moment needs a time zone")
    return str(value.astimezone(UTC).replace(tzinfo=None))


#: What SQLite keeps as text, and how.
_AS_TEXT: Final[dict[type, tuple[type, _Quick]]] = {
    models.DateField: (date, date.isoformat),
    models.DateTimeField: (datetime, _utc),
    models.JSONField: (dict, json.dumps),
    models.UUIDField: (UUID, lambda value: value.hex),
}


@lru_cache(maxsize=64)
def _names(model: type[models.Model]) -> tuple[str, str]:
    """The table and its columns, quoted."""
    quoted = connections[DEFAULT_DB_ALIAS].ops.quote_name
    columns = ", ".join(quoted(field.column or field.attname) for field in _fields(model))
    return quoted(model._meta.db_table), columns


@lru_cache(maxsize=64)
def _sql(model: type[models.Model], rows: int, returning: bool) -> str:
    quoted = connections[DEFAULT_DB_ALIAS].ops.quote_name
    table, columns = _names(model)
    marks = f"({', '.join(['%s'] * len(_fields(model)))})"
    many = ", ".join([marks] * rows)
    sql = f"INSERT INTO {table} ({columns}) VALUES {many}"  # noqa: S608  the model's own names
    return f"{sql} RETURNING {quoted(model._meta.pk.attname)}" if returning else sql
