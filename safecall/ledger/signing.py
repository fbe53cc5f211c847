"""The ledger's key and its signed heads."""

from datetime import datetime

from django.conf import settings
from django.db import transaction

from safecall.ledger import store
from safecall.ledger.append import Entry, append
from safecall.ledger.claims import key_change_text
from safecall.ledger.models import LedgerRow, Log, SignedHead
from safecall.ledger.note import Checkpoint, Note, NoteError, Signer, Verifier
from safecall.ledger.release import release_notices


class KeyRefused(RuntimeError):
    """The key that is configured is not the ledger's; the message says what to do."""


def signer() -> Signer:
    """The configured key. Raises `KeyRefused`."""
    if not settings.LEDGER_KEY:
        raise KeyRefused("SAFECALL_LEDGER_KEY (or SAFECALL_LEDGER_KEY_FILE) is missing.")
    return Signer.parse(settings.LEDGER_KEY)


def known_keys() -> list[Verifier]:
    """The ledger's keys, the first one first, as its own entries name them."""
    rows = LedgerRow.objects.filter(kind=LedgerRow.Kind.KEY_CHANGE).order_by("id")
    return [
        Verifier.parse((record or {})["to"]) for record in rows.values_list("record", flat=True)
    ]


def begin() -> None:
    """Write the entry that names the first key, unless there is one. Raises `KeyRefused`."""
    with transaction.atomic():
        store.lock(Log.PUBLIC)
        if not known_keys():
            _record_key(None, signer())
    _check()


def sign(now: datetime) -> SignedHead:
    """Sign both heads, inside and public, unless they are signed. Raises `KeyRefused`."""
    key = _check()
    with transaction.atomic():
        _sign_inside(key, now)
        return _sign(Log.PUBLIC, [key], now)


def change_key(new: Signer, now: datetime) -> SignedHead:
    """Hand the ledger over to another key of the same name.

    The change is an entry, and the head above it is signed by both keys, so that whoever knows
    the old key can follow. From then on the new key has to be configured. Raises `KeyRefused`.
    """
    old = _check()
    if new.name != old.name:
        raise KeyRefused(f"The new key must have the ledger's name, {old.name}.")
    if str(new.verifier) in map(str, known_keys()):
        raise KeyRefused("This key was the ledger's before; make a new one.")
    with transaction.atomic():
        store.lock(Log.PUBLIC)
        _record_key(old, new)
        release_notices()
        return _sign(Log.PUBLIC, [old, new], now)


def latest() -> SignedHead | None:
    """The checkpoint that is published."""
    return SignedHead.objects.filter(log=Log.PUBLIC).order_by("-size").first()


def add_cosignatures(text: str) -> list[str]:
    """Take a witness's cosignatures into the checkpoint that they are about.

    Only of witnesses in `SAFECALL_LEDGER_WITNESSES`. Returns their names. Raises `NoteError`.
    """
    read = Note.parse(text)
    point = Checkpoint.parse(read.text)
    found = read.signed_by([Verifier.parse(key) for key in settings.LEDGER_WITNESSES])
    if not found:
        raise NoteError("no witness of SAFECALL_LEDGER_WITNESSES signed this checkpoint")
    with transaction.atomic():
        heads = SignedHead.objects.select_for_update().filter(log=Log.PUBLIC, size=point.size)
        head = heads.first()
        if head is None or Note.parse(head.note).text != read.text:
            raise NoteError("this is not a checkpoint that the ledger published")
        note = Note.parse(head.note)
        for _, signature in found:
            note = note.with_line(signature.line)
        head.note = str(note)
        head.save(update_fields=["note"])
    return [key.name for key, _ in found]


def _check() -> Signer:
    """The configured key, which has to be the last that the ledger names."""
    key, known = signer(), known_keys()
    if known and str(known[-1]) != str(key.verifier):
        raise KeyRefused(
            f"The ledger's key is {known[-1]}, and another is configured. Configure that one, or "
            "hand the ledger over with: safecall ledger change-key"
        )
    return key


def _record_key(old: Signer | None, new: Signer) -> None:
    """The entry that names a key; the one before signs the change."""
    record = {"from": str(old.verifier) if old else None, "to": str(new.verifier)}
    if old:
        text = key_change_text(old.verifier, new.verifier)
        record["signed"] = f"{text}\n{old.line(text)}"
    append([Entry(LedgerRow.Kind.KEY_CHANGE, None, record, published=True)])


def _sign(name: str, signers: list[Signer], now: datetime) -> SignedHead:
    log = store.lock(name)
    point = Checkpoint(signers[0].name, log.size, bytes(log.root))
    known = SignedHead.objects.filter(log=name, size=log.size).first()
    if known:
        return known
    note = str(point.sign(signers))
    return SignedHead.objects.create(log=name, size=log.size, note=note, signed_at=now)


def _sign_inside(key: Signer, now: datetime) -> None:
    """The head inside has a name of its own, so that nobody takes it for the public one."""
    _sign(Log.INSIDE, [Signer(f"{key.name}/inside", key.kind, key.seed)], now)
