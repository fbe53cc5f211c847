"""Unscreened text cannot be saved, by any way that Django has."""

import pytest
from django.db import connection
from django.db.models import F, Value

from safecall.contacts.models import Contact, Note
from safecall.guard import screen
from safecall.privacy.kept import KeptText, UnscreenedText

PLAIN = "typed by somebody"


def test_save_update_and_bulk_ways_refuse_a_plain_string(contact: Contact) -> None:
    contact.place_words = PLAIN
    with pytest.raises(UnscreenedText) as refused:
        contact.save()
    assert PLAIN not in str(refused.value)
    for way in (
        lambda: Contact.objects.update(place_words=PLAIN),
        lambda: Contact.objects.update(place_words=Value(PLAIN)),
        lambda: Contact.objects.update(place_words=F("source_number")),
        lambda: Contact.objects.bulk_update([contact], ["place_words"]),
        lambda: Note.objects.bulk_create(
            [Note(contact=contact, at=contact.opened_at, author_label="x", text=PLAIN)]
        ),
        lambda: Contact.objects.update(caller_name=PLAIN),
    ):
        with pytest.raises(UnscreenedText):
            way()


def test_what_the_guard_returned_is_saved_and_read_back(contact: Contact) -> None:
    contact.place_words = screen("Lake Ave / Superior St")
    contact.save()
    again = Contact.objects.get(pk=contact.pk)
    assert again.place_words == "Lake Ave / Superior St"
    again.save()


def test_sealed_text_is_unreadable_in_the_database(contact: Contact) -> None:
    contact.caller_name = screen("Maryan Ali")
    contact.save()
    with connection.cursor() as cursor:
        cursor.execute("SELECT caller_name FROM contacts_contact")
        (stored,) = cursor.fetchone()
    assert "Maryan" not in stored
    assert Contact.objects.get(pk=contact.pk).caller_name == "Maryan Ali"
    with pytest.raises(TypeError):
        Contact.objects.filter(caller_name="Maryan Ali").exists()


@pytest.mark.parametrize(
    "text",
    ["1200 E Superior St", "Lake Ave / Superior St", "400 W 1st St", "12 Grand Avenue"],
)
def test_an_address_passes_without_the_guard(text: str) -> None:
    assert KeptText.address(text) == text


@pytest.mark.parametrize(
    "text", ["the house of the illegals", "1200 E Superior St, no papers", "blue house", ""]
)
def test_anything_else_does_not(text: str) -> None:
    assert KeptText.address(text) is None
