"""Services to start a directory with: the chain that the statement of 2017 describes.

Offices, never persons: seats change. No number but those that are the same in the whole country;
every other number waits until a clerk has asked the office. The three numbers that the statement
printed are kept as history, with their day, and never shown as numbers to call.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Final
from uuid import UUID, uuid5

from safecall.referrals.actions.keeping import (
    OrganizationData,
    PhoneData,
    PlaceData,
    ServiceData,
    hold_directory,
    keep_alone,
    require_whole,
)
from safecall.referrals.kinds import KINDS
from safecall.referrals.models import PastNumber, Service

_NAMES: Final = UUID("6d1f4f0e-9f0c-4f6e-8f43-0d4c0e7d2a11")
PRINTED_ON: Final = date(2017, 2, 12)
PRINTED_IN: Final = "Duluth News Tribune, statement of the mayor and the police chief"
# The middle of the town, to about a mile; no address is known here.
_DULUTH: Final = PlaceData(name="Duluth", latitude=46.79, longitude=-92.1)


@dataclass(frozen=True, slots=True)
class Seed:
    """One service to start with; `onward` are the keys of others."""

    key: str
    kind: str
    organization: str
    name: str
    description: str = ""
    number: str = ""
    hours: str = ""
    onward: tuple[str, ...] = ()
    takes_everyone: bool = False
    place: PlaceData | None = None
    printed_2017: str = ""
    website: str = field(default="")


#: Those who are referred on to come first.
SEEDS: Final = (
    Seed(
        "911",
        "emergency",
        "911",
        "911",
        "Call when you or someone else is in danger. Say the name of your language.",
        number="911",
        hours="always",
        takes_everyone=True,
    ),
    Seed(
        "211",
        "line_211",
        "211",
        "211 help line",
        "Free to call.",
        number="211",
        hours="always",
        takes_everyone=True,
    ),
    Seed(
        "988",
        "crisis",
        "988",
        "988 crisis line",
        "Free to call. You can also text 988.",
        number="988",
        hours="always",
        takes_everyone=True,
    ),
    Seed(
        "legal-aid",
        "legal_aid",
        "Legal aid",
        "Legal aid for immigration questions",
        "Lawyers, and people who may act as lawyers before the immigration courts.",
        onward=("211",),
    ),
    Seed(
        "senator-1",
        "senator",
        "United States Senate",
        "Office of a United States senator from Minnesota (first seat)",
        onward=("legal-aid", "211"),
        printed_2017="+16127275220",
    ),
    Seed(
        "senator-2",
        "senator",
        "United States Senate",
        "Office of a United States senator from Minnesota (second seat)",
        onward=("legal-aid", "211"),
        printed_2017="+16512211016",
    ),
    Seed(
        "representative",
        "representative",
        "United States House of Representatives",
        "Office of the representative of Minnesota's eighth district",
        onward=("legal-aid", "211"),
        printed_2017="+12184645095",
    ),
    Seed(
        "hospital",
        "hospital",
        "Hospitals in Duluth",
        "Hospital emergency room in Duluth",
        "In an emergency call 911. A hospital treats you whoever you are.",
        hours="always",
        onward=("211",),
        place=_DULUTH,
    ),
    Seed(
        "shelter",
        "shelter",
        "Shelters in Duluth",
        "Shelter in Duluth",
        onward=("211",),
        place=_DULUTH,
    ),
    Seed(
        "consulate",
        "consulate",
        "Consulates",
        "A consulate, if you want to ask one",
        "No one at the police department asks you about it.",
        onward=("legal-aid", "211"),
    ),
)


def seed_id(key: str) -> UUID:
    """The id of the seeded service; the same in every department."""
    return uuid5(_NAMES, key)


def seed() -> int:
    """Make the services that are missing; what a clerk changed stays. Returns how many are new.

    Raises `guard.GuardUnavailable`.
    """
    with hold_directory():
        there = set(Service.objects.values_list("pk", flat=True))
        new = [one for one in SEEDS if seed_id(one.key) not in there]
        for one in new:
            service = keep_alone(_data(one, SEEDS.index(one)))
            if one.printed_2017:
                PastNumber.objects.create(
                    service=service,
                    number=one.printed_2017,
                    printed_on=PRINTED_ON,
                    printed_in=PRINTED_IN,
                )
        require_whole()
    return len(new)


def _data(one: Seed, place_in_list: int) -> ServiceData:
    return ServiceData(
        seed_id(one.key),
        OrganizationData(one.organization, uuid5(_NAMES, f"organization {one.organization}")),
        one.name,
        one.description,
        one.kind,
        KINDS[one.kind].needs,
        hours=one.hours,
        takes_everyone=one.takes_everyone,
        phones=(PhoneData(one.number),) if one.number else (),
        places=(_located(one.key, one.place),) if one.place else (),
        onward=tuple(seed_id(key) for key in one.onward),
        rank=10 * (place_in_list + 1),
    )


def _located(key: str, town: PlaceData) -> PlaceData:
    return PlaceData(uuid5(_NAMES, f"place {key}"), town.name, town.latitude, town.longitude)
