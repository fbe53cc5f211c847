"""A statement and the open data hold codes, counts, days and months, and nothing that was typed."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from safecall.accountability import statement, tally
from safecall.accountability.models import Prepared
from safecall.accountability.periods import Period
from safecall.contacts.actions import Actor, ContactOpening, Place, add_note, open_contact
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.ledger.models import LedgerRow
from safecall.people.models import User
from safecall.vocabulary.languages import BY_TAG
from tests.accountability.department import HELPED, recorded, some_years
from tests.accountability.test_forms import KNOWN_CODES

NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)
TYPED = ("Quetzalcoatl", "12 Invented Lane", "+12185550177", "Xochitl")
_DAYS = re.compile(r"20\d\d(-\d\d(-\d\d(T\d\d:\d\d:\d\d[+-]\d\d:\d\d)?)?)?")
_NUMBER = re.compile(r"E-20\d\d-\d{4}")
_CODES = (
    KNOWN_CODES
    | set(Contact.Channel.values)
    | {kind.value for kind in LedgerRow.Kind}
    | set(BY_TAG)
    | {"chief_of_police", "Test Police Department"}
)


def _strings(value: Any) -> Iterator[str]:
    """Every text in a value that JSON can hold; what stands as a key is ours."""
    if isinstance(value, dict):
        for one in value.values():
            yield from _strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from _strings(one)
    elif isinstance(value, str):
        yield value


def _known(text: str) -> bool:
    parts = text.split(";") if text else []
    return all(
        one in _CODES or bool(_DAYS.fullmatch(one) or _NUMBER.fullmatch(one)) for one in parts
    )


def test_nothing_typed_is_in_a_statement(
    answering_point: AnsweringPoint, sofia: User, amina: User
) -> None:
    some_years(answering_point, sofia)
    recorded(sofia, "2026-03-09", HELPED)
    actor = Actor.staff(amina)
    contact = open_contact(
        actor,
        ContactOpening(
            "911",
            answering_point,
            place=Place(TYPED[1]),
            callback=TYPED[2],
            caller_name=TYPED[3],
            language="so",
            narrative=f"{TYPED[0]} stands at the door and has no papers.",
        ),
    ).contact
    add_note(actor, contact, f"{TYPED[0]} left.")
    tally.refresh()
    made = statement.make(Period.of_year(2026), NOW)
    assert [text for text in _strings(made) if not _known(text)] == []
    statement.prepare(NOW)
    for row in Prepared.objects.all():
        wrong = [text for text in _strings(row.document) if not _known(text)]
        assert wrong == [], row.key
        for never in (*TYPED, sofia.display_name, amina.display_name, str(contact.pk)):
            assert never not in str(row.document)


def test_the_test_would_see_a_name() -> None:
    assert not _known("Xochitl")
    assert not _known("2026-03-09;Xochitl")
    assert _known("CBP_USBP")
