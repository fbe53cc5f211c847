"""Writing to the ledger: always inside the transaction of the act itself."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db import connection
from django.utils import timezone

from safecall.ledger.leaf import DOMAIN, SALT_BYTES, commit
from safecall.ledger.models import LedgerRow
from safecall.privacy.rows import Prepared, Row, insert, insert_prepared

__all__ = [
    "DOMAIN",
    "Entry",
    "OutsideTransaction",
    "append",
    "append_prepared",
    "commit",
    "forget",
    "row",
]


class OutsideTransaction(RuntimeError):
    """A ledger row was about to be written apart from the act that it records."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded: a kind, whose record it is, and the record (codes and numbers).

    `published`: the record itself goes into the public ledger's openings. Only for what the
    department did, never for anything about a person.
    """

    kind: LedgerRow.Kind
    subject: UUID | None
    record: dict[str, Any]
    published: bool = False


def append(entries: Iterable[Entry], day: date | None = None) -> None:
    """Write one row an entry, in one statement.

    Raises `OutsideTransaction` where no transaction is open.
    """
    _inside()
    insert(LedgerRow, [row(entry, day or timezone.localdate()) for entry in entries])


def append_prepared(rows: Sequence[Prepared]) -> None:
    """Write rows that were made ready with `rows.prepared(LedgerRow, row(...))`.

    Raises `OutsideTransaction` where no transaction is open.
    """
    _inside()
    insert_prepared(LedgerRow, rows)


def row(entry: Entry, day: date) -> Row:
    """An entry's row, with new random bytes."""
    salt = secrets.token_bytes(SALT_BYTES)
    return {
        "kind": entry.kind.value,
        "subject": entry.subject,
        "day": day,
        "salt": salt,
        "commitment": commit(salt, entry.record),
        "record": entry.record if entry.published else None,
    }


def _inside() -> None:
    if not connection.in_atomic_block:
        raise OutsideTransaction("the ledger row belongs into the transaction of its act")


def forget(subjects: Iterable[UUID]) -> int:
    """Destroy the salts of these subjects' rows, so that no commitment can be opened again."""
    return LedgerRow.objects.filter(subject__in=list(subjects)).update(salt=None)
