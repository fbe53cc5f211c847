"""Receipt codes: how somebody who gave no name comes back to what they reported."""

import hashlib
import secrets
from typing import Final

from safecall.contacts.models import Contact, Receipt

# Crockford's base 32: no I, L, O, U, so a code survives handwriting and the telephone.
ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LENGTH: Final = 20
GROUP: Final = 5
_MISREAD = str.maketrans({"O": "0", "I": "1", "L": "1"})


def issue(contact: Contact) -> str:
    """A new code of 100 random bits, in groups of five. It cannot be shown again."""
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    Receipt.objects.create(contact=contact, code_hash=_hash(code))
    return "-".join(code[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def find(code: str) -> Contact | None:
    """The contact of this code, typed with or without hyphens and in any case."""
    typed = "".join(char for char in code.upper().translate(_MISREAD) if char in ALPHABET)
    if len(typed) != LENGTH:
        return None
    receipt = Receipt.objects.select_related("contact").filter(code_hash=_hash(typed)).first()
    return receipt.contact if receipt else None


def _hash(code: str) -> str:
    # 100 random bits cannot be guessed, so a fast hash is enough.
    return hashlib.sha256(b"safecall/receipt/v1\n" + code.encode()).hexdigest()
