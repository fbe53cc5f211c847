"""The people and places of all tests. Everyone here is invented."""

import pytest

from safecall.contacts.actions import Actor, ContactOpening, open_contact
from safecall.contacts.models import Agency, AnsweringPoint, Contact, Unit
from safecall.people.models import User


def _staff(username: str, display_name: str, role: str) -> User:
    user = User(username=username, display_name=display_name, role=role)
    user.set_password(f"{username}-invented-password-7")
    user.save()
    return user


@pytest.fixture
def agency(db: None) -> Agency:
    return Agency.objects.create(code="test-pd", name="Test Police Department")


@pytest.fixture
def answering_point(agency: Agency) -> AnsweringPoint:
    return AnsweringPoint.objects.create(code="test-911", name="Test County 911", agency=agency)


@pytest.fixture
def neighbor(agency: Agency) -> AnsweringPoint:
    """Another answering point, to hand contacts to."""
    return AnsweringPoint.objects.create(code="next-911", name="Next County 911", agency=agency)


@pytest.fixture
def amina(db: None) -> User:
    """A call taker."""
    return _staff("amina", "Amina Warsame", "call_taker")


@pytest.fixture
def dan(db: None) -> User:
    """A dispatcher."""
    return _staff("dan", "Dan Olson", "dispatcher")


@pytest.fixture
def sofia(db: None) -> User:
    """A supervisor."""
    return _staff("sofia", "Sofia Reyes", "supervisor")


@pytest.fixture
def ruth(db: None) -> User:
    """A records clerk."""
    return _staff("ruth", "Ruth Lindqvist", "records")


@pytest.fixture
def unit_12(agency: Agency) -> Unit:
    return Unit.objects.create(callsign="12", agency=agency)


@pytest.fixture
def contact(amina: User, answering_point: AnsweringPoint) -> Contact:
    """A 911 call that rings."""
    return open_contact(Actor.staff(amina), ContactOpening("911", answering_point)).contact
