"""Where the caller is, from location objects of every shape."""

from xml.etree.ElementTree import fromstring

import pytest

from safecall.feeds.sip import xml
from safecall.feeds.sip.bodies import Part
from safecall.feeds.sip.civic import words
from safecall.feeds.sip.place import Located, locate
from safecall.feeds.wire.calls import Position
from tests.feeds.sip.examples import CIRCLE, CIVIC, pidf

POLYGON = (
    '<gml:Polygon srsName="urn:ogc:def:crs:EPSG::4326"><gml:exterior><gml:LinearRing>{}'
    "</gml:LinearRing></gml:exterior></gml:Polygon>"
)
CORNERS = ("46.0 -92.0", "46.0 -92.2", "46.2 -92.2", "46.2 -92.0", "46.0 -92.0")


def part(text: str, name: str = "") -> Part:
    return Part("application/pidf+xml", name, text.encode())


def one(shape: str) -> Located:
    return locate([part(pidf(shape))], "")


def test_words_and_coordinates_of_one_object() -> None:
    assert one(CIRCLE + CIVIC) == Located(
        Position("211 W 2nd St, Unit 4, Duluth, MN 55802", 46.7867, -92.1005), 65.0, "GPS"
    )


POS = "<gml:pos>46.5 -92.5</gml:pos>"
HIGH = (
    '<gml:Point srsName="urn:ogc:def:crs:EPSG::4979"><gml:pos>46.5 -92.5 200</gml:pos></gml:Point>'
)
AXES = "<gs:semiMajorAxis>80</gs:semiMajorAxis><gs:semiMinorAxis>20</gs:semiMinorAxis>"
RADII = "<gs:innerRadius>10</gs:innerRadius><gs:outerRadius>900</gs:outerRadius>"


@pytest.mark.parametrize(
    ("shape", "radius"),
    [
        (f"<gml:Point>{POS}</gml:Point>", None),
        (HIGH, None),
        (f"<gs:Ellipse>{POS}{AXES}</gs:Ellipse>", 80.0),
        (f"<gs:ArcBand>{POS}{RADII}</gs:ArcBand>", 900.0),
        (f"<gs:Circle>{POS}</gs:Circle>", None),
    ],
)
def test_shapes(shape: str, radius: float | None) -> None:
    found = one(shape)
    assert (found.position.lat, found.position.lon, found.radius) == (46.5, -92.5, radius)


@pytest.mark.parametrize(
    "inside",
    [
        "".join(f"<gml:pos>{corner}</gml:pos>" for corner in CORNERS),
        f"<gml:posList>{' '.join(CORNERS)}</gml:posList>",
    ],
)
def test_the_middle_of_an_outline(inside: str) -> None:
    found = one(POLYGON.format(inside))
    assert found.position.lat == pytest.approx(46.1)
    assert found.position.lon == pytest.approx(-92.1)
    # Half the diagonal of a square of 0.2 degrees at this latitude, within a hundredth.
    assert found.radius == pytest.approx(13_550, rel=0.01)


@pytest.mark.parametrize(
    "shape",
    [
        "<gml:Point><gml:pos>here there</gml:pos></gml:Point>",
        "<gml:Point><gml:pos>460 -92</gml:pos></gml:Point>",
        "<gml:Point><gml:pos>nan inf</gml:pos></gml:Point>",
        "<gml:Point><gml:pos>46</gml:pos></gml:Point>",
        "<gml:Point/>",
        '<gml:Point srsName="urn:ogc:def:crs:EPSG::26915"><gml:pos>46 -92</gml:pos></gml:Point>',
        "<ca:civicAddress/>",
    ],
)
def test_what_is_no_place_is_counted(shape: str) -> None:
    assert one(shape) == Located(unreadable=1)


def test_the_geolocation_header_says_which_comes_first() -> None:
    first, second = part(pidf(CIRCLE), "a@x"), part(pidf(CIVIC), "b@x")
    assert locate([first, second], "").position.lat == 46.7867
    found = locate([first, second], "<cid:b@x>, <cid:a@x>")
    # Coordinates of one object never stand beside the words of another.
    assert found.position == Position("211 W 2nd St, Unit 4, Duluth, MN 55802")
    assert found.others == 1


def test_a_location_by_reference_is_noted_and_not_fetched() -> None:
    assert locate([], "<https://lis.example.com/1>;inserted-by=x").elsewhere
    assert not locate([], "<cid:a@x>").elsewhere


@pytest.mark.parametrize(
    "bad",
    [
        "<presence",
        '<!DOCTYPE x [<!ENTITY a "aaaa">]><presence>&a;</presence>',
        '<!DOCTYPE x SYSTEM "http://192.0.2.1/x.dtd"><presence/>',
        "",
        "<a>" * 30_000,
        '<?xml version="1.0" encoding="no-such"?><a/>',
    ],
)
def test_hostile_xml_is_no_place(bad: str) -> None:
    assert locate([part(bad)], "") == Located(unreadable=1)


def test_deep_xml_is_read_without_harm() -> None:
    assert xml.read(("<a>" * 15_000 + "</a>" * 15_000).encode()) is not None


def test_civic_words() -> None:
    def address(**values: str) -> str:
        inside = "".join(f"<{name}>{value}</{name}>" for name, value in values.items())
        return words(fromstring(f"<civicAddress>{inside}</civicAddress>"))

    assert address(HNO="1", HNS="1/2", RD="Main", STS="St", FLR="2nd floor", A3="Duluth") == (
        "1 1/2 Main St, 2nd floor, Duluth"
    )
    assert address(RD="Main St", RDSEC="Lake Ave") == "Main St & Lake Ave"
    assert address(LMK="Town Park") == "Town Park"
    assert address(NAM="A\u202eB\n C", PCN="Duluth", A3="Other") == "AB C, Duluth"
    assert len(address(**dict.fromkeys(("HNO", "RD", "LOC", "NAM"), "x" * 500))) <= 400
