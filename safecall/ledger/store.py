"""Growing a log: entries, tiles and head are written in the caller's one transaction."""

import base64
import gzip
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from django.db import connection

from safecall.ledger import tree
from safecall.ledger.edge import Edge
from safecall.ledger.leaf import Counter
from safecall.ledger.models import LedgerRow, Log, StoredTile
from safecall.ledger.tiles import (
    ENTRIES,
    WIDTH,
    Tile,
    bundle,
    cut_bundle,
    subtree_from,
    tiles_for,
)
from safecall.ledger.tree import EMPTY_ROOT, HASH_BYTES, Subtree

_GZIP_LEVEL = 1  # entries differ in little but their commitments, which do not shrink


class Item(NamedTuple):
    """What becomes an entry: the row's id, its type, the day or month that it shows, and the
    commitment."""

    row: int
    kind: str
    day: str
    commitment: bytes


def lock(name: str) -> Log:
    """The log, locked until the transaction ends; waits for whoever has it."""
    Log.objects.get_or_create(name=name, defaults={"root": EMPTY_ROOT})
    return Log.objects.select_for_update().get(name=name)


def lock_if_free(name: str) -> Log | None:
    """The log, locked until the transaction ends; None where another has it."""
    free = Log.objects.select_for_update(skip_locked=True).filter(name=name)
    log = free.first()
    if log is None and not Log.objects.filter(name=name).exists():
        Log.objects.get_or_create(name=name, defaults={"root": EMPTY_ROOT})
        log = free.first()
    return log


def extend(log: Log, items: Sequence[Item], column: str) -> None:
    """Append entries to a locked log and write each row's place into `column` of its row.

    Entries themselves are kept for the public log alone: inside, they follow from the rows.
    """
    first = log.size
    edge = Edge(log.size, lambda tile: stored(log.name, tile))
    counter = Counter(log.totals)
    encode = base64.b64encode
    entries = [counter.next(one.kind, one.day, encode(one.commitment).decode()) for one in items]
    written = [
        StoredTile(log=log.name, level=level, n=n, data=data)
        for level, n, data in edge.append(entries)
    ]
    if log.name == Log.PUBLIC:
        written += _bundles(first, entries)
    _write(written)
    log.size, log.root, log.totals = edge.size, edge.root(), counter.counts
    log.save(update_fields=["size", "root", "totals"])
    _place([one.row for one in items], first, column)


def stored(log: str, tile: Tile) -> bytes:
    """The first `tile.width` hashes (or entries) of a tile. Raises `StoredTile.DoesNotExist`."""
    found = StoredTile.objects.filter(log=log, level=tile.level, n=tile.n)
    data = bytes(found.values_list("data", flat=True).get())
    if tile.level == ENTRIES:
        return cut_bundle(gzip.decompress(data), tile.width)
    return data[: tile.width * HASH_BYTES]


def subtree(log: Log) -> Subtree:
    """Roots of complete subtrees from the stored tiles; each tile is read once."""
    kept: dict[Tile, bytes] = {}

    def read(tile: Tile) -> bytes:
        if tile not in kept:
            kept[tile] = stored(log.name, tile)
        return kept[tile]

    return subtree_from(log.size, read)


def inclusion(log: str, index: int, size: int) -> list[bytes]:
    """The proof that an entry is in the log at this size; all tiles in one query."""
    tiles = tiles_for(index, size)
    # One query of several parts: with OR, SQLite takes eight times as long.
    one = (
        f"SELECT level, n, data FROM {StoredTile._meta.db_table}"  # noqa: S608  constants
        " WHERE log = %s AND level = %s AND n = %s"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            " UNION ALL ".join([one] * len(tiles)),
            [value for tile in tiles for value in (log, tile.level, tile.n)],
        )
        kept = {(level, n): bytes(data) for level, n, data in cursor.fetchall()}
    read = subtree_from(size, lambda tile: kept[tile.level, tile.n])
    return tree.inclusion(index, size, read)


def _bundles(first: int, entries: Sequence[bytes]) -> Iterable[StoredTile]:
    n, filled = divmod(first, WIDTH)
    start = 0
    before = stored(Log.PUBLIC, Tile(ENTRIES, n, filled)) if filled else b""
    while start < len(entries):
        part = entries[start : start + WIDTH - filled]
        data = gzip.compress(before + bundle(part), _GZIP_LEVEL, mtime=0)
        yield StoredTile(log=Log.PUBLIC, level=ENTRIES, n=n, data=data)
        start, n, filled, before = start + len(part), n + 1, 0, b""


def _write(tiles: Sequence[StoredTile]) -> None:
    StoredTile.objects.bulk_create(
        tiles,
        batch_size=200,
        update_conflicts=True,
        unique_fields=["log", "level", "n"],
        update_fields=["data"],
    )


def _place(rows: Sequence[int], first: int, column: str) -> None:
    """Write the rows' places. `executemany`: Django's bulk_update is many times slower."""
    table, quote = LedgerRow._meta.db_table, connection.ops.quote_name
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(
                f"UPDATE {table} SET {quote(column)} = place.at"  # noqa: S608  constants
                " FROM unnest(%s::bigint[], %s::bigint[]) AS place (row, at)"
                f" WHERE {table}.id = place.row",
                [list(rows), list(range(first, first + len(rows)))],
            )
        else:
            cursor.executemany(
                f"UPDATE {table} SET {quote(column)} = %s WHERE id = %s",  # noqa: S608  constants
                list(zip(range(first, first + len(rows)), rows, strict=True)),
            )
