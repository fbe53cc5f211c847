"""Finding who can help: whatever is wished for, never nothing."""

from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from safecall.referrals import finding, places, selectors
from safecall.referrals.actions import PhoneData, PlaceData
from safecall.referrals.finding import Aside, Wish
from safecall.referrals.kinds import NEEDS
from safecall.referrals.places import Point
from tests.referrals.conftest import Make

pytestmark = pytest.mark.django_db

MONDAY_NOON = datetime(2026, 11, 30, 12, 0)  # noqa: DTZ001  the department's own time
SUNDAY = datetime(2026, 11, 29, 12, 0)  # noqa: DTZ001
DULUTH = places.find("Duluth")


def _names(wish: Wish, now: datetime = MONDAY_NOON) -> list[str]:
    answer = finding.find(selectors.services(), wish, now)
    return [str(one.service.name) for one in answer.found]


@pytest.fixture
def offices(make: Make) -> None:
    """Four offices that differ in need, language, hours and place."""
    make("Lawyers", needs=("legal",), languages=("en", "es"), hours="Mo-Fr 09:00-17:00", rank=1)
    make("Beds", needs=("shelter",), hours="always", rank=2, places=(_at(46.72, -92.10),))
    make("Far beds", needs=("shelter", "legal"), rank=3, places=(_at(44.98, -93.27),))
    make("Line", needs=("legal",), phones=(PhoneData("211"),), languages=("so",), rank=4)


def _at(latitude: float, longitude: float) -> PlaceData:
    return PlaceData(latitude=latitude, longitude=longitude)


@pytest.mark.usefixtures("offices")
def test_the_need_chooses_and_the_order_of_the_directory_stays() -> None:
    assert _names(Wish()) == ["Lawyers", "Beds", "Far beds", "Line"]
    assert _names(Wish(frozenset({"legal"}))) == ["Lawyers", "Far beds", "Line"]
    # Who meets both comes first.
    assert _names(Wish(frozenset({"legal", "shelter"})))[0] == "Far beds"


@pytest.mark.usefixtures("offices")
def test_who_speaks_the_language_comes_first() -> None:
    assert _names(Wish(frozenset({"legal"}), language="so"))[0] == "Line"
    answer = finding.find(selectors.services(), Wish(language="om"), MONDAY_NOON)
    assert answer.aside == {Aside.LANGUAGE}


@pytest.mark.usefixtures("offices")
def test_closed_ones_go_and_those_with_unknown_hours_stay() -> None:
    assert _names(Wish(open_now=True), SUNDAY) == ["Beds", "Far beds", "Line"]
    assert _names(Wish(open_now=True)) == ["Lawyers", "Beds", "Far beds", "Line"]


@pytest.mark.usefixtures("offices")
def test_the_nearer_comes_first() -> None:
    found = finding.find(selectors.services(), Wish(frozenset({"shelter"}), near=DULUTH), SUNDAY)
    assert [(str(one.service.name), one.miles) for one in found.found] == [
        ("Beds", 5),
        ("Far beds", 137),
    ]


def test_when_nobody_is_open_those_who_are_closed_are_shown(make: Make) -> None:
    make("Office", hours="Mo 09:00-10:00")
    answer = finding.find(selectors.services(), Wish(open_now=True), SUNDAY)
    assert [one.open for one in answer.found] == [False]
    assert answer.aside == {Aside.OPEN}


@pytest.mark.usefixtures("offices")
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    st.builds(
        Wish,
        st.frozensets(st.sampled_from(sorted(NEEDS))),
        st.sampled_from(["", "en", "so", "mww"]),
        st.booleans(),
        st.none() | st.builds(Point, st.floats(-90, 90), st.floats(-180, 180)),
    ),
    st.datetimes(),
)
def test_whatever_is_wished_for_never_nothing(wish: Wish, now: datetime) -> None:
    answer = finding.find(selectors.services(), wish, now)
    assert answer.found
    if Aside.NEED not in answer.aside and wish.needs:
        assert all(wish.needs & set(one.service.need_codes) for one in answer.found)


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("Duluth", "duluth"),
        ("  DULUTH, MN ", "duluth"),
        ("near St. Paul", "st paul"),
        ("55805", "55805"),
        ("12 West First Street, Duluth 55805-1234", "55805"),
    ],
)
def test_a_place_is_known_however_it_is_typed(typed: str, key: str) -> None:
    assert places.find(typed) == places.table()[key]


@pytest.mark.parametrize("typed", ["", "Atlantis", "99999", "55805678"])
def test_an_unknown_place_is_none(typed: str) -> None:
    assert places.find(typed) is None


def test_a_degree_of_latitude_is_69_miles() -> None:
    assert Point(46, -92).miles_to(Point(47, -92)) == pytest.approx(69.1, abs=0.1)
    assert Point(90, 0).miles_to(Point(-90, 0)) == pytest.approx(12437, abs=1)


@pytest.mark.parametrize("text", ["", "[places]\nx = 1", "[places]\nx = ['a', 'b']", "no toml"])
def test_a_broken_file_of_places_says_what_to_write(tmp_path: Path, text: str) -> None:
    path = tmp_path / "places.toml"
    path.write_text(text)
    with pytest.raises(places.PlacesError, match=r"46\.79"):
        places.find("duluth", path)
