"""A receipt code opens one report and cannot be guessed from the database."""

import pytest

from safecall.contacts import receipts
from safecall.contacts.models import Contact, Receipt


def test_a_code_opens_its_contact_however_it_is_typed(contact: Contact) -> None:
    code = receipts.issue(contact)
    assert receipts.find(code) == contact
    assert receipts.find(code.replace("-", " ").lower()) == contact
    assert receipts.find(code.replace("0", "O").replace("1", "l")) == contact


@pytest.mark.parametrize("typed", ["", "ABCDE", "'; drop table", "ABCDE-ABCDE-ABCDE-ABCDE"])
def test_another_code_opens_nothing(typed: str, contact: Contact) -> None:
    receipts.issue(contact)
    assert receipts.find(typed) is None


def test_the_code_itself_is_not_kept(contact: Contact) -> None:
    code = receipts.issue(contact)
    assert code.replace("-", "") not in str(Receipt.objects.values())
