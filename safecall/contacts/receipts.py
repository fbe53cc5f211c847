"""Receipt codes: how somebody who gave no name comes back to what they reported."""

from typing import Final

from safecall.contacts import codes
from safecall.contacts.models import Contact, Receipt

_PURPOSE: Final = "receipt"


def issue(contact: Contact) -> str:
    """A new code (`codes.new`). It cannot be shown again."""
    code = codes.new()
    Receipt.objects.create(contact=contact, code_hash=codes.hashed(code, _PURPOSE))
    return code


def find(code: str) -> Contact | None:
    """The contact of this code, typed with or without hyphens and in any case."""
    digest = codes.hashed(code, _PURPOSE)
    if not digest:
        return None
    receipt = Receipt.objects.select_related("contact").filter(code_hash=digest).first()
    return receipt.contact if receipt else None
