"""The growing right edge of a tree in tiles: what is needed to append, and the root. Pure."""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from safecall.ledger.tiles import HEIGHT, WIDTH, Tile, split_hashes, width_at
from safecall.ledger.tree import EMPTY_ROOT, leaf_hash, node_hash, parents


class Changed(NamedTuple):
    """A tile that was written: its level, its place and the hashes in it, one after the other."""

    level: int
    n: int
    data: bytes


class Edge:
    """The partial tile of each level of a tree. `size` is the tree's."""

    def __init__(self, size: int = 0, read: Callable[[Tile], bytes] | None = None) -> None:
        """Without `read`, which gives the bytes of a tile, the tree has to be empty."""
        self.size = size
        self._levels: list[list[bytes]] = []
        level = 0
        while there := size >> HEIGHT * level:
            n = there // WIDTH
            width = width_at(level, n, size)
            if width and read is None:
                raise ValueError("a tree that is not empty needs its tiles")
            self._levels.append(
                split_hashes(read(Tile(level, n, width)), width) if width and read else []
            )
            level += 1

    def append(self, entries: Iterable[bytes]) -> list[Changed]:
        """Add entries; the tiles that changed, lowest level first."""
        return self.extend([leaf_hash(entry) for entry in entries])

    def extend(self, hashes: Sequence[bytes]) -> list[Changed]:
        """Add the hashes of entries; the tiles that changed, lowest level first."""
        changed: list[Changed] = []
        new, level = list(hashes), 0
        n = self.size // WIDTH
        self.size += len(new)
        while new:
            if level == len(self._levels):
                self._levels.append([])
            held = self._levels[level] + new
            full = len(held) - len(held) % WIDTH
            new = []
            for at in range(0, full, WIDTH):
                tile = held[at : at + WIDTH]
                changed.append(Changed(level, n + at // WIDTH, b"".join(tile)))
                new.append(_top(tile))
            rest = self._levels[level] = held[full:]
            if rest:
                changed.append(Changed(level, n + full // WIDTH, b"".join(rest)))
            level, n = level + 1, n // WIDTH
        return changed

    def root(self) -> bytes:
        """The root of the whole tree."""
        made: bytes | None = None
        for level in self._levels:
            for root in reversed(_complete(level)):
                made = root if made is None else node_hash(root, made)
        return EMPTY_ROOT if made is None else made


def _top(hashes: Sequence[bytes]) -> bytes:
    """The root over a number of hashes that is a power of two."""
    while len(hashes) > 1:
        hashes = parents(hashes)
    return hashes[0]


def _complete(hashes: Sequence[bytes]) -> list[bytes]:
    """Roots of the complete subtrees over these hashes, largest first."""
    roots, at = [], 0
    while at < len(hashes):
        count = 1 << (len(hashes) - at).bit_length() - 1
        roots.append(_top(hashes[at : at + count]))
        at += count
    return roots
