"""Opening a contact: what is kept, counted, refused, and never held up."""

from datetime import timedelta

import pytest
from django.utils import timezone

from safecall import guard
from safecall.contacts.actions import (
    Actor,
    Concern,
    ContactOpening,
    InvalidField,
    Place,
    open_contact,
)
from safecall.contacts.models import AnsweringPoint, Contact, HistoryEntry, Note
from safecall.ledger.models import LedgerRow
from safecall.people.models import User

STATUS = "Caller is undocumented and saw two men breaking into a car."


def test_only_channel_and_answering_point_are_needed(
    amina: User, answering_point: AnsweringPoint
) -> None:
    opened = open_contact(Actor.staff(amina), ContactOpening("counter", answering_point))
    kept = Contact.objects.get(pk=opened.contact.pk)
    assert (kept.state, kept.channel, kept.agency) == (
        "received",
        "counter",
        answering_point.agency,
    )


def test_history_and_ledger_are_written_with_the_contact(contact: Contact) -> None:
    assert [e.act for e in HistoryEntry.objects.filter(contact=contact)] == ["open"]
    row = LedgerRow.objects.get(subject=contact.pk)
    assert row.kind == "contact"
    assert row.index is None
    assert row.salt is not None


def test_status_is_removed_before_the_note_is_kept_and_is_counted(
    amina: User, answering_point: AnsweringPoint
) -> None:
    opened = open_contact(
        Actor.staff(amina), ContactOpening("911", answering_point, narrative=STATUS)
    )
    note = Note.objects.get(contact=opened.contact)
    assert "undocumented" not in note.text
    assert "saw two men breaking into a car" in note.text
    assert [finding.kind for finding in opened.removed] == ["statement"]
    kinds = LedgerRow.objects.filter(subject=opened.contact.pk).values_list("kind", flat=True)
    assert sorted(kinds) == ["contact", "contact_act", "guard_removed"]


@pytest.mark.parametrize("field", ["place", "caller_name", "concern_who", "concern_where"])
def test_every_text_passes_the_same_door(
    field: str, amina: User, answering_point: AnsweringPoint
) -> None:
    words = {"concern_who": "", "concern_where": "", "place": "", "caller_name": ""}
    words[field] = "he is undocumented"
    opened = open_contact(
        Actor.staff(amina),
        ContactOpening(
            "911",
            answering_point,
            place=Place(words["place"]),
            caller_name=words["caller_name"],
            concern=Concern("other", words["concern_who"], words["concern_where"]),
        ),
    )
    kept = Contact.objects.get(pk=opened.contact.pk)
    for text in (kept.place_words, kept.caller_name, kept.concern_who, kept.concern_where):
        assert "undocumented" not in text
    assert opened.removed


def test_a_callback_is_kept_in_e164(amina: User, answering_point: AnsweringPoint) -> None:
    opened = open_contact(
        Actor.staff(amina), ContactOpening("911", answering_point, callback="(218) 555-0134")
    )
    assert Contact.objects.get(pk=opened.contact.pk).callback == "+12185550134"


def test_a_callback_in_words_is_kept_too(amina: User, answering_point: AnsweringPoint) -> None:
    words = "ask for Maryan at the corner shop"
    opened = open_contact(
        Actor.staff(amina), ContactOpening("counter", answering_point, callback=words)
    )
    assert Contact.objects.get(pk=opened.contact.pk).callback == words


def test_the_type_brings_its_priority(amina: User, answering_point: AnsweringPoint) -> None:
    opened = open_contact(
        Actor.staff(amina), ContactOpening("911", answering_point, incident_type="SHOOT")
    )
    assert opened.contact.priority == 1


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("channel", {"channel": "pigeon"}),
        ("incident_type", {"incident_type": "ALIEN"}),
        ("priority", {"priority": 9}),
        ("language", {"language": "Somali please"}),
        ("source_number", {"source_number": "'; drop table"}),
        ("place", {"place": Place(lat=91.0, lon=0.0)}),
        ("place", {"place": Place(lat=46.8)}),
        ("place", {"place": Place(lat=float("nan"), lon=0.0)}),
        ("received_at", {"received_at": timezone.now() + timedelta(hours=1)}),
        ("narrative", {"narrative": "a" * 20_001}),
    ],
)
def test_a_wrong_value_is_named_and_nothing_is_written(
    field: str, wrong: dict[str, object], amina: User, answering_point: AnsweringPoint
) -> None:
    values: dict[str, object] = {"channel": "911", "answering_point": answering_point, **wrong}
    with pytest.raises(InvalidField) as refused:
        open_contact(Actor.staff(amina), ContactOpening(**values))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert not Contact.objects.exists()


def test_without_the_guard_no_text_is_kept_but_help_has_its_place(
    amina: User, answering_point: AnsweringPoint, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(text: str, lang: str | None = None) -> guard.Screened:
        raise guard.GuardUnavailable("no rules")

    monkeypatch.setattr(guard, "screen", unavailable)
    opened = open_contact(
        Actor.staff(amina),
        ContactOpening(
            "911",
            answering_point,
            incident_type="FSTRU",
            place=Place("1200 E Superior St", 46.79, -92.09),
            caller_name="Maryan",
            narrative="The kitchen burns.",
        ),
    )
    kept = Contact.objects.get(pk=opened.contact.pk)
    assert kept.place_words == "1200 E Superior St"
    assert (kept.incident_type, kept.priority, kept.latitude) == ("FSTRU", 1, 46.79)
    assert opened.not_kept == ("caller_name", "narrative")
    assert not opened.narrative_kept
    assert not Note.objects.exists()


def test_what_no_database_takes_is_shown_as_a_replacement_sign(
    amina: User, answering_point: AnsweringPoint
) -> None:
    opened = open_contact(
        Actor.staff(amina),
        ContactOpening("text", answering_point, narrative="loud\x00bang\ud800here"),
    )
    assert "loud" in Note.objects.get(contact=opened.contact).text


def test_history_of_another_system_keeps_its_times(answering_point: AnsweringPoint) -> None:
    received = timezone.now() - timedelta(days=400)
    opened = open_contact(
        Actor.system("CAD"),
        ContactOpening(
            "911",
            answering_point,
            received_at=received,
            answered_at=received + timedelta(seconds=12),
        ),
    )
    assert opened.contact.answer_ms == 12_000
    assert opened.contact.state == "answered"
