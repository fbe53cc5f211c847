"""The checkpoint that backs the figures: what anybody can check without believing us."""

from datetime import datetime
from typing import Any, TypedDict

from safecall.accountability import tally
from safecall.accountability.models import Tally
from safecall.accountability.periods import Period
from safecall.ledger import release, signing
from safecall.ledger.models import LedgerRow, Log, SignedHead
from safecall.ledger.note import Note

Kind = LedgerRow.Kind


class Checkpoint(TypedDict):
    """The signed head of the public ledger. `root` is base64, as in the checkpoint."""

    origin: str
    size: int
    root: str
    signed_at: str
    signed_by: list[str]


def checkpoint() -> Checkpoint | None:
    """The newest checkpoint; None where the ledger was never published. One query."""
    head = signing.latest()
    return _read(head) if head else None


def backing(period: Period) -> dict[str, Any]:
    """`{"checkpoint", "published": totals of the public ledger, "in_period": rows by type,
    "waiting": contacts that are not public yet}`. Four queries.
    """
    log = Log.objects.filter(name=Log.PUBLIC).first()
    rows: dict[str, int] = {}
    for counts in tally.read(Tally.LEDGER, period).values():
        for kind, count in counts.items():
            if kind != Kind.CONTACT_ACT:
                rows[kind] = rows.get(kind, 0) + count
    return {
        "checkpoint": checkpoint(),
        "published": dict(log.totals) if log else {},
        "in_period": rows,
        "waiting": release.waiting_contacts(),
    }


def _read(head: SignedHead) -> Checkpoint:
    note = Note.parse(head.note)
    origin, size, root = note.text.splitlines()[:3]
    return {
        "origin": origin,
        "size": int(size),
        "root": root,
        "signed_at": _moment(head.signed_at),
        "signed_by": [one.name for one in note.signatures],
    }


def _moment(at: datetime) -> str:
    return at.isoformat(timespec="seconds")
