"""A receipt code: how a report stands, and adding to it."""

import pytest
from django.test import Client

from safecall.contacts import codes
from safecall.contacts.actions import Actor, answer, assign_unit, close, set_unit_status
from safecall.contacts.models import Contact, Unit
from safecall.people.models import User
from safecall.vocabulary import dispositions
from safecall.website.models import Tries
from safecall.website.throttle import Limit
from tests.website.conftest import STORY
from tests.website.reading import code, form_values, text


@pytest.fixture
def receipt_code(visitor: Client, answers: dict[str, str]) -> str:
    return code(visitor.post("/report/details", answers | {"place": "Zanzibar Street"}))


def look(visitor: Client, typed: str) -> str:
    return text(visitor.post("/receipt", {"code": typed}))


def test_a_code_has_a_hundred_bits(receipt_code: str) -> None:
    assert len(receipt_code.replace("-", "")) == 20
    assert len(codes.ALPHABET) == 32


def test_the_code_is_in_no_address(visitor: Client, receipt_code: str) -> None:
    response = visitor.post("/receipt", {"code": receipt_code})
    assert response.status_code == 200
    page = response.content.decode()
    assert receipt_code not in "".join(part.split('"')[0] for part in page.split('href="')[1:])
    assert visitor.get("/receipt", {"code": receipt_code}).content.decode().count("Type the code")


@pytest.mark.parametrize("change", [str, str.lower, lambda code: code.replace("-", "  ")])
def test_it_is_read_as_people_type_it(visitor: Client, receipt_code: str, change) -> None:  # type: ignore[no-untyped-def]
    assert "We have your report." in look(visitor, change(receipt_code))


def test_every_stage_in_plain_words(
    visitor: Client, receipt_code: str, dan: User, unit_12: Unit
) -> None:
    contact = Contact.objects.get()
    staff = Actor.staff(dan)
    assert "Someone will look at it. Not yet" in look(visitor, receipt_code)
    answer(staff, contact)
    assert "Someone is looking at it." in look(visitor, receipt_code)
    assert "An officer was sent." not in look(visitor, receipt_code)
    response = assign_unit(staff, contact, unit_12)
    assert "An officer was sent." in look(visitor, receipt_code)
    set_unit_status(staff, response, "Cleared")
    close(
        staff,
        contact,
        min(dispositions.BY_CODE),
    )
    words = look(visitor, receipt_code)
    assert words.index("An officer was sent.") < words.index("It is closed.")
    assert "please make a new one" in words


def test_a_cancelled_officer_was_not_sent(
    visitor: Client, receipt_code: str, dan: User, unit_12: Unit
) -> None:
    response = assign_unit(Actor.staff(dan), Contact.objects.get(), unit_12)
    set_unit_status(Actor.staff(dan), response, "AssignmentCancelled")
    assert "An officer was sent." not in look(visitor, receipt_code)


def test_whoever_finds_the_code_reads_nothing_of_the_report(
    visitor: Client, receipt_code: str
) -> None:
    words = look(visitor, receipt_code)
    assert STORY not in words
    assert "Zanzibar" not in words


def test_something_is_added_once(visitor: Client, receipt_code: str) -> None:
    sent = {"code": receipt_code, "note": "It was red.", "add": "1"}
    first = visitor.post("/receipt", sent)
    assert "We added it." in text(first)
    assert form_values(first)["note"] == ""
    visitor.post("/receipt", sent)
    notes = Contact.objects.get().notes.order_by("id").values_list("text", flat=True)
    assert list(notes) == [STORY, "It was red."]


def test_status_in_a_note_is_removed_kindly(visitor: Client, receipt_code: str) -> None:
    sent = {"code": receipt_code, "note": "I am undocumented. It was red.", "add": "1"}
    response = visitor.post("/receipt", sent)
    assert "Thank you for trusting us" in text(response)
    assert "undocumented" not in str(Contact.objects.get().notes.order_by("id").last().text)  # type: ignore[union-attr]


def test_an_emergency_in_a_note_stops_first(visitor: Client, receipt_code: str) -> None:
    note = "He is back with a gun"
    stopped = visitor.post("/receipt", {"code": receipt_code, "note": note, "add": "1"})
    assert "Call 911 now" in text(stopped)
    assert Contact.objects.get().notes.count() == 1
    changed = visitor.post("/receipt", form_values(stopped) | {"look": "1"})
    assert form_values(changed)["note"] == note
    visitor.post("/receipt", form_values(stopped) | {"not_emergency": "1"})
    assert Contact.objects.get().notes.count() == 2


def test_an_empty_note_and_a_long_one(visitor: Client, receipt_code: str) -> None:
    empty = visitor.post("/receipt", {"code": receipt_code, "note": " ", "add": "1"})
    assert empty.status_code == 422
    assert "Please write what you want to add." in text(empty)
    long = visitor.post("/receipt", {"code": receipt_code, "note": "x" * 10_001, "add": "1"})
    assert long.status_code == 422
    assert form_values(long)["note"] == "x" * 10_001
    assert form_values(long)["code"] == receipt_code


def test_a_change_of_language_keeps_the_code_and_the_note(
    visitor: Client, receipt_code: str
) -> None:
    sent = {"code": receipt_code, "note": "Half a", "look": "1"}
    response = visitor.post("/es/receipt", sent)
    assert "Cómo va su reporte" in text(response)
    assert form_values(response)["note"] == "Half a"
    typed = visitor.post("/es/receipt", {"code": "ABC", "keep": "1"})
    assert form_values(typed)["code"] == "ABC"


@pytest.mark.usefixtures("one_hour")
def test_a_wrong_code_is_counted_and_stopped(
    visitor: Client, receipt_code: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("safecall.website.views.receipts.WRONG_CODES", Limit("code", 3))
    wrong = "00000-00000-00000-00000"
    for _ in range(3):
        response = visitor.post("/receipt", {"code": wrong})
        assert response.status_code == 422
        assert "We cannot find this code." in text(response)
        assert form_values(response)["code"] == wrong
    response = visitor.post("/receipt", {"code": receipt_code})
    assert response.status_code == 429, "the right code does not help any more"
    assert "Too many wrong codes." in text(response)
    elsewhere = Client(REMOTE_ADDR="203.0.113.9")
    assert elsewhere.post("/receipt", {"code": receipt_code}).status_code == 200


def test_a_right_code_is_not_counted(visitor: Client, receipt_code: str) -> None:
    Tries.objects.all().delete()
    look(visitor, receipt_code)
    assert not Tries.objects.exists()


def test_an_empty_code(visitor: Client) -> None:
    response = visitor.post("/receipt", {"code": ""})
    assert response.status_code == 422
    assert "Please type the code from your receipt." in text(response)
