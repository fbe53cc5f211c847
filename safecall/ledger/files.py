"""The public ledger as files: `checkpoint`, `key`, `openings` and the tiles.

Any web server can serve them; `safecall serve` does so itself, below /ledger/.
"""

import os
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safecall.ledger import signing, store
from safecall.ledger.leaf import Opening
from safecall.ledger.models import LedgerRow, Log, StoredTile
from safecall.ledger.tiles import ENTRIES, WIDTH, Tile, TileError, tiles_of, width_at

CHECKPOINT: Final = "checkpoint"
KEY: Final = "key"
OPENINGS: Final = "openings"


class NoSuchFile(LookupError):
    """The published ledger has no file of this name."""


@dataclass(frozen=True, slots=True)
class File:
    """A file's bytes; `lasting` where they can never change."""

    data: bytes
    lasting: bool = False


def file(path: str) -> File:
    """The file of this path, such as `tile/0/000.p/12`. Raises `NoSuchFile`.

    Nothing is given out that the signed checkpoint does not cover yet.
    """
    head = signing.latest()
    if head is None:
        raise NoSuchFile(path)
    if path == CHECKPOINT:
        return File(head.note.encode())
    if path == KEY:
        return File("".join(f"{key}\n" for key in signing.known_keys()).encode())
    if path == OPENINGS:
        return File(b"".join(_openings(head.size)))
    return File(_tile(path, head.size), lasting=True)


def write(folder: Path, progress: Callable[[int, int], None] | None = None) -> int:
    """Write the files that are not there yet; returns how many.

    The checkpoint is replaced last, so that a reader never sees one whose tiles are missing.
    `progress` gets how many of how many tiles were looked at.
    """
    head = signing.latest()
    if head is None:
        raise NoSuchFile(CHECKPOINT)
    folder.mkdir(parents=True, exist_ok=True)
    written, tiles = 0, list(tiles_of(head.size))
    for done, tile in enumerate(tiles, start=1):
        path = folder / tile.path
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            _replace(path, store.stored(Log.PUBLIC, tile))
            written += 1
        if progress:
            progress(done, len(tiles))
    for name in (OPENINGS, KEY):
        _replace(folder / name, file(name).data)
    _replace(folder / CHECKPOINT, head.note.encode())
    return written + 3


def _tile(path: str, size: int) -> bytes:
    try:
        tile = Tile.parse(path)
    except TileError:
        raise NoSuchFile(path) from None
    if tile.width > width_at(tile.level, tile.n, size):
        raise NoSuchFile(path)
    try:
        return store.stored(Log.PUBLIC, tile)
    except StoredTile.DoesNotExist:
        raise NoSuchFile(path) from None


def _openings(size: int) -> Iterator[bytes]:
    rows = LedgerRow.objects.filter(record__isnull=False, released__lt=size).order_by("released")
    for place, salt, record in rows.values_list("released", "salt", "record"):
        if salt is not None and place is not None:
            yield Opening(place, bytes(salt), record).line()


def _replace(path: Path, data: bytes) -> None:
    """Write a file in one step: readers see the old one or the new one."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(name).chmod(0o644)
    Path(name).replace(path)


def gzipped(path: str) -> bytes | None:
    """A whole entry bundle as it is stored, gzipped; None for anything else."""
    try:
        tile = Tile.parse(path)
    except TileError:
        return None
    head = signing.latest()
    if tile.level != ENTRIES or tile.width != WIDTH or head is None:
        return None
    if width_at(ENTRIES, tile.n, head.size) != WIDTH:
        return None
    found = StoredTile.objects.filter(log=Log.PUBLIC, level=ENTRIES, n=tile.n)
    return bytes(found.values_list("data", flat=True).get())
