"""A witness: remembers the last checkpoint, signs what follows from it, refuses what does not.

State lies in a folder: `checkpoint` (the last one, cosigned), `seen/` (every one, by size) and
`refused/` (what did not follow, as evidence: both checkpoints bear the ledger's own signature).
Pure: no Django, no database, no network.
"""

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safecall.ledger.note import Checkpoint, Note, NoteError, Signer, Verifier, open_checkpoint
from safecall.ledger.tiles import Tile, TileError, subtree_from
from safecall.ledger.tree import (
    ProofError,
    Subtree,
    consistency,
    root_at,
    verify_consistency,
)

LAST: Final = "checkpoint"
Read = Callable[[str], bytes]


class Rewritten(RuntimeError):
    """The ledger does not follow from what this witness saw. Evidence is in the message's file."""


class NotSeen(RuntimeError):
    """The ledger cannot be witnessed now; the message says why."""


@dataclass(frozen=True, slots=True)
class Witnessed:
    """The cosigned checkpoint, and the size seen before (None: the first time)."""

    note: str
    size: int
    before: int | None


def witness(
    read: Read, keys: Sequence[Verifier], signer: Signer, state: Path, now: int
) -> Witnessed:
    """Look at the ledger, hold it against the last look, cosign it and remember it.

    `keys` are the ledger's, `now` is Unix seconds. Raises `Rewritten` and `NotSeen`; then
    nothing is cosigned and the last checkpoint stays.
    """
    try:
        point, note = open_checkpoint(read("checkpoint").decode(), keys)
    except (NoteError, UnicodeDecodeError) as error:
        raise NotSeen(f"The checkpoint cannot be trusted: {error}.") from None
    before = last(state)
    if before is not None:
        _check_follows(read, before, point, note, state)
    else:
        _check_tiles(read, point)
    cosigned = str(note.with_line(signer.line(note.text, now)))
    seen = state / "seen"
    seen.mkdir(parents=True, exist_ok=True)
    _write(seen / f"{point.size:012d}", cosigned)
    _write(state / LAST, cosigned)
    return Witnessed(cosigned, point.size, before.size if before else None)


def last(state: Path) -> Checkpoint | None:
    """The checkpoint that was seen last. Raises `NotSeen` where the state cannot be read."""
    try:
        return Checkpoint.parse(Note.parse((state / LAST).read_text(encoding="utf-8")).text)
    except FileNotFoundError:
        return None
    except (NoteError, OSError, UnicodeDecodeError):
        raise NotSeen(f"{state / LAST} cannot be read. Bring it back from a copy.") from None


def _check_follows(
    read: Read, before: Checkpoint, point: Checkpoint, note: Note, state: Path
) -> None:
    if point.origin != before.origin:
        raise NotSeen(f"This folder belongs to {before.origin}; take another for {point.origin}.")
    if point.size < before.size:
        _refuse(state, note, point, f"{before.size:,} entries were seen, now it has {point.size:,}")
    subtree = _check_tiles(read, point)
    try:
        proof = consistency(before.size, point.size, subtree)
        verify_consistency(before.size, point.size, proof, before.root, point.root)
    except ProofError:
        _refuse(state, note, point, f"its first {before.size:,} entries are not those seen before")


def _check_tiles(read: Read, point: Checkpoint) -> Subtree:
    """The ledger's subtrees, once its tiles give the root that it signed.

    Tiles that do not are no evidence: a server in between may have mixed old and new files.
    """
    subtree = subtree_from(point.size, _tiles(read))
    try:
        made = root_at(point.size, subtree)
    except TileError as error:
        raise NotSeen(f"The ledger's tiles cannot be read: {error}.") from None
    if made != point.root:
        raise NotSeen("The ledger's tiles do not give the root that it signed. Try again soon.")
    return subtree


def _tiles(read: Read) -> Callable[[Tile], bytes]:
    kept: dict[Tile, bytes] = {}

    def tile(one: Tile) -> bytes:
        if one not in kept:
            kept[one] = read(one.path)
        return kept[one]

    return tile


def _refuse(state: Path, note: Note, point: Checkpoint, why: str) -> None:
    refused = state / "refused"
    refused.mkdir(parents=True, exist_ok=True)
    path = refused / f"{point.size:012d}-{point.root.hex()[:16]}"
    _write(path, str(note))
    raise Rewritten(
        f"The ledger was rewritten: {why}. Not cosigned. Both checkpoints are signed by the "
        f"ledger's key, and that is the evidence: {state / LAST} and {path}."
    )


def _write(path: Path, text: str) -> None:
    partial = path.with_suffix(".writing")
    with partial.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
