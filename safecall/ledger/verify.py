"""Checking a published ledger from its files alone. Pure: no Django, no database, no network.

Everything is recomputed: each entry's form, number and running totals, every hash and tile, the
signed root, the seals, the nil returns, and the root at every size that a witness saw.
"""

import binascii
from array import array
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from safecall.ledger import claims
from safecall.ledger.claims import Facts, Report
from safecall.ledger.edge import Edge
from safecall.ledger.leaf import PUBLIC_TYPES, Counter, Leaf, LeafError, Opening
from safecall.ledger.note import Checkpoint, Note, NoteError, Verifier
from safecall.ledger.tiles import (
    ENTRIES,
    WIDTH,
    Tile,
    TileError,
    subtree_from,
    unbundle,
    width_at,
)
from safecall.ledger.tree import HASH_BYTES, root_at

#: Gives the bytes of a published file, such as `checkpoint` or `tile/0/000`.
Read = Callable[[str], bytes]
MOST_FAULTS: Final = 25
LIMITS: Final = (
    "That every contact and every engagement was entered.",
    "That what was entered is true.",
    "That nobody is shown another ledger, unless a witness's checkpoint was compared.",
)


class Unreadable(RuntimeError):
    """A file of the ledger cannot be read; the message says which."""


class _Enough(Exception):
    """More faults than anybody reads."""


@dataclass
class Result(Report):
    """A report with the figures that it is about. `keys` are the ledger's, the last one current."""

    checkpoint: Checkpoint | None = None
    counts: dict[str, int] = field(default_factory=dict)
    keys: list[Verifier] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Seen:
    """A checkpoint that somebody else kept, and where it is from."""

    whence: str
    note: str


def verify(
    read: Read,
    trusted: Sequence[Verifier] = (),
    seen: Iterable[Seen] = (),
    progress: Callable[[int, int], None] = lambda _done, _all: None,
) -> Result:
    """Check the ledger whose files `read` gives. Raises `Unreadable`.

    `trusted` are keys got from elsewhere; without any, the ledger's own first key is believed.
    `progress` gets how many of how many entries are done.
    """
    result = Result()
    try:
        note = Note.parse(read("checkpoint").decode())
        point = result.checkpoint = Checkpoint.parse(note.text)
        openings = [Opening.parse(line) for line in read("openings").splitlines()]
    except (NoteError, LeafError, UnicodeDecodeError) as error:
        result.faults.append(f"The ledger cannot be read: {error}.")
        return result
    walk = _Walk(read, point.size, result)
    try:
        walk.run(progress)
        walk.check_root(point)
    except _Enough:
        result.faults.append("There are more faults; this is enough.")
        return result
    result.counts = walk.counter.counts
    records = claims.opened(walk.facts, openings, result)
    try:
        _check_claims(walk.facts, records, result)
    except (KeyError, TypeError, ValueError, AttributeError):
        result.faults.append("A seal, nil return or change of key is not in its form.")
    _check_signature(note, point, trusted, result)
    for one in seen:
        _check_seen(one, walk, result)
    return result


def _check_claims(facts: Facts, records: dict[int, object], result: Result) -> None:
    def opened(kind: str) -> list[tuple[int, object]]:
        return claims.of_type(facts, records, kind)

    result.keys = claims.check_keys(opened("key_change"), result)
    sealed = claims.check_seals(facts, opened("seal"), result)
    claims.check_nil_returns(facts, opened("nil_return"), opened("engagement"), sealed, result)


