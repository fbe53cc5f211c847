"""The department, its answering point and its units."""

from typing import Final

from safecall.contacts.models import Agency, AnsweringPoint, Unit

AGENCY_CODE: Final = "demo-pd"
ANSWERING_POINT_CODE: Final = "demo-911"

# Callsign, kind.
UNITS: Final = (
    ("D11", "Patrol"),
    ("D12", "Patrol"),
    ("D13", "Patrol"),
    ("D21", "Patrol"),
    ("D22", "Patrol"),
    ("D31", "Sergeant"),
    ("DK9", "Dog handler"),
    ("DCRT", "Crisis response team"),
    ("DM1", "Ambulance"),
)


def make_department() -> AnsweringPoint:
    """Make what is missing. Returns the answering point: the county's, not the department's."""
    agency, _ = Agency.objects.get_or_create(
        code=AGENCY_CODE, defaults={"name": "Demonstration Police Department (demo data)"}
    )
    point, _ = AnsweringPoint.objects.get_or_create(
        code=ANSWERING_POINT_CODE,
        defaults={"name": "Demonstration County 911 (demo data)", "agency": agency},
    )
    AnsweringPoint.objects.get_or_create(
        code="demo-next-911",
        defaults={"name": "Neighbor County 911 (demo data)", "agency": agency},
    )
    Unit.objects.bulk_create(
        [Unit(callsign=callsign, kind=kind, agency=agency) for callsign, kind in UNITS],
        ignore_conflicts=True,
    )
    return point
