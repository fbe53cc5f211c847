"""The directory as Open Referral HSDS 3.0: valid, closed, and the same when it comes back."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import jsonschema
import pytest
from django.test import Client
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from safecall.contacts.actions import Actor
from safecall.referrals import selectors
from safecall.referrals.actions import PhoneData, PlaceData, keep_service
from safecall.referrals.hsds import out, tables, terms
from safecall.referrals.hsds.bring import bring, preview
from safecall.referrals.hsds.weekly import NotWeekly, hours_of
from safecall.referrals.models import Location, Organization, Service
from safecall.referrals.seed import seed, seed_id
from tests.referrals.conftest import Make, data

pytestmark = pytest.mark.django_db

SCHEMA = Path(__file__).resolve().parents[3] / "shared" / "hsds" / "service_with_definitions.json"
# What a service may say, and nothing else: HSDS's own schema lets unknown properties pass.
ALLOWED = {
    "": {
        *("id", "organization_id", "name", "description", "url", "status", "assured_date"),
        *("interpretation_services", "last_modified", "organization", "phones", "schedules"),
        *("languages", "service_at_locations", "attributes"),
    },
    "organization": {"id", "name", "description", "website"},
    "phones": {"id", "service_id", "number", "extension", "type"},
    "schedules": {
        *("id", "service_id", "freq", "byday", "opens_at", "closes_at", "description", "notes"),
    },
    "languages": {"id", "service_id", "name", "code", "note"},
    "service_at_locations": {"id", "service_id", "location_id", "location"},
    "location": {
        *("id", "location_type", "organization_id", "name", "latitude", "longitude", "addresses"),
    },
    "addresses": {
        *("id", "location_id", "address_1", "city", "state_province", "postal_code", "country"),
        "address_type",
    },
    "attributes": {
        *(
            "id",
            "link_id",
            "link_entity",
            "link_type",
            "taxonomy_term_id",
            "taxonomy_term",
            "value",
        ),
    },
    "taxonomy_term": {"id", "code", "name", "description", "taxonomy"},
}


def _objects(name: str, value: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    if isinstance(value, list):
        for one in value:
            yield from _objects(name, one)
    elif isinstance(value, dict):
        yield name, value
        for key, inner in value.items():
            yield from _objects(key, inner)


@pytest.fixture
def full(make: Make) -> Service:
    """A service in which nothing is empty."""
    last = make("Last", confirmed=True)
    return make(
        "Full",
        confirmed=True,
        takes_everyone=False,
        description="Free help.",
        kind="legal_aid",
        needs=("immigration", "legal"),
        languages=("en", "so", "zh-Hans", "pt-BR"),
        interpreter=True,
        hours="Mo-Fr 08:00-16:30; Sa 22:00-06:00; Su-Mo 10:00-11:00",
        website="https://example.org/help",
        phones=(PhoneData("218 555 0142", "007"), PhoneData("218 555 0143", "12", "text")),
        places=(
            PlaceData(None, "Office", 46.79, -92.1, "1 Main Street", "Duluth", "MN", "55802"),
            PlaceData(None, "Duluth", 46.79, -92.1),
        ),
        onward=(last.pk,),
        rank=7,
    )


def _exported() -> list[dict[str, Any]]:
    return [out.service(one, everything=True) for one in selectors.services(active_only=False)]


@pytest.mark.usefixtures("full")
def test_each_service_fits_the_schema_and_says_nothing_else() -> None:
    seed()
    services = _exported()
    for name, one in (pair for service in services for pair in _objects("", service)):
        assert set(one) <= ALLOWED[name], name
        assert "" not in one.values()
    if not SCHEMA.exists():
        pytest.skip("the HSDS schema is not beside the project")
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    checker = jsonschema.FormatChecker()
    for one in services:
        jsonschema.validate(one, schema, jsonschema.Draft202012Validator, format_checker=checker)
        _known(schema, schema, one)


def _known(root: dict[str, Any], schema: dict[str, Any], value: Any) -> None:
    """Every property is one that HSDS knows: its schema alone would not say so."""
    if "$ref" in schema:
        schema = root["definitions"][schema["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        for one in value:
            _known(root, schema["items"], one)
    elif isinstance(value, dict):
        assert set(value) <= set(schema["properties"])
        for name, inner in value.items():
            _known(root, schema["properties"][name], inner)


def test_places_stand_in_one_order_however_they_were_kept(full: Service) -> None:
    places = list(full.locations.all())
    orders = []
    for kept in (places, places[::-1]):
        full.locations.all().delete()
        Location.objects.bulk_create(kept)
        full.locations.add(*kept)
        [exported] = [one for one in _exported() if one["name"] == "Full"]
        orders.append([at["location_id"] for at in exported["service_at_locations"]])
    assert len(orders[0]) == 2
    assert orders[0] == orders[1]


@pytest.mark.usefixtures("full")
@pytest.mark.parametrize("form", ["json", "tables"])
def test_the_round_trip_into_an_empty_directory(form: str) -> None:
    seed()
    before = _exported()
    content = json.dumps(before).encode()
    if form == "tables":
        content = tables.write(before, [out.term(code) for code in terms.TERMS])
    assert bring(content).same == len(before)
    Service.objects.all().update(active=False)
    for service in Service.objects.all():
        service.onward.all().delete()
    Service.objects.all().delete()
    Location.objects.all().delete()
    Organization.objects.all().delete()
    done = bring(content)
    assert done.faults == done.notices == []
    assert len(done.new) == len(before)
    # An import confirms nothing; all else is as it was.
    assert [_lasting(one) for one in _exported()] == [_lasting(one) for one in before]


def _lasting(one: dict[str, Any]) -> dict[str, Any]:
    return {k: v for k, v in one.items() if k not in {"assured_date", "last_modified"}}


def test_traps_of_hsds(full: Service) -> None:
    row = out.service(Service.objects.get(pk=full.pk))
    first, second = row["phones"]
    # An extension is a number there, which would lose the zeros.
    assert first["number"] == "+12185550142 ext. 007"
    assert "extension" not in first
    assert second["extension"] == 12
    # No offset: it would be wrong for half of each year.
    assert row["schedules"][0]["opens_at"] == "08:00"
    assert "timezone" not in row["schedules"][0]
    # Codes are ISO 639, the tag stands in the note.
    assert {one["code"] for one in row["languages"]} == {"en", "so", "zh", "pt"}
    assert "BCP 47: zh-Hans" in [one.get("note") for one in row["languages"]]
    onward = [one for one in row["attributes"] if one["taxonomy_term"]["code"] == terms.ONWARD]
    assert len(onward) == 1


def test_the_public_form_has_no_number_that_nobody_confirmed(full: Service, make: Make) -> None:
    quiet = make("Quiet")
    assert "phones" not in out.service(quiet)
    assert "phones" in out.service(quiet, everything=True)
    Service.objects.filter(pk=full.pk).update(
        confirmed_on=timezone.localdate() - timedelta(days=400)
    )
    old = out.service(Service.objects.get(pk=full.pk))
    assert old["phones"]
    assert old["assured_date"] < timezone.localdate().isoformat()


def _service(**fields: Any) -> dict[str, Any]:
    key = str(uuid4())
    organization = {"id": str(uuid4()), "name": "Office", "description": "An office"}
    attributes = [_everyone(key)]
    phones = [{"id": str(uuid4()), "number": "218-555-0142"}]
    return {
        "id": key,
        "name": "Service",
        "status": "active",
        "organization": organization,
        "attributes": attributes,
        "phones": phones,
        **fields,
    }


def _everyone(key: str) -> dict[str, Any]:
    return {"id": str(uuid4()), "link_id": key, "taxonomy_term": out.term(terms.TAKES_EVERYONE)}


def _read(*services: Any) -> Any:
    return preview(json.dumps(list(services)).encode())


def test_a_preview_keeps_nothing() -> None:
    found = _read(_service())
    assert found.new == ["Service"]
    assert found.faults == []
    assert not Service.objects.exists()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"id": "17"}, "id"),
        ({"name": ""}, "name"),
        ({"name": "He has no papers"}, "name"),
        ({"status": "open"}, "status"),
        ({"organization": None}, "organization"),
        ({"organization": {"id": str(uuid4()), "name": ""}}, "organization"),
        ({"phones": [{"number": "call us"}]}, "phones"),
        ({"phones": []}, "phones"),
        ({"url": "javascript:alert(1)"}, "website"),
        ({"attributes": []}, "onward"),
        ({"service_at_locations": [{"location": {"id": "x"}}]}, "location"),
        (
            {"service_at_locations": [{"location": {"id": str(uuid4()), "latitude": "north"}}]},
            "location",
        ),
    ],
)
def test_a_fault_says_where_and_what_to_do_and_keeps_nothing(
    fields: dict[str, Any], field: str
) -> None:
    found = bring(json.dumps([_service(), _service(**fields)]).encode())
    assert field in {fault.field for fault in found.faults}
    assert all(str(fault).startswith(("service 2", "chains")) for fault in found.faults)
    assert not Service.objects.exists()


def test_an_onward_target_that_is_nowhere_is_a_fault() -> None:
    lost = {**_everyone(""), "taxonomy_term": out.term(terms.ONWARD), "value": str(uuid4())}
    found = _read(_service(attributes=[lost]))
    assert [fault.field for fault in found.faults] == ["onward"]


def test_a_file_with_a_circle_is_refused_with_its_chain() -> None:
    one, two = _service(name="One"), _service(name="Two")
    for service, target in ((one, two), (two, one)):
        edge = {"taxonomy_term": out.term(terms.ONWARD), "value": target["id"]}
        service["attributes"] = [edge]
    found = _read(one, two)
    assert [fault.place for fault in found.faults] == ["chains"]
    assert "→" in found.faults[0].message


def test_the_same_id_twice_is_a_fault() -> None:
    one = _service()
    assert [fault.field for fault in _read(one, one).faults] == ["id"]


def test_what_is_not_taken_is_left_out_with_a_notice() -> None:
    found = _read(
        _service(
            contacts=[{"id": str(uuid4()), "name": "Somebody"}],
            description="Ask for Ana, who is undocumented.",
            attributes=[_everyone("x"), {"taxonomy_term": {"code": "1234"}, "value": "y"}],
            schedules=[{"freq": "WEEKLY", "byday": "MO", "opens_at": "09:00-06:00"}],
            phones=[{"number": "218-555-0142"}, {"number": "218-555-0143", "type": "pager"}],
            languages=[{"code": "spa"}, {"name": "Klingon"}],
        )
    )
    assert found.faults == []
    left_out = {notice.field for notice in found.notices}
    assert left_out == {
        *("contacts", "description", "attributes", "schedules", "phones", "languages"),
    }


def test_an_import_confirms_nothing_and_ends_what_it_changes(full: Service) -> None:
    found = preview(json.dumps([out.service(full, everything=True)]).encode())
    assert (found.same, found.ended) == (1, [])
    changed = out.service(full, everything=True) | {"url": "https://example.org/other"}
    done = bring(json.dumps(changed).encode())
    assert done.changed == done.ended == ["Full"]
    assert Service.objects.get(pk=full.pk).confirmed_on is None


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"{", b"[", b"7", b"[1]", b"[]", b"\xff\xfe", b"PK\x03\x04 broken", b"[" * 100_000),
        tables.write([], []),
    ],
)
def test_a_file_that_is_no_directory_says_what_to_bring(content: bytes) -> None:
    found = preview(content)
    assert found.faults
    assert found.faults[0].message


@given(st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_file_whatever_breaks_the_import(content: bytes) -> None:
    assert preview(content).faults


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=8,
)


@given(st.dictionaries(st.sampled_from([*sorted(ALLOWED[""]), "contacts"]), JSON))
def test_no_service_whatever_breaks_the_import(row: dict[str, Any]) -> None:
    assert preview(json.dumps([row]).encode()).faults


@pytest.mark.parametrize(
    ("schedule", "told"),
    [
        ({"byday": "MO", "opens_at": "09:00Z", "closes_at": "17:00Z"}, "HH:MM"),
        ({"byday": "MO", "opens_at": "09:00", "closes_at": "17:00", "timezone": -6}, "daylight"),
        ({"byday": "2MO", "opens_at": "09:00", "closes_at": "17:00"}, "MO,TU,WE"),
        ({"freq": "MONTHLY", "byday": "MO", "opens_at": "09:00"}, "each week"),
        ({"byday": "MO", "opens_at": "09:00", "closes_at": "17:00", "valid_to": "2026"}, "each"),
        ({"byday": "MO", "opens_at": "29:00", "closes_at": "17:00"}, "HH:MM"),
    ],
)
def test_hours_that_are_not_weekly_are_not_taken(schedule: dict[str, Any], told: str) -> None:
    with pytest.raises(NotWeekly, match=told):
        hours_of([schedule])


@pytest.mark.parametrize(
    ("byday", "hours"),
    [
        ("MO,WE,FR", "Mo 09:00-17:00; We 09:00-17:00; Fr 09:00-17:00"),
        ("SA,SU,MO", "Sa-Mo 09:00-17:00"),
        ("MO,TU,WE,TH,FR,SA,SU", "Mo-Su 09:00-17:00"),
    ],
)
def test_days_that_follow_each_other_are_one_span(byday: str, hours: str) -> None:
    assert hours_of([{"byday": byday, "opens_at": "9:00", "closes_at": "17:00:00"}]) == hours


def test_the_api_gives_pages_to_anybody(client: Client, clerk: Actor, full: Service) -> None:
    seed()
    keep_service(clerk, data("Gone", active=False))
    first = client.get("/hsds/services?per_page=5").json()
    assert (first["total_items"], first["total_pages"], first["size"]) == (12, 3, 5)
    assert first["first_page"]
    seen = {
        one["id"]
        for page in (1, 2, 3)
        for one in client.get(f"/hsds/services?per_page=5&page={page}").json()["contents"]
    }
    assert len(seen) == 12
    beyond = client.get("/hsds/services?page=99").json()
    assert beyond["empty"]
    assert beyond["last_page"]
    one = client.get(f"/hsds/services/{full.pk}")
    assert one.json()["name"] == "Full"
    assert one.headers["Access-Control-Allow-Origin"] == "*"
    assert client.get("/hsds/").json()["version"] == "3.0"
    assert "phones" not in client.get(f"/hsds/services/{seed_id('senator-1')}").json()


@pytest.mark.parametrize(
    "query", ["page=0", "page=x", "per_page=201", "per_page=-1", "page=99999999"]
)
def test_the_api_refuses_what_is_no_page(client: Client, query: str) -> None:
    response = client.get(f"/hsds/services?{query}")
    assert response.status_code == 422
    assert response.headers["Content-Type"] == "application/problem+json"
    assert client.get(f"/hsds/services/{uuid4()}").status_code == 404
    assert client.post("/hsds/services").status_code == 405
