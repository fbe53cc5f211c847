"""A service of the directory as an HSDS 3.0 service with all that belongs to it."""

from typing import Any

from django.conf import settings

from safecall.referrals.hsds import terms
from safecall.referrals.hsds.terms import DAYS, derived, term_id
from safecall.referrals.models import Location, Organization, Phone, Service
from safecall.vocabulary import hours
from safecall.vocabulary.languages import label

Row = dict[str, Any]


def service(one: Service, *, everything: bool = False) -> Row:
    """The service; of `selectors.services()`, so that it asks the database nothing more.

    Public: numbers that nobody confirmed are left out. With `everything` they are there, for a
    copy that is to be read in again.
    """
    phones = list(one.phones.all()) if everything else one.shown_phones
    row: Row = {
        "id": str(one.pk),
        "organization_id": str(one.organization_id),
        "name": str(one.name),
        "description": str(one.description),
        "url": one.website,
        "status": "active" if one.active else "inactive",
        "interpretation_services": terms.INTERPRETER if one.interpreter else "",
        "assured_date": one.confirmed_on.isoformat() if one.confirmed_on else "",
        "last_modified": one.changed_at.isoformat(timespec="seconds"),
        "organization": organization(one.organization),
        "phones": [_phone(one, phone) for phone in phones],
        "schedules": _schedules(one),
        "languages": [_language(one, tag) for tag in one.tags],
        "service_at_locations": [_at_location(one, place) for place in one.locations.all()],
        "attributes": list(_attributes(one)),
    }
    return _filled(row)


def organization(one: Organization) -> Row:
    """Whose service it is. HSDS wants a description; ours may be empty, so the name stands in."""
    return _filled(
        {
            "id": str(one.pk),
            "name": str(one.name),
            "description": str(one.description) or str(one.name),
            "website": one.website,
        }
    )


def _filled(row: Row) -> Row:
    return {name: value for name, value in row.items() if value not in ("", [], None)}


def _phone(one: Service, phone: Phone) -> Row:
    # HSDS's extension is a number: one with a leading zero stays with the number, as words.
    as_number = phone.extension if not phone.extension.startswith("0") else ""
    in_words = f"{phone.number} ext. {phone.extension}"
    number = phone.number if as_number == phone.extension else in_words
    return _filled(
        {
            "id": derived(one.pk, f"phone {phone.number} {phone.extension} {phone.kind}"),
            "service_id": str(one.pk),
            "number": number,
            "extension": int(as_number) if as_number else None,
            "type": phone.kind,
        }
    )


def _schedules(one: Service) -> list[Row]:
    """Wall-clock times without an offset: HSDS's knows no daylight saving."""
    if not one.hours:
        return []
    note = terms.LOCAL.format(zone=settings.TIME_ZONE)
    common = {"service_id": str(one.pk), "freq": "WEEKLY", "notes": note}
    if one.hours == hours.NEVER:
        closed = {"id": derived(one.pk, "schedule never"), "description": terms.CLOSED}
        return [{**closed, "service_id": str(one.pk)}]
    if one.hours == hours.ALWAYS:
        days = ",".join(DAYS.values())
        times = {"byday": days, "opens_at": "00:00", "closes_at": "00:00"}
        told = {"id": derived(one.pk, "schedule always"), "description": terms.ANY_HOUR}
        return [{**told, **common, **times}]
    rows = []
    for part in one.hours.split("; "):
        named, span = part.split(" ")
        opens, closes = span.split("-")
        days = ",".join(DAYS[day] for day in _days(named))
        times = {"byday": days, "opens_at": opens, "closes_at": closes}
        rows.append({"id": derived(one.pk, f"schedule {part}"), **common, **times})
    return rows


def _days(named: str) -> list[str]:
    first, _, last = named.partition("-")
    names = list(hours.DAYS)
    begin, end = names.index(first), names.index(last or first)
    return [names[(begin + step) % 7] for step in range((end - begin) % 7 + 1)]


def _language(one: Service, tag: str) -> Row:
    """HSDS's code is ISO 639, without script or region: the whole tag stands in the note."""
    code = tag.partition("-")[0]
    row = {
        "id": derived(one.pk, f"language {tag}"),
        "service_id": str(one.pk),
        "name": label(tag),
        "code": code,
        "note": f"{terms.TAG_NOTE}{tag}" if tag != code else "",
    }
    return _filled(row)


def _at_location(one: Service, place: Location) -> Row:
    return {
        "id": derived(one.pk, f"at {place.pk}"),
        "service_id": str(one.pk),
        "location_id": str(place.pk),
        "location": _location(place),
    }


def _location(place: Location) -> Row:
    row: Row = {
        "id": str(place.pk),
        "location_type": "physical",
        "organization_id": str(place.organization_id),
        "name": str(place.name),
        "latitude": place.latitude,
        "longitude": place.longitude,
    }
    if place.street:
        row["addresses"] = [
            {
                "id": derived(place.pk, "address"),
                "location_id": str(place.pk),
                "address_1": str(place.street),
                "city": str(place.city),
                "state_province": place.state,
                "postal_code": place.postal_code,
                "country": place.country,
                "address_type": "physical",
            }
        ]
    return _filled(row)


def _attributes(one: Service) -> list[Row]:
    rows = [_attribute(one, terms.KIND, one.kind), _attribute(one, terms.RANK, str(one.rank))]
    rows += [_attribute(one, terms.NEED, code) for code in one.need_codes]
    rows += [_attribute(one, terms.ONWARD, str(edge.target_id)) for edge in one.onward.all()]
    if one.takes_everyone:
        rows.append(_attribute(one, terms.TAKES_EVERYONE, "yes"))
    return rows


def _attribute(one: Service, code: str, value: str) -> Row:
    return {
        "id": derived(one.pk, f"attribute {code} {value}"),
        "link_id": str(one.pk),
        "link_entity": "service",
        "link_type": terms.TAXONOMY,
        "taxonomy_term_id": term_id(code),
        "taxonomy_term": term(code),
        "value": value,
    }


def term(code: str) -> Row:
    """A term of our own taxonomy."""
    return {
        "id": term_id(code),
        "code": code,
        "name": code,
        "description": terms.TERMS[code],
        "taxonomy": terms.TAXONOMY,
    }