class _Walk:
    """One pass over all entries; tiles are kept for roots at earlier sizes."""

    def __init__(self, read: Read, size: int, report: Report) -> None:
        self.size, self.report, self.facts = size, report, Facts()
        self.counter, self.edge = Counter(), Edge()
        self._read = read
        self._tiles: dict[tuple[int, int], bytes] = {}
        self._commitments = array("q")
        self._last_day = ""

    def run(self, progress: Callable[[int, int], None]) -> None:
        faults = len(self.report.faults)
        for first, entries in self._bundles():
            for index, entry in enumerate(entries, start=first):
                self._check(index, entry)
            for level, n, data in self.edge.append(entries):
                self._tiles[level, n] = data
            progress(first + len(entries), self.size)
        self._check_tiles()
        self._check_commitments()
        if len(self.report.faults) == faults:
            self.report.proved.append(
                f"All {self.size:,} entries are in their form, numbered without a gap within "
                "each type, and every running total is right."
            )

    def check_root(self, point: Checkpoint) -> None:
        if self.edge.root() == point.root:
            self.report.proved.append("The entries give exactly the root that was signed.")
        else:
            self.fault(
                "The entries do not give the root that was signed: they were changed, dropped or "
                "added after signing."
            )

    def root_at(self, size: int) -> bytes:
        """The root that these entries had at an earlier size."""
        return root_at(size, subtree_from(self.size, lambda tile: self._tiles[tile.level, tile.n]))

    def fault(self, sentence: str) -> None:
        self.report.faults.append(sentence)
        if len(self.report.faults) >= MOST_FAULTS:
            raise _Enough

    def _bundles(self) -> Iterator[tuple[int, list[bytes]]]:
        for n in range(-(-self.size // WIDTH)):
            tile = Tile(ENTRIES, n, width_at(ENTRIES, n, self.size))
            try:
                entries = unbundle(self._read(tile.path))
            except TileError as error:
                raise Unreadable(f"{tile.path}: {error}") from None
            if len(entries) != tile.width:
                raise Unreadable(f"{tile.path}: it should hold {tile.width} entries")
            yield n * WIDTH, entries

    def _check(self, index: int, entry: bytes) -> None:
        # `..."d":"DAY","k":"COMMITMENT","n":N,"t":"TYPE","v":1}`: only these three are read; the
        # whole entry is then compared with what it has to be.
        parts = entry.rsplit(b'"', 15)
        if len(parts) < 16:
            self._explain(index, entry)
            return
        try:
            day, k, kind = parts[-14].decode(), parts[-10].decode(), parts[-4].decode()
            commitment = binascii.a2b_base64(parts[-10], strict_mode=True)
        except (UnicodeDecodeError, binascii.Error):
            self._explain(index, entry)
            return
        rare = kind != "contact"
        if (rare and kind not in PUBLIC_TYPES) or len(commitment) != HASH_BYTES:
            self._explain(index, entry)
            return
        if self.counter.next(kind, day, k) != entry:
            self._explain(index, entry)
        self._commitments.append(int.from_bytes(commitment[:8], "big", signed=True))
        if rare:
            self._gather(index, Leaf(kind, 0, day, k, ""))
        else:
            self.facts.contacts_by_day[day] += 1
            if day < self._last_day:
                self.fault(f"Entry {index}: a contact of {day} comes after one of a later day.")
            self._last_day = day

    def _gather(self, index: int, leaf: Leaf) -> None:
        if leaf.type == "engagement":
            self.facts.engagements_by_month[leaf.day[:7]] += 1
        if leaf.type != "guard_removed":
            self.facts.rare[index] = leaf

    def _explain(self, index: int, entry: bytes) -> None:
        """Say what is wrong with an entry, and go on from what it says."""
        try:
            leaf = Leaf.parse(entry)
            counts = leaf.counts()
        except LeafError as error:
            self.fault(f"Entry {index}: {error}.")
            return
        wanted = self.counter.counts.get(leaf.type)
        if leaf.type not in PUBLIC_TYPES:
            self.fault(f"Entry {index}: there is no type {leaf.type}.")
        elif leaf.n != wanted:
            self.fault(
                f"Entry {index} is number {leaf.n:,} of type {leaf.type}, but should be {wanted:,}:"
                " an entry was dropped, added or given another type."
            )
        else:
            self.fault(
                f"Entry {index}: the running totals are wrong: an entry before it "
                "was dropped, added or given another type."
            )
        self.counter = Counter(counts)

    def _check_tiles(self) -> None:
        for (level, n), data in self._tiles.items():
            path = Tile(level, n, len(data) // HASH_BYTES).path
            if self._read(path) != data:
                self.fault(f"The published file {path} does not belong to the entries.")

    def _check_commitments(self) -> None:
        ordered = sorted(self._commitments)
        if any(a == b for a, b in pairwise(ordered)):
            self.fault("The same commitment stands twice: something was counted twice.")


def _check_signature(
    note: Note, point: Checkpoint, trusted: Sequence[Verifier], result: Result
) -> None:
    chain = result.keys
    if trusted and not any(key in chain for key in trusted):
        if chain:
            result.faults.append("The ledger's keys do not lead back to the key that you gave.")
            return
        chain = list(trusted)
    if not chain:
        result.faults.append("The ledger names no key, and none was given.")
        return
    try:
        signed = note.signed_by([chain[-1]])
    except NoteError as error:
        result.faults.append(f"The checkpoint is not signed: {error}.")
        return
    if not signed or point.origin != chain[-1].name:
        result.faults.append("The checkpoint is not signed by the ledger's key.")
        return
    result.proved.append(f"The checkpoint is signed by {chain[-1]}.")
    if not trusted:
        result.missing.append(
            "The key is the one that the ledger itself names. Compare it with one that you got "
            "elsewhere, with --key."
        )


def _check_seen(one: Seen, walk: _Walk, result: Result) -> None:
    try:
        note = Note.parse(one.note)
        point = Checkpoint.parse(note.text)
        signed = note.signed_by(result.keys)
    except NoteError as error:
        result.missing.append(f"The checkpoint of {one.whence} cannot be used: {error}.")
        return
    if not signed:
        result.missing.append(f"The checkpoint of {one.whence} is of another ledger or key.")
    elif point.size > walk.size:
        result.faults.append(
            f"{one.whence} saw {point.size:,} entries, signed; now there are {walk.size:,}."
        )
    elif walk.root_at(point.size) != point.root:
        result.faults.append(
            f"History was rewritten: the first {point.size:,} entries are not those that "
            f"{one.whence} saw, signed by the same key."
        )
    else:
        result.proved.append(f"The first {point.size:,} entries are those that {one.whence} saw.")
