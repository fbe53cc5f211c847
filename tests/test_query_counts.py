"""Nothing grows with the table: the same number of queries at 0 and at 100,000 contacts."""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from http import HTTPStatus

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
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
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


def _seen(client: Client, path: str) -> None:
    assert client.get(path).status_code == HTTPStatus.OK


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
            name: _count(partial(_seen, client, reverse(f"desk:{name}", args=args)))
            for name, args in {"queue": (), "wall": (), "contact": (contact.pk,)}.items()
        }
        return {
            "open": _count(lambda: actions.open_contact(actor, opening)),
            "note": _count(lambda: actions.add_note(actor, contact, "He left on foot.")),
            "open contacts": _count(selectors.open_queue),
            "one contact": _count(lambda: selectors.contact_page(contact.pk)),
            "changed": _count(selectors.last_change_id),
            "number": _count(number_pending),
            **pages,
        }

    # A session is lengthened once a minute; that is no query of a page.
    with time_machine.travel(timezone.now(), tick=False):
        client.get("/desk/")
        before = taken()
        _fill(answering_point)
        assert taken() == before
