"""Who asks, and how."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from safecall.contacts.actions import Actor
from safecall.people.models import User

FETCH_HEADER = "Safecall-Fetch"


def staff(request: HttpRequest) -> User:
    """The signed-in member of staff; the permission table lets nobody else reach a desk view."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user


def actor(request: HttpRequest) -> Actor:
    """The member of staff as the one who acts."""
    return Actor.staff(staff(request))


def by_script(request: HttpRequest) -> bool:
    """Whether a page's own script asks: it wants JSON, and keeps the page as it stands."""
    return request.headers.get(FETCH_HEADER) == "1"
