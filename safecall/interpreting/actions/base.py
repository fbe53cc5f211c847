"""What the acts share: the open request under its lock, and the record in the contact's history.

Order of locks, always: the contact, then the request, then its offers.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from safecall.contacts.actions.base import Actor, ActRefused, Data, acting, finish
from safecall.contacts.models import Contact
from safecall.contacts.workflow import Act
from safecall.interpreting.models import InterpreterRequest
from safecall.people.models import User

DESK = frozenset({User.Role.CALL_TAKER, User.Role.DISPATCHER, User.Role.SUPERVISOR})


@contextmanager
def on_request(request: InterpreterRequest) -> Iterator[tuple[Contact, InterpreterRequest]]:
    """The contact and the request, locked and fresh, inside a transaction."""
    with acting(Contact(pk=request.contact_id), Act.INTERPRET) as contact:
        current = InterpreterRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        current.contact = contact
        yield contact, current


def keep(
    contact: Contact,
    request: InterpreterRequest,
    actor: Actor,
    data: Data,
    fields: tuple[str, ...] = (),
) -> datetime:
    """Save these columns of the request with its next version, and record the act."""
    request.version += 1
    request.save(update_fields=["version", *fields])
    return finish(contact, actor, Act.INTERPRET, data=data)


def at_the_desk(actor: Actor) -> bool:
    """Whether the actor takes calls or supervises, or is another system or the service."""
    return actor.user is None or actor.user.role in DESK


def refuse_unless_desk(actor: Actor) -> None:
    """Raises `ActRefused` for those who do not take calls."""
    if not at_the_desk(actor):
        raise ActRefused("Call takers, dispatchers and supervisors do this.")


def refuse_if_ended(request: InterpreterRequest) -> None:
    """Raises `ActRefused` where the request is over."""
    if request.ended_at is not None:
        raise ActRefused("This request for an interpreter has ended. Ask for an interpreter again.")
