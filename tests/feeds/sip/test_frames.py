"""SIP over a stream, in pieces of any size."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safecall.feeds.sip.frames import SipFrames
from safecall.feeds.wire.calls import Malformed
from tests.feeds.sip.examples import full, invite

MESSAGES = [full(), invite(), invite("v=0", method="MESSAGE"), full()]


@settings(deadline=None)
@given(st.lists(st.integers(1, 700), min_size=1, max_size=40))
def test_messages_come_out_as_they_went_in(sizes: list[int]) -> None:
    stream, frames, out, at = b"\r\n\r\n".join([b"", *MESSAGES]), SipFrames(), [], 0
    while at < len(stream):
        for size in sizes:
            out += frames.feed(stream[at : at + size])
            at += size
    assert out == MESSAGES
    assert not frames.partial


def test_a_begun_message_is_partial() -> None:
    frames = SipFrames()
    assert frames.feed(full()[:100]) == []
    assert frames.partial


@pytest.mark.parametrize(
    ("stream", "kind"),
    [
        (invite(Content_Length=None), "no usable Content-Length"),
        (invite(Content_Length="0\r\nl: 7"), "no usable Content-Length"),
        (invite(Content_Length="999999999"), "larger than the limit"),
        (b"A: b\r\n" * 20_000, "headers that do not end"),
    ],
)
def test_a_stream_without_a_readable_end_is_not_read_on(stream: bytes, kind: str) -> None:
    with pytest.raises(Malformed) as raised:
        SipFrames().feed(stream)
    assert raised.value.kind == kind
