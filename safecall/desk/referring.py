"""An immigration question during a contact: the right services, told or texted.

Nothing joins a referral to the contact: only the service and what becomes of it are kept.
"""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.utils import timezone

from safecall.contacts.actions import InvalidField
from safecall.contacts.models import Contact
from safecall.referrals import finding, selectors, texting
from safecall.referrals.actions import give
from safecall.referrals.finding import Found, Wish
from safecall.referrals.models import Referral, Service
from safecall.vocabulary.languages import label

NEED: Final = "immigration"
MOST: Final = 6


@dataclass(frozen=True, slots=True)
class Panel:
    """What the panel shows: services, and the code of what was just given."""

    found: list[Found]
    language: str
    can_text: bool
    number: str = ""
    given: str = ""
    given_name: str = ""
    texted: bool = False
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Done:
    """A referral that was given on the desk; `problem` where the text did not go out."""

    service: Service
    code: str
    texted: bool
    problem: str = ""


def panel(contact: Contact, done: Done | None = None, number: str | None = None) -> Panel:
    """The services for an immigration question, those in the caller's language first."""
    every = selectors.with_everything(
        Service.objects.filter(active=True, needs__contains=NEED).order_by("rank", "id")
    )
    wish = Wish(frozenset({NEED}), contact.language)
    found = finding.find(list(every), wish, timezone.localtime()).found[:MOST]
    return Panel(
        found,
        label(contact.language) if contact.language else "",
        texting.available(),
        str(contact.callback) if number is None else number,
        done.code if done else "",
        str(done.service.name) if done else "",
        done.texted if done else False,
        done.problem if done else "",
    )


def told(contact: Contact, key: str, number: str | None) -> Done:
    """The caller was told of this service; with a number, it is texted there too.

    Raises `InvalidField`.
    """
    service = selectors.service(_uuid(key))
    if service is None:
        raise InvalidField("service", "Choose a service from the list.")
    given = give(service, Referral.Source.DESK)
    if number is None:
        return Done(service, given.code, texted=False)
    try:
        texting.send(number, texting.words(service, given.code, contact.language))
    except texting.NotSent as error:
        return Done(service, given.code, texted=False, problem=error.message)
    return Done(service, given.code, texted=True)


def _uuid(key: str) -> UUID:
    try:
        return UUID(key)
    except ValueError:
        raise InvalidField("service", "Choose a service from the list.") from None
