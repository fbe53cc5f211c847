"""Invented calls. Each says that it is one; streets, names and numbers do not exist."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.utils import timezone

from safecall.contacts import numbering
from safecall.contacts.actions import (
    Actor,
    Concern,
    ContactOpening,
    Place,
    assign_unit,
    close,
    open_contact,
    set_unit_status,
)
from safecall.contacts.models import AnsweringPoint, Assignment, Contact, Unit
from safecall.demo.interpreters import interpreted
from safecall.vocabulary.unit_status import Step

SOURCE: Final = "DEMO-"
SELF: Final = Concern()


@dataclass(frozen=True, slots=True)
class Call:
    """One invented call: how long ago, what, and how far it went."""

    minutes_ago: int
    channel: str
    incident_type: str
    place: str
    narrative: str
    waited: int | None = 6
    language: str = "en"
    concern: Concern = SELF
    unit: str = ""
    steps: tuple[Step, ...] = ()
    disposition: str = ""


# Telephone numbers with 555-01 are reserved for fiction.
CALLBACK: Final = "+12185550142"
CALLS: Final = (
    Call(
        1,
        "911",
        "ASSAULT",
        "Example Avenue and Sample Street",
        "Demo: two people fighting outside a shop, one bleeding. Caller will wait by the door.",
        waited=None,
    ),
    Call(
        4,
        "911",
        "CARDIAC",
        "12 Invented Lane",
        "Demo: father, 61, chest pain, awake and breathing. Front door is open.",
        language="es",
        unit="DM1",
        steps=(Step.ENROUTE,),
    ),
    Call(
        9,
        "911",
        "DVA",
        "34 Nowhere Road, upstairs",
        "Demo: neighbor hears a woman calling for help. Neighbor says she is undocumented and "
        "afraid of the police.",
        concern=Concern("other", "A neighbor, name not known", "34 Nowhere Road, upstairs"),
        unit="D11",
        steps=(Step.ENROUTE, Step.ON_SCENE),
    ),
    Call(
        16,
        "non_emergency",
        "NOISE",
        "78 Placeholder Place",
        "Demo: loud music since midnight, asks for a talk, not for a report.",
        waited=11,
    ),
    Call(
        25,
        "text",
        "SUSP",
        "Pretend Park, by the boat house",
        "Demo: cannot speak. Two men try car doors.",
        unit="D12",
        steps=(Step.ENROUTE,),
    ),
    Call(
        55,
        "911",
        "MVAINJY",
        "Fictional Highway, mile 3",
        "Demo: two cars, one driver with a hurt arm. Spoke Somali, with an interpreter.",
        waited=9,
        language="so",
        unit="D13",
        steps=(Step.ENROUTE, Step.ON_SCENE, Step.CLEARED),
        disposition="01",
    ),
    Call(
        90,
        "counter",
        "LARCENY",
        "Police station, counter (demo)",
        "Demo: bicycle stolen at the library, blue, lock was cut.",
        waited=120,
        disposition="01",
    ),
)


def make_calls(point: AnsweringPoint, wanted: int) -> int:
    """Open the demonstration's calls that are missing, through the same acts as all others.

    Returns how many were opened. The same call is not opened twice.
    """
    there = Contact.objects.filter(source_number__startswith=SOURCE).count()
    for number in range(there, wanted):
        _make(point, CALLS[number % len(CALLS)], number)
    while numbering.number_pending():
        pass
    return max(0, wanted - there)


def _make(point: AnsweringPoint, call: Call, number: int) -> None:
    actor = Actor.system("Demonstration")
    # Further rounds of the same calls lie further back.
    ago = timedelta(minutes=call.minutes_ago + 120 * (number // len(CALLS)))
    received = timezone.now() - ago
    answered = None if call.waited is None else received + timedelta(seconds=call.waited)
    opened = open_contact(
        actor,
        ContactOpening(
            call.channel,
            point,
            received_at=received,
            answered_at=answered,
            place=Place(call.place),
            callback="" if call.channel == "counter" else CALLBACK,
            concern=call.concern,
            incident_type=call.incident_type,
            language=call.language,
            source_number=f"{SOURCE}{number + 1:04}",
            narrative=call.narrative,
        ),
    )
    _respond(actor, opened.contact, call)
    if call.disposition and call.language != "en":
        interpreted(actor, opened.contact, number)
    if call.disposition:
        close(actor, opened.contact, call.disposition)


def _respond(actor: Actor, contact: Contact, call: Call) -> None:
    """Send the call's unit, unless it is still on the same call of an earlier round."""
    unit = Unit.objects.filter(callsign=call.unit).first()
    if unit is None or Assignment.objects.filter(unit=unit, ended_at__isnull=True).exists():
        return
    response = assign_unit(actor, contact, unit)
    for step in call.steps:
        response = set_unit_status(actor, response, step)
