"""The fields of a contact between a form and `contacts.actions.change`.

A form sends each input beside what it showed at first (`was-<name>`); only what differs is a
change. So two people can save the same page without undoing each other.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safecall.contacts.actions import Changes, Concern, InvalidField, Place
from safecall.contacts.models import Contact
from safecall.desk import lookup
from safecall.vocabulary import incident_types, languages

#: Group -> its inputs; a group is what two people may not both change unseen.
GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "place": ("place_words", "latitude", "longitude"),
    "callback": ("callback",),
    "caller_name": ("caller_name",),
    "concern": ("for_whom", "concern_who", "concern_where"),
    "incident_type": ("incident_type",),
    "priority": ("priority",),
    "language": ("language",),
}
LABELS: Final[dict[str, str | Promise]] = {
    "place": _("Place"),
    "callback": _("Callback"),
    "caller_name": _("Caller's name"),
    "concern": _("For whom"),
    "incident_type": _("Incident type"),
    "priority": _("Priority"),
    "language": _("Language"),
}
#: Groups of codes: they are saved although the guard cannot load.
CODED: Final = frozenset({"incident_type", "priority", "language"})
INPUTS: Final = tuple(name for names in GROUPS.values() for name in names)


def language_label(tag: str) -> str:
    """How a language is shown in its field: in English and in its own writing."""
    known = languages.find(tag)
    if known is None:
        return tag
    if known.endonym in {"", known.english}:
        return known.english
    return f"{known.english} ({known.endonym})"


def values(contact: Contact) -> dict[str, str]:
    """What each input shows for this contact."""
    return {
        "place_words": str(contact.place_words),
        "latitude": _degrees(contact.latitude),
        "longitude": _degrees(contact.longitude),
        "callback": str(contact.callback),
        "caller_name": str(contact.caller_name),
        "for_whom": contact.for_whom,
        "concern_who": str(contact.concern_who),
        "concern_where": str(contact.concern_where),
        "incident_type": incident_types.label(contact.incident_type),
        "priority": str(contact.priority),
        "language": language_label(contact.language),
    }


def changed_groups(post: Mapping[str, Any]) -> list[str]:
    """The groups of which an input was sent and differs from what it showed at first."""
    return [
        group
        for group, names in GROUPS.items()
        if any(
            name in post and post[name].strip() != post.get(f"was-{name}", "").strip()
            for name in names
        )
    ]


def read(post: Mapping[str, Any], groups: Iterable[str]) -> Changes:
    """The changes that a form asks for. Raises `InvalidField`."""
    return Changes(**{group: _READ[group](post) for group in groups})


def place(post: Mapping[str, Any]) -> Place:
    """Place from its inputs. Raises `InvalidField`."""
    return Place(post.get("place_words", ""), _number(post, "latitude"), _number(post, "longitude"))


def _concern(post: Mapping[str, Any]) -> Concern:
    whom = post.get("for_whom", "")
    if whom not in Contact.ForWhom.values:
        raise InvalidField("concern", "Choose for whom the caller wants help.")
    return Concern(whom, post.get("concern_who", ""), post.get("concern_where", ""))


def _priority(post: Mapping[str, Any]) -> int:
    try:
        return int(post.get("priority", ""))
    except ValueError:
        raise InvalidField("priority", "Choose a priority from 1 (most urgent) to 5.") from None


def _number(post: Mapping[str, Any], name: str) -> float | None:
    typed = post.get(name, "").strip().replace(",", ".")
    if not typed:
        return None
    try:
        return float(typed)
    except ValueError:
        raise InvalidField("place", "Write coordinates in degrees, such as 46.7867.") from None


def _degrees(value: float | None) -> str:
    return "" if value is None else f"{value:.6f}".rstrip("0").rstrip(".")


_READ: Final[dict[str, Any]] = {
    "place": place,
    "callback": lambda post: post.get("callback", ""),
    "caller_name": lambda post: post.get("caller_name", ""),
    "concern": _concern,
    "incident_type": lambda post: lookup.incident_type(post.get("incident_type", "")),
    "priority": _priority,
    "language": lambda post: lookup.language(post.get("language", "")),
}
