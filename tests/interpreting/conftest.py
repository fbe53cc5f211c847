"""The interpreters of these tests. Everyone here is invented."""

from collections.abc import Callable

import pytest

from safecall.contacts.actions import Actor, ContactOpening, open_contact
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.interpreting.actions import (
    InterpreterData,
    SkillData,
    VendorData,
    keep_interpreter,
    keep_vendor,
)
from safecall.interpreting.models import Interpreter, Vendor
from safecall.people.models import User

Make = Callable[..., Interpreter]


@pytest.fixture
def interpreter(db: None) -> Make:
    """Makes interpreters on the roster: `interpreter("code", "so", hours="always")`."""

    def make(code: str, *tags: str, **fields: object) -> Interpreter:
        values = {"name": f"Invented {code}", "hours": "always", **fields}
        skills = tuple(SkillData(tag) for tag in tags or ("so",))
        return keep_interpreter(InterpreterData(code=code, skills=skills, **values))  # type: ignore[arg-type]

    return make


@pytest.fixture
def line_1(db: None) -> Vendor:
    return keep_vendor(VendorData("line-1", "First Invented Line", "+18005550101,,1", rank=1))


@pytest.fixture
def line_2(db: None) -> Vendor:
    return keep_vendor(VendorData("line-2", "Second Invented Line", "+18005550102", rank=2))


@pytest.fixture
def somali_call(amina: User, answering_point: AnsweringPoint) -> Contact:
    """A 911 call that Amina answered; the caller wants to speak Somali."""
    opening = ContactOpening("911", answering_point, language="so", answered=True)
    return open_contact(Actor.staff(amina), opening).contact


@pytest.fixture
def desk(amina: User) -> Actor:
    return Actor.staff(amina)
