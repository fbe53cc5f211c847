"""The bytes of a message: what is taken, and by which fixed words the rest is counted."""

import pytest

from safecall.feeds.sip.message import LARGEST, Message, address, parse, split_list
from safecall.feeds.wire.calls import Malformed
from tests.feeds.sip.examples import invite


def read(data: bytes) -> Message:
    found = parse(data)
    assert found is not None
    return found


def test_short_names_blanks_before_the_colon_and_continued_lines() -> None:
    found = read(
        b"INVITE sip:911@example.com SIP/2.0\r\nv: SIP/2.0/UDP x\r\nf : <sip:a@b>\r\n ;tag=1\r\n"
        b"t: <sip:c@d>\r\ni: abc\r\nCSEQ: 1 INVITE\r\nl: 2\r\n\r\nhello"
    )
    assert found.first("call-id") == "abc"
    assert found.first("from") == "<sip:a@b> ;tag=1"
    assert (found.body, found.whole) == (b"he", True)


@pytest.mark.parametrize("nothing", [b"", b"\r\n\r\n", b"\x00\x00\x00\x00"])
def test_keep_alives_are_nothing(nothing: bytes) -> None:
    assert parse(nothing) is None


def test_answers_in_the_copy_are_nothing() -> None:
    assert parse(b"SIP/2.0 180 Ringing\r\nVia: x\r\n\r\n") is None


def test_a_body_that_was_cut_on_its_way_is_still_read() -> None:
    found = read(invite("v=0\r\n", Content_Length="500"))
    assert found.whole is False
    assert found.body == b"v=0\r\n"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"hello", "no blank line after the headers"),
        (b"hello\r\n\r\n", "no SIP request line"),
        (b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", "no SIP request line"),
        (invite(Call_ID=None), "a required header is missing"),
        (invite(CSeq=None), "a required header is missing"),
        (invite(Subject="x\r\nno colon here"), "a header line without a name"),
        (invite(Subject="x\r\n(bad)name: y"), "a header line without a name"),
        (invite(Subject="a\x00b"), "a control character in a header"),
        (invite(Subject="a\rb"), "a control character in a header"),
        (invite(Content_Length="-1"), "no usable Content-Length"),
        (invite(Content_Length="5\r\nContent-Length: 6"), "no usable Content-Length"),
        (invite(Subject="x" * 9000), "a header is too long"),
        (invite(Subject="x\r\n" + "A: b\r\n" * 300 + "C: d"), "too many headers"),
        (b"x" * (LARGEST + 1), "larger than the limit"),
        (b"\xff\xfe\x00\x9f" * 10, "no blank line after the headers"),
    ],
)
def test_what_is_malformed_is_named_by_fixed_words(data: bytes, kind: str) -> None:
    with pytest.raises(Malformed) as raised:
        parse(data)
    assert raised.value.kind == kind


def test_a_name_in_letters_that_are_not_utf_8_costs_nothing() -> None:
    found = read(invite().replace(b"Someone", b"Some\xf6ne"))
    assert address(found.first("from")).params["tag"] == "one"


def test_commas_in_quotes_and_brackets_do_not_separate() -> None:
    assert split_list('"A, \\"B, C" <sip:a@b?x=1,2>, <tel:+1>,, d') == [
        '"A, \\"B, C" <sip:a@b?x=1,2>',
        "<tel:+1>",
        "d",
    ]


def test_addresses_with_and_without_brackets() -> None:
    assert address('"x;tag=no" <sip:a@b;lr>;tag=yes;q').uri == "sip:a@b;lr"
    assert address('"x;tag=no" <sip:a@b;lr>;tag=yes;q').params == {"tag": "yes", "q": ""}
    assert address("sip:a@b;tag=t").uri == "sip:a@b"
