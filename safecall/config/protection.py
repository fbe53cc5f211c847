"""What production refuses to start with."""

import base64
import binascii
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from safecall.ledger.note import COSIGNATURE, ED25519, NoteError, Signer, Verifier

SECRET_LENGTH = 50
LEAST_VARIETY = 10
LEAST_HSTS_SECONDS = 3600
FIELD_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Facts:
    """The settings that matter for safety."""

    debug: bool
    secret_key: str
    field_keys: Sequence[str]
    ledger_key: str
    ledger_witnesses: Sequence[str]
    allowed_hosts: Sequence[str]
    https: bool
    hsts_seconds: int
    sqlite: bool
    workers: int
    data_is_demo: bool


def always(facts: Facts) -> Iterator[str]:
    """Problems in any mode."""
    if facts.sqlite and facts.workers > 1:
        yield (
            "SAFECALL_WORKERS must be 1 on SQLite, which takes one writing process; "
            "use PostgreSQL for more."
        )
    if any(not _is_field_key(key) for key in facts.field_keys):
        yield (
            "SAFECALL_FIELD_KEYS holds a key that is not 32 bytes in URL-safe base64; "
            "make one with: safecall check --new-field-key."
        )
    if facts.ledger_key and not _is_ledger_key(facts.ledger_key):
        yield (
            "SAFECALL_LEDGER_KEY is not a key of the ledger; make one with: "
            "safecall ledger new-key NAME."
        )
    if any(not _is_witness(key) for key in facts.ledger_witnesses):
        yield "SAFECALL_LEDGER_WITNESSES holds something that is not a witness's public key."


def in_production(facts: Facts) -> Iterator[str]:
    """Problems in production."""
    yield from _secrets(facts)
    if facts.debug:
        yield "SAFECALL_DEBUG must be false in production: error pages would show data."
    if not facts.allowed_hosts or "*" in facts.allowed_hosts:
        yield "SAFECALL_ALLOWED_HOSTS must name the hosts of this service, without *."
    if not facts.https:
        yield "SAFECALL_HTTPS must be true in production: cookies go over HTTPS alone."
    if facts.hsts_seconds < LEAST_HSTS_SECONDS:
        yield f"SAFECALL_HSTS_SECONDS must be {LEAST_HSTS_SECONDS} or more in production."
    if facts.data_is_demo:
        yield "SAFECALL_DATABASE_URL names the demonstration's database."


def _secrets(facts: Facts) -> Iterator[str]:
    if not facts.secret_key:
        yield "SAFECALL_SECRET_KEY (or SAFECALL_SECRET_KEY_FILE) is missing."
    elif len(facts.secret_key) < SECRET_LENGTH or len(set(facts.secret_key)) < LEAST_VARIETY:
        yield f"SAFECALL_SECRET_KEY must be {SECRET_LENGTH} random characters or more."
    if not facts.field_keys:
        yield "SAFECALL_FIELD_KEYS (or SAFECALL_FIELD_KEYS_FILE) is missing."
    if not facts.ledger_key:
        yield (
            "SAFECALL_LEDGER_KEY (or SAFECALL_LEDGER_KEY_FILE) is missing; make one with: "
            "safecall ledger new-key NAME."
        )


def _is_field_key(key: str) -> bool:
    try:
        return len(base64.urlsafe_b64decode(key.encode("ascii"))) == FIELD_KEY_BYTES
    except (binascii.Error, ValueError):
        return False


def _is_ledger_key(key: str) -> bool:
    try:
        return Signer.parse(key).kind == ED25519
    except NoteError:
        return False


def _is_witness(key: str) -> bool:
    try:
        return Verifier.parse(key).kind == COSIGNATURE
    except NoteError:
        return False
