"""The nil return: a named role certifies that a month had no engagement.

An engagement that is found later proves the certificate false, which is its worth.
"""

import re
from datetime import date

from django.db import transaction

from safecall.ledger.append import Entry, append
from safecall.ledger.claims import nil_text
from safecall.ledger.models import LedgerRow
from safecall.ledger.note import Signer
from safecall.ledger.release import month_end

_ROLE = re.compile(r"[a-z][a-z_]{2,39}")


class NilRefused(ValueError):
    """The month cannot be certified; the message says why."""


def certify(first: date, role: str, today: date, signer: Signer | None = None) -> None:
    """Write the nil return of the month that begins with `first`.

    `role` is an office, such as `chief_of_police`, not a person. Raises `NilRefused`.
    """
    last, month = month_end(first), f"{first:%Y-%m}"
    if last >= today:
        raise NilRefused(f"{month} is not over yet.")
    if not _ROLE.fullmatch(role):
        raise NilRefused("Name the office in small letters, such as chief_of_police.")
    with transaction.atomic():
        # Both kinds are rows with an open record, for which there is an index.
        rows = LedgerRow.objects.filter(record__isnull=False)
        engaged = rows.filter(kind=LedgerRow.Kind.ENGAGEMENT)
        if count := engaged.filter(day__range=(first.replace(day=1), last)).count():
            raise NilRefused(f"{month} has {count} engagement(s): it cannot be certified as nil.")
        known = rows.filter(kind=LedgerRow.Kind.NIL_RETURN, record__month=month)
        if known.exists():
            raise NilRefused(f"{month} is certified already.")
        record = {"month": month, "role": role, "engagements": 0}
        if signer:
            text = nil_text(month, role)
            record |= {"key": str(signer.verifier), "signed": f"{text}\n{signer.line(text)}"}
        append([Entry(LedgerRow.Kind.NIL_RETURN, None, record, published=True)])
