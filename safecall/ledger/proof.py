"""Proofs that an entry is in the ledger, as `c2sp.org/tlog-proof@v1`. Pure: no Django.

The proof's `extra` bytes are canonical JSON `{"leaf": the entry, "r": random bytes in base64,
"record": what was committed to}`; without the last two where nobody can open the entry.
"""

import base64
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

import rfc8785

from safecall.ledger.leaf import Leaf, LeafError, Opening
from safecall.ledger.note import Checkpoint, NoteError, Verifier, open_checkpoint, unb64
from safecall.ledger.tree import HASH_BYTES, ProofError, leaf_hash, verify_inclusion

HEADER: Final = "c2sp.org/tlog-proof@v1"
_INDEX = re.compile(r"index (0|[1-9][0-9]{0,18})")
MOST_HASHES: Final = 63


@dataclass(frozen=True, slots=True)
class Proof:
    """A proof, read but not yet verified. `checkpoint` is the signed note in full."""

    index: int
    hashes: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""

    def __str__(self) -> str:
        extra = f"extra {base64.b64encode(self.extra).decode()}\n" if self.extra else ""
        hashes = "".join(f"{base64.b64encode(one).decode()}\n" for one in self.hashes)
        return f"{HEADER}\n{extra}index {self.index}\n{hashes}\n{self.checkpoint}"

    @classmethod
    def parse(cls, text: str) -> "Proof":
        """Raises `ProofError`."""
        head, blank, checkpoint = text.partition("\n\n")
        lines = head.split("\n")
        if not blank or lines[0] != HEADER:
            raise ProofError(f"a proof begins with {HEADER}")
        try:
            extra = unb64(lines.pop(1)[6:]) if lines[1:] and lines[1].startswith("extra ") else b""
            found = _INDEX.fullmatch(lines[1]) if len(lines) > 1 else None
            hashes = tuple(unb64(line) for line in lines[2:])
        except NoteError as error:
            raise ProofError(f"the proof cannot be read: {error}") from None
        if found is None or len(hashes) > MOST_HASHES:
            raise ProofError("the proof has no index, or too many hashes")
        if any(len(one) != HASH_BYTES for one in hashes):
            raise ProofError("a hash of the proof has not 32 bytes")
        return cls(int(found[1]), hashes, checkpoint, extra)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a verified proof shows. `record` is None where the proof does not open its entry."""

    index: int
    leaf: Leaf
    entry: bytes
    record: Any
    checkpoint: Checkpoint


def extra_of(entry: bytes, opening: Opening | None) -> bytes:
    """The proof's extra bytes."""
    made: dict[str, Any] = {"leaf": entry.decode("ascii")}
    if opening:
        made |= {"r": base64.b64encode(opening.salt).decode(), "record": opening.record}
    return rfc8785.dumps(made)


def verify(text: str, keys: Iterable[Verifier]) -> Shown:
    """Check a proof against the log's keys. Raises `ProofError`, in words."""
    proof = Proof.parse(text)
    try:
        point, _ = open_checkpoint(proof.checkpoint, keys)
        said = json.loads(proof.extra)
        if set(said) not in ({"leaf"}, {"leaf", "r", "record"}):
            raise ProofError("the proof does not say what it opens")
        entry = said["leaf"].encode("ascii")
        leaf = Leaf.parse(entry)
        verify_inclusion(proof.index, point.size, leaf_hash(entry), proof.hashes, point.root)
        record = said.get("record")
        if record is not None:
            opening = Opening(proof.index, unb64(said["r"]), record)
            if not opening.opens(leaf.commitment):
                raise ProofError("the record in the proof is not the one that the entry stands for")
    except (NoteError, LeafError) as error:
        raise ProofError(str(error)) from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        if isinstance(error, ProofError):
            raise
        raise ProofError("the proof does not say which entry it is about") from None
    return Shown(proof.index, leaf, entry, record, point)
