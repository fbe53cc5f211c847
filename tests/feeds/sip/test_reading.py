"""From bytes to what a call tells, and that no bytes break it."""

from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safecall import guard
from safecall.feeds.sip.additional import hints
from safecall.feeds.sip.bodies import Part
from safecall.feeds.sip.reading import Read, read
from safecall.feeds.wire.calls import Call, HungUp, Malformed
from tests.feeds.sip.examples import CIRCLE, CIVIC, audio, full, invite, multipart, pidf

NOW = datetime(2026, 1, 2, tzinfo=UTC)
SUBSCRIBER = (
    '<EmergencyCallData.SubscriberInfo xmlns="urn:ietf:params:xml:ns:EmergencyCallData">'
    '<SubscriberData><vcards xmlns="urn:ietf:params:xml:ns:vcard-4.0"><vcard>'
    "<fn><text>Invented Name</text></fn><note><text>Invented illness</text></note>"
    "<lang><parameters><pref><integer>2</integer></pref></parameters>"
    "<language-tag>en</language-tag></lang>"
    "<lang><parameters><pref><integer>1</integer></pref></parameters>"
    "<language-tag>som</language-tag></lang></vcard></vcards></SubscriberData>"
    "</EmergencyCallData.SubscriberInfo>"
)
SUBSCRIBER_TYPE = "application/EmergencyCallData.SubscriberInfo+xml"


def told(data: bytes) -> Read:
    return read(data, NOW)


def call(data: bytes) -> Call:
    found = told(data).news
    assert isinstance(found, Call)
    return found


def test_a_whole_call() -> None:
    found = call(full())
    assert found.languages == ("so", "ar")
    assert found.callback == "+12185550142"
    assert found.position.words == "211 W 2nd St, Unit 4, Duluth, MN 55802"
    assert (found.position.lat, found.position.lon) == (46.7867, -92.1005)
    assert found.channel == "911"
    assert told(full()).defects == ()
    for words in ("Somali, else Arabic", "65 m", "GPS"):
        assert words in found.narrative


def test_repeats_have_the_same_key_and_other_calls_another() -> None:
    first = call(invite()).key
    assert call(invite(CSeq="2 INVITE", Via="SIP/2.0/TCP 192.0.2.9;branch=z9hG4bK2")).key == first
    assert call(invite(Call_ID="other@example.com")).key != first
    assert call(invite(From="<sip:a@b>;tag=two")).key != first


def test_what_happens_within_a_call_opens_nothing() -> None:
    assert told(invite(To="<urn:service:sos>;tag=desk")).what == "within a call"
    assert told(invite(method="BYE")).what == "another kind of request"
    assert told(b"SIP/2.0 200 OK\r\n\r\n").what == "not a request"


def test_a_test_call_opens_nothing() -> None:
    assert told(invite(uri="urn:service:test.sos", To="<urn:service:test.sos>")) == Read(
        "test call"
    )


@pytest.mark.parametrize(
    ("uri", "to", "channel"),
    [
        ("urn:service:sos.fire", "<sip:x@y>", "911"),
        ("sip:psap@county.example", "<urn:nena:service:sos>", "911"),
        ("urn:emergency:service:sos.psap", "<sip:x@y>", "911"),
        ("sip:911@carrier.example;user=phone", "<sip:x@y>", "911"),
        ("sip:9110@county.example", "<sip:9110@county.example>", "non_emergency"),
        ("sip:+12185550100@county.example", "<tel:+12185550100>", "non_emergency"),
    ],
)
def test_911_is_known_by_its_service_and_number(uri: str, to: str, channel: str) -> None:
    found = read(invite(uri=uri, To=to), NOW, "non_emergency").news
    assert isinstance(found, Call)
    assert found.channel == channel


def test_hanging_up_and_being_answered_elsewhere() -> None:
    ended = told(invite(method="CANCEL"))
    assert ended.news == HungUp(call(invite()).key)
    assert ended.same == told(invite()).same == "z9hG4bK1"
    elsewhere = invite(method="CANCEL", Reason='SIP ;cause=200 ;text="Call completed elsewhere"')
    assert told(elsewhere).what == "answered elsewhere"


