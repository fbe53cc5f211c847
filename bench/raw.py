"""The raw driver writing the rows of one contact, as a measure of what the database itself costs.

The rows are those that the service wrote for a contact: they are read back and written again
under new ids into the same tables, one transaction a contact, each waiting for the disk as the
service does. They get numbers of the year 1, so that the service's worker leaves them alone.
"""

import os
import sqlite3
import time
import uuid
from dataclasses import dataclass
from typing import Any

import psycopg

# Table, the column that names the contact, and the columns that have to be new in every row.
_TABLES = (
    ("contacts_contact", "id", ()),
    ("contacts_note", "contact_id", ("id",)),
    ("contacts_historyentry", "contact_id", ("id",)),
    ("ledger_ledgerrow", "subject", ("id",)),
    ("api_idempotencykey", "contact_id", ("id", "digest", "note_id")),
)


class Sqlite:
    """The `sqlite3` module, with the settings of `safecall.config.database`."""

    mark = "?"

    def __init__(self, path: str) -> None:
        self._connection = sqlite3.connect(path, isolation_level=None)
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            self._connection.execute(f"PRAGMA {pragma}")

    def rows(self, table: str, column: str, contact: object) -> tuple[list[str], list[Any]]:
        cursor = self._connection.execute(f"SELECT * FROM {table} WHERE {column} = ?", [contact])
        return [field[0] for field in cursor.description], cursor.fetchall()

    def any_contact(self) -> object:
        return self._connection.execute("SELECT id FROM contacts_contact LIMIT 1").fetchone()[0]

    def new_id(self) -> object:
        return uuid.uuid4().hex

    def write(self, statements: list[tuple[str, list[Any]]]) -> None:
        self._connection.execute("BEGIN IMMEDIATE")
        for sql, values in statements:
            self._connection.execute(sql, values)
        self._connection.execute("COMMIT")

    def close(self) -> None:
        self._connection.close()


class Postgresql:
    """psycopg 3, one connection."""

    mark = "%s"

    def __init__(self, url: str) -> None:
        self._connection = psycopg.connect(url, autocommit=True)

    def rows(self, table: str, column: str, contact: object) -> tuple[list[str], list[Any]]:
        cursor = self._connection.execute(f"SELECT * FROM {table} WHERE {column} = %s", [contact])
        names = [field.name for field in cursor.description or ()]
        rows = [
            [psycopg.types.json.Jsonb(one) if isinstance(one, dict) else one for one in row]
            for row in cursor.fetchall()
        ]
        return names, rows

    def any_contact(self) -> object:
        row = self._connection.execute("SELECT id FROM contacts_contact LIMIT 1").fetchone()
        assert row
        return row[0]

    def new_id(self) -> object:
        return uuid.uuid4()

    def write(self, statements: list[tuple[str, list[Any]]]) -> None:
        with self._connection.transaction():
            for sql, values in statements:
                self._connection.execute(sql, values)

    def close(self) -> None:
        self._connection.close()


@dataclass
class Template:
    """Insert statements of one contact, with the places of what differs from one to the next."""

    statements: list[tuple[str, list[Any]]]
    ids: list[int]
    digests: list[tuple[int, int]]
    serial: int
    written: int = 0

    def fresh(self, contact: object) -> list[tuple[str, list[Any]]]:
        """The statements for another contact."""
        copies = [(sql, list(values)) for sql, values in self.statements]
        for (_, values), place in zip(copies, self.ids, strict=True):
            values[place] = contact
        for statement, place in self.digests:
            copies[statement][1][place] = os.urandom(32)
        self.written += 1
        copies[0][1][self.serial] = self.written
        return copies


def template(driver: Sqlite | Postgresql) -> Template:
    """Read one contact's rows back as statements that write them again."""
    contact, made = driver.any_contact(), Template([], [], [], 0)
    for table, column, renewed in _TABLES:
        names, rows = driver.rows(table, column, contact)
        for row in rows:
            kept = {
                name: value
                for name, value in zip(names, row, strict=True)
                if name not in renewed or name == "digest"
            }
            if table == "contacts_contact":
                kept["year"], made.serial = 1, list(kept).index("serial")
            if "digest" in kept:
                made.digests.append((len(made.statements), list(kept).index("digest")))
            quoted = ", ".join(f'"{name}"' for name in kept)
            marks = ", ".join([driver.mark] * len(kept))
            sql = f"INSERT INTO {table} ({quoted}) VALUES ({marks})"
            made.statements.append((sql, list(kept.values())))
            made.ids.append(list(kept).index(column))
    return made


def run(driver: Sqlite | Postgresql, made: Template, contacts: int) -> float:
    """Write the rows of so many contacts; the seconds that it took."""
    began = time.perf_counter()
    for _ in range(contacts):
        driver.write(made.fresh(driver.new_id()))
    return time.perf_counter() - began
