"""Writing to the ledger: always inside the transaction of the act itself."""

import hashlib
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

import rfc8785
from django.db import connection
from django.utils import timezone

from safecall.ledger.models import LedgerRow
from safecall.privacy.rows import Row, insert

DOMAIN = b"safecall/ledger/v1\n"
SALT_BYTES = 32


class OutsideTransaction(RuntimeError):
    """A ledger row was about to be written apart from the act that it records."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be recorded: a kind, whose record it is, and the record (codes and numbers)."""

    kind: LedgerRow.Kind
    subject: UUID | None
    record: dict[str, str | int | list[str] | dict[str, int]]


def commit(salt: bytes, record: object) -> bytes:
    """SHA-256(domain || salt || canonical JSON of the record), RFC 8785.

    Without the random salt a record of few possible values (a day, a telephone number) could be
    guessed from its hash.
    """
    return hashlib.sha256(DOMAIN + salt + rfc8785.dumps(record)).digest()  # type: ignore[arg-type]


def append(entries: Iterable[Entry], day: date | None = None) -> None:
    """Write one row an entry, in one statement.

    Raises `OutsideTransaction` where no transaction is open.
    """
    if not connection.in_atomic_block:
        raise OutsideTransaction("the ledger row belongs into the transaction of its act")
    when = day or timezone.localdate()
    rows: list[Row] = []
    for entry in entries:
        salt = secrets.token_bytes(SALT_BYTES)
        rows.append(
            {
                "kind": entry.kind.value,
                "subject": entry.subject,
                "day": when,
                "salt": salt,
                "commitment": commit(salt, entry.record),
            }
        )
    insert(LedgerRow, rows)


def forget(subjects: Iterable[UUID]) -> int:
    """Destroy the salts of these subjects' rows, so that no commitment can be opened again."""
    return LedgerRow.objects.filter(subject__in=list(subjects)).update(salt=None)
