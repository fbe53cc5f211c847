"""A ledger row is part of its act, or is not written."""

import hashlib

import pytest
from django.db import transaction

from safecall.ledger.append import DOMAIN, Entry, OutsideTransaction, append, commit
from safecall.ledger.models import LedgerRow

ENTRY = Entry(LedgerRow.Kind.CONTACT, None, {"b": 1, "a": "é"})


@pytest.mark.django_db(transaction=True)
def test_outside_a_transaction_nothing_is_written() -> None:
    with pytest.raises(OutsideTransaction):
        append([ENTRY])
    assert not LedgerRow.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_it_goes_with_the_act_that_fails() -> None:
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        append([ENTRY])
        _ = 1 / 0
    assert not LedgerRow.objects.exists()


def test_the_commitment_opens_with_its_salt_over_canonical_json(db: None) -> None:
    with transaction.atomic():
        append([ENTRY])
    row = LedgerRow.objects.get()
    salt = bytes(row.salt or b"")
    wanted = hashlib.sha256(DOMAIN + salt + '{"a":"é","b":1}'.encode()).digest()
    assert bytes(row.commitment) == wanted


def test_the_same_record_is_never_committed_alike() -> None:
    assert commit(b"1" * 32, ENTRY.record) != commit(b"2" * 32, ENTRY.record)
