"""C2SP tlog-tiles: where hashes and entries lie, as static files. Pure: no Django.

A tile of level L holds up to 256 hashes of complete subtrees of 256**L entries; an entry bundle
holds the 256 entries below one tile of level 0, each behind its length in 16 bits.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from safecall.ledger.tree import HASH_BYTES, Subtree, parents

WIDTH: Final = 256
HEIGHT: Final = 8  # 2**8 = 256
MOST_ENTRY_BYTES: Final = 65_535
ENTRIES: Final = -1  # the level of entry bundles
_PATH = re.compile(
    r"tile/(entries|[0-5]?[0-9]|6[0-3])((?:/x[0-9]{3})*/[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)


class TileError(ValueError):
    """A path names no tile, or a tile's bytes are not what they should be."""


@dataclass(frozen=True, slots=True, order=True)
class Tile:
    """The n-th tile of a level, `width` hashes wide (256: full)."""

    level: int
    n: int
    width: int = WIDTH

    @property
    def path(self) -> str:
        """Such as `tile/0/x001/234` or `tile/entries/000.p/17`."""
        number = f"{self.n % 1000:03d}"
        rest = self.n // 1000
        while rest:
            number = f"x{rest % 1000:03d}/{number}"
            rest //= 1000
        level = "entries" if self.level == ENTRIES else str(self.level)
        partial = "" if self.width == WIDTH else f".p/{self.width}"
        return f"tile/{level}/{number}{partial}"

    @classmethod
    def parse(cls, path: str) -> "Tile":
        """The tile of a path. Raises `TileError`."""
        found = _PATH.fullmatch(path)
        if found is None:
            raise TileError("this path names no tile")
        level, number, width = found.groups()
        n = int(re.sub(r"[/x]", "", number))
        made = cls(ENTRIES if level == "entries" else int(level), n, int(width or WIDTH))
        if made.path != path:  # leading zeros, or a width of 256 or more
            raise TileError("this path names no tile")
        return made


def width_at(level: int, n: int, size: int) -> int:
    """How many hashes (or entries) the n-th tile of a level has in a tree of this size."""
    there = size >> HEIGHT * max(level, 0)
    return max(0, min(WIDTH, there - n * WIDTH))


def tiles_of(size: int) -> Iterator[Tile]:
    """All tiles and entry bundles of a tree of this size, the last of each level partial."""
    level = ENTRIES
    while (there := size >> HEIGHT * max(level, 0)) > 0:
        for n in range(-(-there // WIDTH)):
            yield Tile(level, n, width_at(level, n, size))
        level += 1


def subtree_from(size: int, read: Callable[[Tile], bytes]) -> Subtree:
    """Roots of complete subtrees, from the tiles of a tree of this size.

    `read` gives a tile's hashes, one after the other. Raises `TileError` where they are too few.
    """

    def subtree(lo: int, hi: int) -> bytes:
        height = (hi - lo).bit_length() - 1
        level, within = divmod(height, HEIGHT)
        n, offset = divmod(lo >> level * HEIGHT, WIDTH)
        tile = Tile(level, n, width_at(level, n, size))
        data = read(tile)
        if len(data) < tile.width * HASH_BYTES:
            raise TileError("a tile has too few bytes")
        return _rows(data)[within][offset >> within]

    return subtree


@lru_cache(maxsize=64)
def _rows(data: bytes) -> list[list[bytes]]:
    """The hashes of a tile, and above them the roots of the complete subtrees, row by row.

    Kept by the tile's bytes, so what is kept is never that of another tile: each proof needs the
    same few tiles of the higher levels and of the edge.
    """
    rows = [split_hashes(data, len(data) // HASH_BYTES)]
    while len(rows[-1]) > 1:
        below = rows[-1]
        rows.append(parents(below[: len(below) // 2 * 2]))
    return rows


def tiles_for(index: int, size: int) -> list[Tile]:
    """The tiles from which an inclusion proof of this entry is made: few, to be read at once."""
    wanted = set()
    level = 0
    while there := size >> HEIGHT * level:
        for n in {(index >> HEIGHT * level) // WIDTH, there // WIDTH}:
            if width := width_at(level, n, size):
                wanted.add(Tile(level, n, width))
        level += 1
    return sorted(wanted)


def split_hashes(data: bytes, width: int) -> list[bytes]:
    """The first `width` hashes of a tile. Raises `TileError`."""
    if len(data) < width * HASH_BYTES or len(data) % HASH_BYTES:
        raise TileError("a tile has too few bytes")
    return [data[at : at + HASH_BYTES] for at in range(0, width * HASH_BYTES, HASH_BYTES)]


def bundle(entries: Iterable[bytes]) -> bytes:
    """Entries as a bundle. Raises `TileError` where one is too long."""
    parts = []
    for entry in entries:
        if len(entry) > MOST_ENTRY_BYTES:
            raise TileError("an entry is longer than 65,535 bytes")
        parts += [len(entry).to_bytes(2, "big"), entry]
    return b"".join(parts)


def unbundle(data: bytes) -> list[bytes]:
    """The entries of a bundle. Raises `TileError`."""
    entries, at, end = [], 0, len(data)
    while at < end:
        length = int.from_bytes(data[at : at + 2], "big")
        entry = data[at + 2 : at + 2 + length]
        if len(entry) != length or at + 2 > end:
            raise TileError("an entry bundle is cut off")
        entries.append(entry)
        at += 2 + length
    return entries


def cut_bundle(data: bytes, width: int) -> bytes:
    """The first `width` entries of a bundle. Raises `TileError`."""
    at = 0
    for _ in range(width):
        if at + 2 > len(data):
            raise TileError("an entry bundle has too few entries")
        at += 2 + int.from_bytes(data[at : at + 2], "big")
    return data[:at]
