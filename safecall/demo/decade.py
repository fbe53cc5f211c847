"""A demonstration on real volume: the open data of two cities, and engagements that are examples.

The calls are real, the department is not: calls of San Antonio and Oakland stand beside each other,
and the engagements and nil returns were made up here, to show that five among a million are found.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

from django.conf import settings
from django.db.models import Max, Min
from django.utils import timezone

from safecall.contacts.actions import Actor
from safecall.contacts.models import Agency, AnsweringPoint, Contact
from safecall.demo.department import AGENCY_CODE
from safecall.engagements.actions import Said, record
from safecall.engagements.facts import Facts, Predicate
from safecall.ledger import nil
from safecall.ledger.release import month_end
from safecall.vocabulary.engagements import occasion, outcome

DEPARTMENT: Final = (
    "Demonstration, not a department: open data of two cities, engagements are examples"
)
#: The office that certifies months without an engagement here.
EXAMPLE_OFFICE: Final = "example_of_an_office"


@dataclass(frozen=True, slots=True)
class City:
    """A city's calls: the file, the mapping that reads it, and where its contacts open."""

    name: str
    file: str
    mapping: str


CITIES: Final = (
    City("San Antonio", "sapd_calls.parquet", "sapd"),
    City("Oakland", "oakland_cfs.parquet", "oakland"),
)


def missing(folder: Path) -> list[str]:
    """The files of the cities that are not in this folder."""
    return [city.file for city in CITIES if not (folder / city.file).is_file()]


def make_department() -> dict[str, AnsweringPoint]:
    """The demonstration and an answering point for each city, by its name."""
    agency, _ = Agency.objects.get_or_create(code=AGENCY_CODE, defaults={"name": DEPARTMENT})
    return {
        city.name: AnsweringPoint.objects.get_or_create(
            code=f"demo-{city.mapping}",
            defaults={"name": f"Open data of {city.name} (demonstration)", "agency": agency},
        )[0]
        for city in CITIES
    }


def engage(wanted: int) -> int:
    """Record so many examples of the op-ed's case, spread over the days of the contacts.

    Border Patrol is told of a suspect in the department's criminal case, a supervisor approved it
    before, and the investigation goes on. Returns how many were recorded.
    """
    days = _days()
    if days is None:
        return 0
    first, last = days
    actor = Actor.system("Example, made up for the demonstration")
    for number in range(wanted):
        day = first + (last - first) * (2 * number + 1) // (2 * wanted)
        at = datetime.combine(day, time(14), timezone.get_current_timezone())
        before = Said(outcome.ApprovalState.APPROVED, at - timedelta(hours=1), "supervisor")
        record(actor, _about_a_suspect(at), approval=before)
    return wanted


def certify(today: date) -> int:
    """An example of a nil return for each month of the contacts in which nothing was recorded."""
    days = _days()
    certified = 0
    for first in _months(*days) if days else ():
        if month_end(first) < today:
            try:
                nil.certify(first, EXAMPLE_OFFICE, today)
            except nil.NilRefused:
                continue  # an engagement is recorded in it
            certified += 1
    return certified


def how_to_look() -> str:
    """What to type to see the database that was made."""
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        set_to = f"SAFECALL_VAR_DIR={settings.VAR_DIR}"
    else:
        set_to = f"SAFECALL_VAR_DIR={settings.VAR_DIR} SAFECALL_DATABASE_URL=(as now)"
    return f"{set_to} safecall serve\nthen open http://127.0.0.1:8000/accountability"


def _about_a_suspect(at: datetime) -> Facts:
    return Facts(
        direction=occasion.Direction.OUTBOUND_CONTACT,
        authority=occasion.Authority.CBP_USBP,
        happened_at=at,
        purpose_class=occasion.Purpose.CRIMINAL_INVESTIGATION,
        subject_role=occasion.SubjectRole.SUSPECT,
        subject_count=1,
        predicate=Predicate(
            "13A", occasion.OffenseLevel.FELONY, occasion.Stage.CHARGED, continues=True
        ),
        legal_basis=outcome.Basis.CRIMINAL_SUSPECT,
        actions_taken=frozenset({outcome.Action.TOLD_OF_SUSPECT}),
        source=occasion.Source.HISTORICAL_IMPORT,
    )


def _days() -> tuple[date, date] | None:
    ends = Contact.objects.aggregate(first=Min("opened_at"), last=Max("opened_at"))
    if ends["first"] is None or ends["last"] is None:
        return None
    return timezone.localdate(ends["first"]), timezone.localdate(ends["last"])


def _months(first: date, last: date) -> Iterator[date]:
    month = first.replace(day=1)
    while month <= last:
        yield month
        month = month_end(month) + timedelta(days=1)
