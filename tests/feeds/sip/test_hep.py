"""Messages in the envelopes of capture programs."""

import struct
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safecall.feeds.sip.hep import unwrapped
from safecall.feeds.wire.calls import Malformed
from tests.feeds.sip.examples import full, invite


def chunk(kind: int, data: bytes, vendor: int = 0) -> bytes:
    return struct.pack("!HHH", vendor, kind, 6 + len(data)) + data


def envelope(*chunks: bytes) -> bytes:
    inside = b"".join(chunks)
    return b"HEP3" + struct.pack("!H", 6 + len(inside)) + inside


# IPv4, UDP, addresses, ports, a time: what stands before the message.
BEFORE = (
    chunk(1, b"\x02"),
    chunk(2, b"\x11"),
    chunk(3, b"\xc0\x00\x02\x01"),
    chunk(7, b"\x13\xc4"),
)


def test_the_message_is_taken_out() -> None:
    assert unwrapped(envelope(*BEFORE, chunk(15, full()))) == full()


def test_what_has_no_envelope_stays_as_it_is() -> None:
    assert unwrapped(invite()) == invite()


@pytest.mark.parametrize(
    "data",
    [
        b"HEP3",
        b"HEP3\x00\x10",
        envelope(*BEFORE),
        envelope(chunk(15, full(), vendor=9)),
        envelope(chunk(16, b"compressed")),
        envelope(*BEFORE, chunk(15, full()))[:-4],
        envelope(struct.pack("!HHH", 0, 1, 0), chunk(15, full())),
        envelope(*[chunk(1, b"")] * 100, chunk(15, full())),
    ],
)
def test_envelopes_that_hold_nothing_readable(data: bytes) -> None:
    with pytest.raises(Malformed):
        unwrapped(data)


@settings(deadline=None)
@given(st.binary(max_size=80))
def test_no_envelope_breaks_it(data: bytes) -> None:
    for one in (b"HEP3" + data, envelope(data)):
        with suppress(Malformed):
            assert isinstance(unwrapped(one), bytes)
