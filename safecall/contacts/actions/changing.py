"""Changing what is known about a contact, without overwriting somebody else's change."""

from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, Literal

from django.utils import timezone

from safecall.contacts.actions import values
from safecall.contacts.actions.base import Actor, Data, VersionConflict, acting, record
from safecall.contacts.actions.opening import Concern, Place
from safecall.contacts.actions.text import TextDoor
from safecall.contacts.models import Contact, HistoryEntry
from safecall.contacts.workflow import Act
from safecall.guard import Finding


class Unset(Enum):
    """The mark of a field that is not to be changed."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET
type_unset = Literal[Unset.UNSET]


@dataclass(frozen=True, slots=True)
class Changes:
    """The fields to change; those left out stay as they are."""

    place: Place | type_unset = UNSET
    incident_type: str | type_unset = UNSET
    priority: int | type_unset = UNSET
    language: str | type_unset = UNSET
    callback: str | type_unset = UNSET
    caller_name: str | type_unset = UNSET
    concern: Concern | type_unset = UNSET


@dataclass(frozen=True, slots=True)
class Changed:
    """The contact as it is now, the fields that did change, and what the guard removed."""

    contact: Contact
    fields: frozenset[str]
    removed: tuple[Finding, ...]


def change(actor: Actor, contact: Contact, changes: Changes, version: int | None = None) -> Changed:
    """Change these fields, as seen at this version of the contact.

    Changes to different fields by two people are both kept. Raises `VersionConflict` where somebody
    else has changed one of the same fields since, `InvalidField`, or `guard.GuardUnavailable`.
    """
    door = TextDoor()
    wanted = _columns(changes, door)
    at = timezone.now()
    with acting(contact, Act.CHANGE) as current:
        _follow_type(current, wanted)
        new = {
            group: columns
            for group, columns in wanted.items()
            if any(getattr(current, name) != value for name, value in columns.items())
        }
        if not new:
            return Changed(current, frozenset(), door.removed)
        if version is not None and version != current.version:
            _refuse_conflict(current, frozenset(new), version)
        data = _history(current, new)
        columns = {name: value for group in new.values() for name, value in group.items()}
        for name, value in columns.items():
            setattr(current, name, value)
        current.version += 1
        current.save(update_fields=["version", *columns])
        record(current, actor, [(Act.CHANGE, data)], at, door.findings)
    return Changed(current, frozenset(new), door.removed)


def _columns(changes: Changes, door: TextDoor) -> dict[str, dict[str, Any]]:
    """Group -> column -> value that may be stored, for the groups that are to be changed."""
    wanted: dict[str, dict[str, Any]] = {}
    if changes.place is not UNSET:
        lat, lon = values.coordinates(changes.place.lat, changes.place.lon)
        words = door.words("place", changes.place.words)
        wanted["place"] = {"place_words": words, "latitude": lat, "longitude": lon}
    if changes.incident_type is not UNSET:
        wanted["incident_type"] = {"incident_type": values.incident_type(changes.incident_type)}
    if changes.priority is not UNSET:
        wanted["priority"] = {"priority": values.priority(changes.priority)}
    if changes.language is not UNSET:
        wanted["language"] = {"language": values.language(changes.language)}
    if changes.callback is not UNSET:
        wanted["callback"] = {"callback": door.callback(changes.callback)}
    if changes.caller_name is not UNSET:
        wanted["caller_name"] = {"caller_name": door.words("caller_name", changes.caller_name)}
    if changes.concern is not UNSET:
        wanted["concern"] = {
            "for_whom": Contact.ForWhom(changes.concern.for_whom).value,
            "concern_who": door.words("concern_who", changes.concern.who),
            "concern_where": door.words("concern_where", changes.concern.where),
        }
    return wanted


def _follow_type(current: Contact, wanted: dict[str, dict[str, Any]]) -> None:
    """A new type brings its priority, unless somebody has set another one by hand."""
    if "incident_type" not in wanted or "priority" in wanted:
        return
    if current.priority == values.start_priority(current.incident_type):
        start = values.start_priority(wanted["incident_type"]["incident_type"])
        wanted["priority"] = {"priority": start}


def _history(current: Contact, new: dict[str, dict[str, Any]]) -> Data:
    """Which fields changed; for coded fields also from what to what. Never words."""
    data: Data = {"fields": sorted(new)}
    for name in ("incident_type", "priority", "language"):
        if name in new:
            data[name] = [getattr(current, name), new[name][name]]
    return data


def _refuse_conflict(current: Contact, fields: frozenset[str], version: int) -> None:
    later = HistoryEntry.objects.filter(
        contact=current, act=Act.CHANGE.value, version__gt=version
    ).order_by("id")
    for entry in later:
        both = fields & frozenset(entry.data.get("fields", ()))
        if both:
            raise VersionConflict(current, both, entry.actor_label, entry.at)
