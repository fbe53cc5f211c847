"""Notes are appended and screened; drafts keep what is typed until then."""

import pytest

from safecall import guard
from safecall.contacts.actions import (
    Actor,
    InvalidField,
    add_note,
    load_draft,
    save_draft,
)
from safecall.contacts.models import Contact, Draft, Note
from safecall.people.models import User


def test_an_authority_is_kept_and_counted(contact: Contact, amina: User) -> None:
    added = add_note(
        Actor.staff(amina), contact, "He threatens to call immigration on her if she leaves."
    )
    assert "threatens to call immigration" in added.note.text
    assert added.note.mentions_authority
    assert added.note.mention_seen_at is None


def test_an_empty_note_is_refused(contact: Contact, amina: User) -> None:
    with pytest.raises(InvalidField):
        add_note(Actor.staff(amina), contact, "  \n ")


def test_a_draft_is_screened_sealed_and_dropped_with_the_note(
    contact: Contact, amina: User
) -> None:
    actor = Actor.staff(amina)
    save_draft(actor, contact, "note-1", "She has no papers. The door is broken.")
    assert "papers" not in load_draft(amina, "note-1")
    assert "The door is broken." in load_draft(amina, "note-1")
    add_note(actor, contact, "The door is broken.", draft_key="note-1")
    assert not Draft.objects.exists()


def test_a_draft_is_its_writers_alone(contact: Contact, amina: User, dan: User) -> None:
    save_draft(Actor.staff(amina), contact, "note-1", "The door is broken.")
    assert load_draft(dan, "note-1") == ""


def test_without_the_guard_a_note_is_refused_and_nothing_is_stored(
    contact: Contact, amina: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(text: str, lang: str | None = None) -> guard.Screened:
        raise guard.GuardUnavailable("no rules")

    monkeypatch.setattr(guard, "screen", unavailable)
    for act in (
        lambda: add_note(Actor.staff(amina), contact, "The door is broken."),
        lambda: save_draft(Actor.staff(amina), contact, "note-1", "The door is broken."),
    ):
        with pytest.raises(guard.GuardUnavailable):
            act()
    assert not Note.objects.exists()
    assert not Draft.objects.exists()
