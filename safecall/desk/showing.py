"""Records as the desk's pages show them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext as _

from safecall.contacts.models import Assignment, Contact, HistoryEntry, Unit
from safecall.contacts.workflow import Act
from safecall.desk import fields
from safecall.interpreting import wording
from safecall.vocabulary import dispositions, incident_types, unit_status
from safecall.vocabulary.unit_status import NEXT, Step

_STEP_BUTTONS: Final = (Step.ENROUTE, Step.ON_SCENE, Step.CLEARED, Step.CANCELLED)


@dataclass(frozen=True, slots=True)
class StepButton:
    """A step that a unit can take next."""

    status: str
    label: str


@dataclass(frozen=True, slots=True)
class Response:
    """A unit on a contact, with the steps that can follow; the first is the usual one."""

    assignment: Assignment
    label: str
    steps: list[StepButton]


def response(assignment: Assignment) -> Response:
    """The assignment as the units list shows it."""
    allowed = NEXT[Step(assignment.status)]
    steps = [StepButton(s.value, unit_status.label(s.value)) for s in _STEP_BUTTONS if s in allowed]
    return Response(assignment, unit_status.label(assignment.status), steps)


def active_responses(record: Contact | Unit) -> list[Response]:
    """Who is on this contact, or where this unit is, as the selectors fetched it."""
    return [response(one) for one in vars(record)["active_assignments"]]


def type_label(code: str) -> str:
    """The incident type's label, or words for "not known yet"."""
    return incident_types.label(code) if code else _("Type not known yet")


def place_label(contact: Contact) -> str:
    """The place in words, else its coordinates, else an empty string."""
    if contact.place_words:
        return str(contact.place_words)
    shown = fields.values(contact)
    return f"{shown['latitude']}, {shown['longitude']}" if shown["latitude"] else ""


def history_line(entry: HistoryEntry) -> str:
    """What was done, in words. A history entry holds codes only, so this shows no personal data."""
    return _LINES[Act(entry.act)](entry.data)


def _opened(data: dict[str, Any]) -> str:
    channel = dict(Contact.Channel.choices).get(data.get("channel", ""), "")
    return _("opened the contact (%(channel)s)") % {"channel": channel}


def _noted(data: dict[str, Any]) -> str:
    words = _("added a note")
    if data.get("removed"):
        words += "; " + _("parts not kept: %(count)s") % {"count": data["removed"]}
    if data.get("mentions_authority"):
        words += "; " + _("it mentions an authority")
    return words


def _changed(data: dict[str, Any]) -> str:
    if data.get("mention_seen"):
        return _("saw the mention of an authority")
    if data.get("mention"):
        return _("settled the mention of an authority")
    if data.get("engagement"):
        return _("recorded engagement %(number)s") % {"number": data["engagement"]}
    parts = []
    for group in data.get("fields", ()):
        words = str(fields.LABELS.get(group, group)).lower()
        if isinstance(data.get(group), list):
            old, new = (_coded(group, value) for value in data[group])
            words += f" {old} → {new}"
        parts.append(words)
    return _("changed %(fields)s") % {"fields": ", ".join(parts)}


def _coded(group: str, value: Any) -> str:
    if group == "incident_type":
        return type_label(value)
    if group == "language":
        return fields.language_label(value) if value else "–"
    return str(value)


def _unit(data: dict[str, Any]) -> str:
    return _("unit %(unit)s: %(status)s") % {
        "unit": data.get("unit", ""),
        "status": unit_status.label(data.get("status", "")).lower(),
    }


_LINES: Final[dict[Act, Callable[[dict[str, Any]], str]]] = {
    Act.OPEN: _opened,
    Act.ANSWER: lambda _data: _("answered"),
    Act.NOTE: _noted,
    Act.CHANGE: _changed,
    Act.ASSIGN: lambda data: _("assigned unit %(unit)s") % {"unit": data.get("unit", "")},
    Act.UNIT_STATUS: _unit,
    Act.TRANSFER: lambda data: _("handed over from %(from)s to %(to)s") % data,
    Act.CLOSE: lambda data: (
        _("closed: %(how)s") % {"how": dispositions.label(data.get("disposition", ""))}
    ),
    Act.INTERPRET: wording.history_line,
    Act.REOPEN: lambda _data: _("reopened"),
    Act.DESTROY: lambda _data: _("destroyed personal details, as the retention rule says"),
}
