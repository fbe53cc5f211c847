"""What the header of staff pages leads to."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from safecall.engagements import mentioned, selectors
from safecall.feedback import selectors as feedback
from safecall.people.models import User
from safecall.people.permissions import may

_ITEMS = (
    ("desk:queue", _("Queue")),
    ("desk:units", _("Units")),
    ("desk:wall", _("Wall")),
    ("desk:mentions", _("Mentions")),
    ("desk:engagements", _("Engagements")),
    ("desk:feedback", _("Feedback")),
    ("desk:staffing", _("Staffing")),
    ("desk:records", _("Records")),
    ("desk:forms", _("Forms")),
    ("desk:interpreting", _("Interpreters")),
    ("desk:directory", _("Who can help")),
    ("desk:texts", _("Texts")),
    ("interpreter:page", _("My rings")),
)


_COUNTS: Final[dict[str, Callable[[], int]]] = {
    "desk:mentions": mentioned.how_many,
    "desk:engagements": selectors.waits_for_supervisor,
    "desk:feedback": feedback.waiting,
}
_OWN_RINGS = "interpreter:page"


@dataclass(frozen=True, slots=True)
class NavItem:
    """One link of the header."""

    address: str
    label: str | Promise
    current: bool
    count: int = 0


def staff_nav(request: HttpRequest) -> dict[str, Callable[[], list[NavItem]]]:
    """`staff_nav`: the pages open to this person. Public pages never call it, so that they
    look at no session.
    """
    return {"staff_nav": lambda: _items(request)}


def _items(request: HttpRequest) -> list[NavItem]:
    match = request.resolver_match
    here = match.view_name if match else ""
    return [
        NavItem(reverse(name), label, name == here, _waiting(name, request.user))
        for name, label in _ITEMS
        if may(request.user, name) and (name != _OWN_RINGS or _interprets(request.user))
    ]


def waiting(user: User | AnonymousUser) -> list[dict[str, str | int]]:
    """Address, label and count of each page on which something can wait for this supervisor."""
    return [
        {"address": reverse(name), "label": str(label), "count": _waiting(name, user)}
        for name, label in _ITEMS
        if name in _COUNTS
    ]


def _waiting(name: str, user: User | AnonymousUser) -> int:
    """How much waits for a supervisor on this page: what pages them, on every page of theirs."""
    if not isinstance(user, User) or user.role != User.Role.SUPERVISOR:
        return 0
    return _COUNTS[name]() if name in _COUNTS else 0


def _interprets(user: User | AnonymousUser) -> bool:
    """Colleagues who interpret beside their work open the page by its address."""
    return isinstance(user, User) and user.role == User.Role.INTERPRETER
