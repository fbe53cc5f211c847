"""Proofs for those whose record it is, from the public ledger as it is signed now."""

from typing import Any
from uuid import UUID

from safecall.ledger import signing, store
from safecall.ledger.leaf import SALT_BYTES, Opening, commit
from safecall.ledger.models import LedgerRow, Log
from safecall.ledger.proof import Proof, extra_of
from safecall.ledger.tiles import ENTRIES, WIDTH, Tile, unbundle


class NoProof(LookupError):
    """There is no proof (yet); the message says why."""


def prove(kind: LedgerRow.Kind, subject: UUID, record: dict[str, Any]) -> str:
    """The proof that this subject's entry of this kind is in the ledger, as text.

    `record` is what the entry committed to, put together again from the record itself.
    Raises `NoProof`.
    """
    row = LedgerRow.objects.filter(subject=subject, kind=kind).order_by("id").first()
    head = signing.latest()
    if row is None:
        raise NoProof("The ledger has no such entry.")
    if row.salt is None:
        raise NoProof("The personal details were destroyed, and with them what opens the entry.")
    if head is None or row.released is None or row.released >= head.size:
        raise NoProof("The entry is not published yet. Days are published when they are over.")
    salt = bytes(row.salt)
    if len(salt) != SALT_BYTES or commit(salt, record) != bytes(row.commitment):
        raise NoProof("The record is no longer the one that was entered.")
    return str(_proof(row.released, head.size, head.note, Opening(row.released, salt, record)))


def _proof(index: int, size: int, note: str, opening: Opening) -> Proof:
    n, offset = divmod(index, WIDTH)
    entry = unbundle(store.stored(Log.PUBLIC, Tile(ENTRIES, n, offset + 1)))[offset]
    hashes = tuple(store.inclusion(Log.PUBLIC, index, size))
    return Proof(index, hashes, note, extra_of(entry, opening))
