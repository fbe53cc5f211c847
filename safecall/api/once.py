"""A request that is sent twice acts once, also when both copies arrive at the same moment."""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from django.conf import settings
from django.db import IntegrityError

from safecall.api.models import NOT_KEPT, IdempotencyKey
from safecall.api.problems import FieldError, Problem
from safecall.contacts.models import Contact, Note
from safecall.guard import Finding
from safecall.privacy.rows import insert, together

LONGEST_KEY: Final = 200


@dataclass(frozen=True, slots=True)
class Done:
    """What a request did: kept with its key, so that a repeat gets the same answer."""

    contact: Contact
    note: Note | None
    removed: Counter[str]
    not_kept: list[str]
    repeated: bool = False


def count(findings: Iterable[Finding]) -> Counter[str]:
    """How many findings of each kind the guard took out."""
    return Counter(str(finding.kind) for finding in findings if finding.removed)


def once(token_id: int, key: str, body: str, act: Callable[[], Done]) -> Done:
    """Carry `act` out, unless this token sent this key before: then what it did the first time.

    `act` and the key are written in one transaction. Of two copies at the same moment, one is
    carried out; the database's unique index makes the other wait and then find it. Raises
    `Problem` where the key came with another body.
    """
    if not key:
        return act()
    if len(key) > LONGEST_KEY:
        raise Problem(400, f"Idempotency-Key has at most {LONGEST_KEY} characters.")
    digest = _keyed(f"{token_id}:{key}")
    fingerprint = _keyed(body)
    try:
        with together(savepoint=True):
            done = act()
            _remember(digest, fingerprint, done)
    except IntegrityError:
        earlier = _earlier(digest)
        if earlier is None:
            raise
        return _again(earlier, fingerprint)
    return done


def _remember(digest: bytes, fingerprint: bytes, done: Done) -> None:
    row = {
        "digest": digest,
        "fingerprint": fingerprint,
        "contact_id": done.contact.pk,
        "note_id": done.note.pk if done.note else None,
        "statements": done.removed["statement"],
        "questions": done.removed["question"],
        "identifiers": done.removed["identifier"],
        "proxies": done.removed["proxy"],
        "not_kept_bits": sum(1 << NOT_KEPT.index(name) for name in done.not_kept),
    }
    insert(IdempotencyKey, [row])


def _earlier(digest: bytes) -> IdempotencyKey | None:
    return IdempotencyKey.objects.select_related("contact", "note").filter(digest=digest).first()


def _again(earlier: IdempotencyKey, fingerprint: bytes) -> Done:
    if bytes(earlier.fingerprint) != fingerprint:
        detail = "This key was already used for another request. A new request needs a new key."
        raise Problem(422, detail, errors=[FieldError("", "Idempotency-Key: " + detail)])
    return Done(earlier.contact, earlier.note, earlier.removed, earlier.not_kept, repeated=True)


def _keyed(text: str) -> bytes:
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=32, key=_secret()).digest()


@lru_cache(maxsize=1)
def _secret() -> bytes:
    return hashlib.sha256(b"safecall/idempotency\n" + settings.SECRET_KEY.encode()).digest()