def test_of_additional_data_only_the_subscriber_s_languages_are_read() -> None:
    kind, body = multipart(
        ("application/sdp", "s@x", audio()), (SUBSCRIBER_TYPE, "d@x", SUBSCRIBER)
    )
    found = call(invite(body, kind))
    assert found.languages == ("so", "en")
    assert "subscriber's" in found.narrative
    assert "Invented" not in repr(found)


def test_what_the_caller_asks_for_comes_before_what_is_on_file() -> None:
    kind, body = multipart(
        ("application/sdp", "s@x", audio("a=hlang-send:es")), (SUBSCRIBER_TYPE, "d@x", SUBSCRIBER)
    )
    assert call(invite(body, kind)).languages == ("es",)


def test_the_languages_of_a_provider_s_staff_are_no_hint() -> None:
    provider = SUBSCRIBER.replace("SubscriberInfo", "ProviderInfo")
    kind = "application/emergencycalldata.providerinfo+xml"
    assert hints([Part(kind, "", provider.encode())]) == ()


@pytest.mark.parametrize(
    ("data", "defect"),
    [
        (invite("v=0", Content_Length="900"), "body shorter than its Content-Length"),
        (invite("x", "multipart/mixed"), ""),
        (invite("x", "application/sdp", Content_Encoding="gzip"), "body that cannot be read"),
        (invite("<presence>", "application/pidf+xml"), "location that cannot be read"),
        (invite(audio("a=hlang-send:klingon")), "language tag that does not exist"),
    ],
)
def test_a_bad_body_never_costs_the_call(data: bytes, defect: str) -> None:
    found = told(data)
    assert isinstance(found.news, Call)
    assert found.news.callback == "+12185550142"
    assert found.defects == ((defect,) if defect else ())


def test_nesting_has_an_end() -> None:
    kind, body = "text/plain", "x"
    for level in range(2000):
        kind, body = multipart((kind, "a@x", body), boundary=f"b{level}")
        if len(body) > 100_000:
            break
    assert told(invite(body, kind)).defects == ("body that cannot be read",)


def test_notes_pass_the_guard_unchanged() -> None:
    data = [full(), invite(audio("a=hlang-send:es-MX en ase")), invite(Geolocation="<https://x>")]
    data.append(invite(P_Asserted_Identity="<tel:+19115550142>", From="<sip:911@x>;tag=1"))
    data.append(invite(pidf(CIRCLE, CIVIC), "application/pidf+xml"))
    notes = [call(one).narrative for one in data]
    assert all(notes)
    for note in notes:
        assert guard.screen(note).text == note


def survives(data: bytes) -> None:
    """It is read or refused; nothing else is raised."""
    with suppress(Malformed):
        assert isinstance(read(data, NOW), Read)


@settings(deadline=None)
@given(st.binary(max_size=400))
@example(b"INVITE")
def test_no_bytes_break_it(data: bytes) -> None:
    survives(data)


@settings(deadline=None)
@given(st.data())
def test_no_damage_to_a_call_breaks_it(data: Any) -> None:
    """A call with some of its bytes changed, cut out or doubled."""
    message = bytearray(full())
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, max(len(message) - 1, 0)))
        length = data.draw(st.integers(0, 40))
        piece = data.draw(st.one_of(st.binary(max_size=30), st.just(bytes(message[at : at + 200]))))
        message[at : at + length] = piece
    survives(bytes(message))


@settings(deadline=None)
@given(st.text(max_size=60), st.text(max_size=60), st.text(max_size=60), st.text(max_size=200))
def test_no_words_break_it(kind: str, identity: str, geolocation: str, body: str) -> None:
    """Any text where a call has a type, an identity, a place or a body."""
    survives(invite(body, kind, P_Asserted_Identity=identity, Geolocation=geolocation))
    survives(invite(audio(f"a=hlang-send:{body}")))
    survives(
        invite(
            pidf(f"<ca:civicAddress><ca:RD>{body}</ca:RD></ca:civicAddress>"),
            "application/pidf+xml",
        )
    )
