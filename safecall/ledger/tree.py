"""The Merkle tree of RFC 6962: hashes, proofs and their verification. Pure: no Django.

Hashes are 32 bytes (SHA-256). Entries are counted from 0; a tree of size n holds entries 0 to
n - 1. A *range* (lo, hi) means the entries lo to hi - 1.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from typing import Final

HASH_BYTES: Final = 32
EMPTY_ROOT: Final = hashlib.sha256(b"").digest()

#: Gives the root of a range that is a complete subtree: hi - lo is a power of two that divides lo.
Subtree = Callable[[int, int], bytes]
_sha256 = hashlib.sha256


class ProofError(ValueError):
    """A proof does not show what it claims."""


def leaf_hash(entry: bytes) -> bytes:
    """SHA-256(0x00 || entry)."""
    return _sha256(b"\x00" + entry).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right)."""
    return _sha256(b"\x01" + left + right).digest()


def parents(hashes: Sequence[bytes]) -> list[bytes]:
    """The level above an even number of hashes."""
    left, right = hashes[0::2], hashes[1::2]
    return [_sha256(b"\x01" + a + b).digest() for a, b in zip(left, right, strict=True)]


class Frontier:
    """The roots of the complete subtrees of a tree, largest first: enough to append to it.

    A tree of size 13 (binary 1101) has three: of 8, 4 and 1 entries.
    """

    def __init__(self, size: int = 0, roots: Iterable[bytes] = ()) -> None:
        self.size = size
        self.roots = list(roots)
        if size < 0 or len(self.roots) != size.bit_count():
            raise ValueError("a frontier has one root for each 1 in its size")

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next entry."""
        size, roots = self.size, self.roots
        while size & 1:
            leaf = node_hash(roots.pop(), leaf)
            size >>= 1
        roots.append(leaf)
        self.size += 1

    def append_subtree(self, height: int, root: bytes) -> None:
        """Add a complete subtree of 2**height entries. Raises `ValueError` if it does not fit."""
        if self.size % (1 << height):
            raise ValueError("the subtree does not begin where the tree ends")
        size = self.size >> height
        while size & 1:
            root = node_hash(self.roots.pop(), root)
            size >>= 1
        self.roots.append(root)
        self.size += 1 << height

    def root(self) -> bytes:
        """The root of the whole tree."""
        return _join(self.roots) if self.roots else EMPTY_ROOT


def root_of(entries: Iterable[bytes]) -> bytes:
    """The root of a tree with these entries."""
    frontier = Frontier()
    for entry in entries:
        frontier.append(leaf_hash(entry))
    return frontier.root()


def root_at(size: int, subtree: Subtree) -> bytes:
    """The root that the tree had at this size."""
    return _range_root(0, size, subtree) if size else EMPTY_ROOT


def inclusion(index: int, size: int, subtree: Subtree) -> list[bytes]:
    """The proof that entry `index` is in the tree of this size. Raises `ValueError`."""
    if not 0 <= index < size:
        raise ValueError(f"a tree of {size} entries has no entry {index}")
    lo, hi, path = 0, size, []
    while hi - lo > 1:
        middle = lo + _split(hi - lo)
        if index < middle:
            path.append((middle, hi))
            hi = middle
        else:
            path.append((lo, middle))
            lo = middle
    return [_range_root(*part, subtree) for part in reversed(path)]


def consistency(old: int, new: int, subtree: Subtree) -> list[bytes]:
    """The proof that the tree of size `new` begins with that of size `old`. Raises `ValueError`."""
    if not 0 <= old <= new:
        raise ValueError(f"a tree of {new} entries had no size {old} before")
    if old in (0, new):
        return []
    lo, hi, path, whole = 0, new, [], True
    while hi != old:
        middle = lo + _split(hi - lo)
        if old <= middle:
            path.append((middle, hi))
            hi = middle
        else:
            path.append((lo, middle))
            lo, whole = middle, False
    if not whole:
        path.append((lo, hi))
    return [_range_root(*part, subtree) for part in reversed(path)]


def verify_inclusion(
    index: int, size: int, leaf: bytes, proof: Sequence[bytes], root: bytes
) -> None:
    """Check an inclusion proof (RFC 9162, 2.1.3.2). `leaf` is the entry's hash.

    Raises `ProofError`.
    """
    _check_lengths([leaf, root, *proof])
    if not 0 <= index < size:
        raise ProofError("the tree has no such entry")
    here, last, made = index, size - 1, leaf
    for step in proof:
        if last == 0:
            raise ProofError("the proof is too long")
        if here & 1 or here == last:
            made = node_hash(step, made)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            made = node_hash(made, step)
        here, last = here >> 1, last >> 1
    if last != 0:
        raise ProofError("the proof is too short")
    if made != root:
        raise ProofError("the proof leads to another root")


def verify_consistency(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Check a consistency proof (RFC 9162, 2.1.4.2). Raises `ProofError`."""
    _check_lengths([old_root, new_root, *proof])
    if not 0 <= old <= new:
        raise ProofError("the newer tree is smaller than the older one")
    if old in (0, new):
        _check_trivial(old, new, proof, old_root, new_root)
        return
    steps = list(proof)
    if old & (old - 1) == 0:  # the old tree is a complete subtree, so its root begins the proof
        steps.insert(0, old_root)
    if not steps:
        raise ProofError("the proof is too short")
    made_old, made_new = _consistency_roots(old, new, steps)
    if made_old != old_root:
        raise ProofError("the proof leads to another root of the older tree")
    if made_new != new_root:
        raise ProofError("the proof leads to another root of the newer tree")


def _consistency_roots(old: int, new: int, steps: Sequence[bytes]) -> tuple[bytes, bytes]:
    here, last = old - 1, new - 1
    while here & 1:
        here, last = here >> 1, last >> 1
    made_old = made_new = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise ProofError("the proof is too long")
        if here & 1 or here == last:
            made_old, made_new = node_hash(step, made_old), node_hash(step, made_new)
            while not here & 1 and here:
                here, last = here >> 1, last >> 1
        else:
            made_new = node_hash(made_new, step)
        here, last = here >> 1, last >> 1
    if last != 0:
        raise ProofError("the proof is too short")
    return made_old, made_new


def _check_trivial(
    old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes
) -> None:
    """Two trees of one size, or an empty older one, need no proof."""
    if proof:
        raise ProofError("the proof is too long")
    if old == 0 and old_root != EMPTY_ROOT:
        raise ProofError("an empty tree has another root")
    if old == new and old_root != new_root:
        raise ProofError("two trees of the same size have different roots")


def _check_lengths(hashes: Iterable[bytes]) -> None:
    if any(len(one) != HASH_BYTES for one in hashes):
        raise ProofError(f"a hash has not {HASH_BYTES} bytes")


def _split(count: int) -> int:
    """The largest power of two below `count`."""
    return 1 << (count - 1).bit_length() - 1


def _range_root(lo: int, hi: int, subtree: Subtree) -> bytes:
    """The root of a range that begins at a node of the tree, from its complete subtrees."""
    roots = []
    while lo < hi:
        count = 1 << (hi - lo).bit_length() - 1
        roots.append(subtree(lo, lo + count))
        lo += count
    return _join(roots)


def _join(roots: Sequence[bytes]) -> bytes:
    """One root of complete subtrees, largest first."""
    made = roots[-1]
    for root in reversed(roots[:-1]):
        made = node_hash(root, made)
    return made
