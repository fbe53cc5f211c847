"""Two people edit: nothing of either is lost."""

import pytest

from safecall.contacts.actions import (
    Actor,
    Changes,
    Concern,
    Place,
    VersionConflict,
    change,
)
from safecall.contacts.models import Contact, HistoryEntry
from safecall.people.models import User


def test_changes_to_different_fields_are_both_kept(
    contact: Contact, amina: User, dan: User
) -> None:
    seen = contact.version
    change(Actor.staff(amina), contact, Changes(place=Place("Lake Ave / Superior St")), seen)
    change(Actor.staff(dan), contact, Changes(priority=1), seen)
    kept = Contact.objects.get(pk=contact.pk)
    assert (kept.place_words, kept.priority) == ("Lake Ave / Superior St", 1)


def test_a_change_of_the_same_field_is_refused_with_who_and_what(
    contact: Contact, amina: User, dan: User
) -> None:
    seen = contact.version
    change(Actor.staff(amina), contact, Changes(place=Place("Lake Ave")), seen)
    with pytest.raises(VersionConflict) as conflict:
        change(Actor.staff(dan), contact, Changes(place=Place("Grand Ave")), seen)
    assert conflict.value.fields == {"place"}
    assert conflict.value.by == "Amina Warsame"
    assert conflict.value.current.place_words == "Lake Ave"
    assert Contact.objects.get(pk=contact.pk).place_words == "Lake Ave"


def test_the_same_value_from_two_people_is_no_conflict(
    contact: Contact, amina: User, dan: User
) -> None:
    seen = contact.version
    change(Actor.staff(amina), contact, Changes(language="so"), seen)
    changed = change(Actor.staff(dan), contact, Changes(language="so"), seen)
    assert changed.fields == frozenset()


def test_the_type_brings_its_priority_until_somebody_sets_one(
    contact: Contact, amina: User
) -> None:
    actor = Actor.staff(amina)
    assert change(actor, contact, Changes(incident_type="NOISE")).contact.priority == 4
    change(actor, contact, Changes(priority=1))
    assert change(actor, contact, Changes(incident_type="LARCENY")).contact.priority == 1


def test_history_tells_the_fields_and_codes_but_no_words(contact: Contact, amina: User) -> None:
    change(
        Actor.staff(amina),
        contact,
        Changes(priority=1, concern=Concern("other", "her sister", "the blue house")),
    )
    entry = HistoryEntry.objects.latest("id")
    assert entry.data == {"fields": ["concern", "priority"], "priority": [3, 1]}


def test_status_in_a_changed_field_is_removed(contact: Contact, amina: User) -> None:
    changed = change(Actor.staff(amina), contact, Changes(caller_name="Jose, an illegal immigrant"))
    assert "illegal" not in Contact.objects.get(pk=contact.pk).caller_name
    assert changed.removed
