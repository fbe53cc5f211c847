"""Records: framed, read, repeated, damaged."""

from contextlib import suppress
from datetime import UTC, datetime
from functools import reduce
from operator import xor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safecall import guard
from safecall.feeds.ali.frames import AliFrames
from safecall.feeds.ali.reading import Read, read
from safecall.feeds.ali.template import Template
from safecall.feeds.wire.calls import Call, Malformed
from tests.feeds.ali.examples import ETX, EXAMPLE, STX, WIDE, record

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def call(data: bytes, template: Template = EXAMPLE) -> Call:
    found = read(data, NOW, template).call
    assert found is not None
    return found


def wide(number: str, street: str) -> bytes:
    checked = f"{number:<20}{street:<20}".encode("cp437") + b"\r\n"
    return checked + bytes([reduce(xor, checked)])


def test_a_record_is_read_by_line_and_column() -> None:
    found = call(record())
    assert found.callback == "+12185550142"
    assert found.position.words == "211 W 2ND ST, APT 4, DULUTH, MN"
    assert (found.position.lat, found.position.lon) == (46.7867, -92.1005)
    assert found.languages == ()
    assert "65 m" in found.narrative
    assert "measured" in found.narrative
    assert guard.screen(found.narrative).text == found.narrative


def test_the_subscriber_s_name_is_not_read() -> None:
    assert "PERSON" not in repr(read(record(), NOW, EXAMPLE))


def test_lines_of_a_fixed_width_and_another_alphabet() -> None:
    found = call(wide("2185550142", "12 PEÑA AVE"), WIDE)
    assert found.position.words == "12 PEÑA AVE"


def test_no_position_where_both_are_zero_or_none_is_there() -> None:
    assert call(record(lat=0, lon=0)).position.lat is None
    assert call(record(lat=99.5)).position.lat is None


def test_a_telephone_without_a_contract() -> None:
    found = call(record(number="555-0142").replace(b"(218)", b"(911)"))
    assert found.callback == ""
    assert "cannot be rung back" in found.narrative


def test_heartbeats_are_no_calls() -> None:
    assert read(STX + b"H\r" + ETX, NOW, EXAMPLE) == Read("heartbeat")


@pytest.mark.parametrize(
    ("data", "template", "kind"),
    [
        (record()[:-1], EXAMPLE, "record without its end"),
        (STX + b"\xff\x00\x01\x04" * 30 + ETX, EXAMPLE, "record that is not text"),
        (STX + b"  \r\r " + ETX, EXAMPLE, "record that is not text"),
        (STX + b"012\r hello\r" + ETX, EXAMPLE, "record without number and place"),
        (STX + b"x" * 3000 + ETX, EXAMPLE, "larger than the limit"),
        (wide("2185550142", "X")[:-1] + b"\x01", WIDE, "check that does not fit"),
        (wide("", "12 INVENTED AVE"), WIDE, "record without what makes it one call"),
    ],
)
def test_malformed_records(data: bytes, template: Template, kind: str) -> None:
    with pytest.raises(Malformed) as raised:
        read(data, NOW, template)
    assert raised.value.kind == kind


@settings(deadline=None)
@given(st.lists(st.integers(1, 90), min_size=1, max_size=20))
def test_records_come_out_of_a_stream_in_pieces(sizes: list[int]) -> None:
    """Acknowledgements and noise between them are passed over."""
    records = [record(house="1"), STX + b"H" + ETX, record(house="2")]
    stream = b"\x06".join([b"noise", *records, b""])
    assert in_pieces(AliFrames(EXAMPLE), stream, sizes) == records
    others = [wide("2185550142", "12 ONE AVE"), wide("2185550143", "12 TWO AVE")]
    assert in_pieces(AliFrames(WIDE), b"".join(others), sizes) == others


def in_pieces(frames: AliFrames, stream: bytes, sizes: list[int]) -> list[bytes]:
    out, at = [], 0
    while at < len(stream):
        for size in sizes:
            out += frames.feed(stream[at : at + size])
            at += size
    assert not frames.partial
    return out


def test_a_record_that_breaks_off_does_not_take_the_next_one_along() -> None:
    found = AliFrames(EXAMPLE).feed(record()[:60] + record(house="9"))
    assert found == [record()[:60], record(house="9")]


def test_a_record_that_never_ends_is_given_up() -> None:
    frames = AliFrames(EXAMPLE)
    assert len(frames.feed(STX + b"x" * 5000)) == 1
    assert frames.feed(record()) == [record()]


@settings(deadline=None)
@given(st.binary(max_size=300), st.sampled_from([EXAMPLE, WIDE]))
def test_no_bytes_break_it(data: bytes, template: Template) -> None:
    for one in [data, *AliFrames(template).feed(STX + data + template.end + data)]:
        with suppress(Malformed):
            assert isinstance(read(one, NOW, template), Read)
        with suppress(Malformed):
            framed = template.start + one + template.end + b"\x00" * template.xor
            assert isinstance(read(framed, NOW, template), Read)
