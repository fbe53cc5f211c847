"""Nothing grows with the table: the same number of queries at 0 and at 100,000 contacts."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from safecall.contacts import actions, selectors
from safecall.contacts.actions import Actor, ContactOpening
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.contacts.numbering import number_pending
from safecall.people.models import User

MANY = 100_000


def _fill(answering_point: AnsweringPoint) -> None:
    """Half open and half closed contacts, all numbered."""
    now = timezone.now()
    Contact.objects.bulk_create(
        (
            Contact(
                year=2001,
                serial=serial,
                channel="911",
                state="closed" if serial % 2 else "answered",
                closed_at=now if serial % 2 else None,
                agency=answering_point.agency,
                answering_point=answering_point,
                opened_at=now - timedelta(days=1),
                received_at=now - timedelta(days=1, seconds=serial),
            )
            for serial in range(1, MANY + 1)
        ),
        batch_size=2000,
    )


def _count(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        act()
    return len(queries)


@pytest.mark.slow
def test_as_many_queries_with_many_contacts_as_with_none(
    amina: User, sofia: User, answering_point: AnsweringPoint
) -> None:
    actor = Actor.staff(amina)
    opening = ContactOpening("911", answering_point, narrative="Glass is breaking next door.")
    client = Client()
    client.force_login(sofia)

    def taken() -> dict[str, int]:
        contact = actions.open_contact(actor, opening).contact
        number_pending()
        pages = {
            path: _count(lambda path=path: client.get(path))  # type: ignore[misc]
            for path in ("/desk/", "/desk/wall/", f"/desk/contacts/{contact.pk}/")
        }
        return {
            "open": _count(lambda: actions.open_contact(actor, opening)),
            "note": _count(lambda: actions.add_note(actor, contact, "He left on foot.")),
            "queue": _count(selectors.open_queue),
            "page": _count(lambda: selectors.contact_page(contact.pk)),
            "changed": _count(selectors.last_change_id),
            "number": _count(number_pending),
            **{path.split(str(contact.pk))[0]: count for path, count in pages.items()},
        }

    client.get("/desk/")
    before = taken()
    _fill(answering_point)
    assert taken() == before
