"""What a caller wants to speak, as RFC 8373 writes it."""

import pytest

from safecall.feeds.sip.languages import Wanted, canonical, name, sign_languages, wanted
from tests.feeds.sip.examples import SDP, audio


def test_order_of_preference_and_the_asterisk() -> None:
    sdp = audio("a=hlang-send:es eu en *", "a=hlang-recv:es eu en *")
    assert wanted(sdp) == Wanted(("es", "eu", "en"), even_without=True)


def test_what_they_want_to_say_comes_before_what_they_can_hear() -> None:
    assert wanted(audio("a=hlang-recv:en", "a=hlang-send:so")).tags == ("so", "en")


def test_the_mistakes_of_the_rfc_s_own_examples() -> None:
    assert wanted(audio("a=hlang-send:gr sp")).tags == ("el", "es")


def test_sign_language_on_video_comes_first() -> None:
    sdp = audio("a=hlang-send:en") + "m=video 4002 RTP/AVP 31\r\na=hlang-send:ase\r\n"
    assert wanted(sdp).tags == ("ase", "en")


def test_a_spoken_language_on_video_is_only_the_view_of_the_speaker() -> None:
    assert wanted(SDP + "m=video 4002 RTP/AVP 31\r\na=hlang-recv:en\r\n").tags == ()


def test_written_languages_count_too() -> None:
    assert wanted(SDP + "m=text 4004 RTP/AVP 98\r\na=hlang-send:so\r\n").tags == ("so",)


def test_other_lines_say_nothing() -> None:
    assert wanted(audio("a=lang:ru", "a=sdplang:ru", "b=hlang-send:ru", "a=hlang-send")).tags == ()


def test_what_is_no_language_is_counted_and_left_out() -> None:
    assert wanted(audio("a=hlang-send:xx qqq klingon so")) == Wanted(("so",), strange=3)


def test_commas_and_many_tags() -> None:
    assert wanted(audio("a=hlang-send:so,en")).tags == ("so", "en")
    assert len(wanted(audio("a=hlang-send:" + "so ar en es fr de pl ru uk vi " * 50)).tags) == 8


@pytest.mark.parametrize(
    ("stated", "usual"),
    [
        ("SO", "so"),
        ("som", "so"),
        ("es-419", "es-419"),
        ("ES-mx", "es-MX"),
        ("zh-cmn-hans-cn", "cmn-Hans-CN"),
        ("sgn-ase", "ase"),
        ("sgn-US", "ase"),
        ("sgn", ""),
        ("iw", "he"),
        ("de-DE-1996-u-co-phonebk", "de-DE"),
        ("hmn", "hmn"),
        ("zh", "zh"),
        ("und", ""),
        ("e", ""),
        ("", ""),
        ("so" * 40, ""),
        ("so-<b>", ""),
    ],
)
def test_the_usual_form_of_a_tag(stated: str, usual: str) -> None:
    assert canonical(stated) == usual


@pytest.mark.parametrize("tag", ["uk", "so", "hmn", "ar", "zh", "cmn", "mww", "quc", "mam", "ase"])
def test_no_language_is_exchanged_for_a_near_one(tag: str) -> None:
    assert canonical(tag) == tag


def test_sign_languages_are_known() -> None:
    assert {"ase", "bfi", "mfs", "ils"} <= sign_languages()
    assert not {"en", "so", "es"} & sign_languages()


def test_names_for_people() -> None:
    assert name("so") == "Somali"
    assert name("mam") == "Mam"
    assert "Spanish" in name("es-MX")
