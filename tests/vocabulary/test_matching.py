"""Which languages may serve a caller: four steps, and never a closest match."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecall.vocabulary.languages import BY_TAG, GROUPS
from safecall.vocabulary.matching import How, Match, best, matches, spoken, varieties, wider

ALL = list(BY_TAG)
tags = st.sampled_from([*ALL, *GROUPS, "swh", "arz", "pt-BR", "es-MX", "zh-Hant", "qqq"])


@pytest.mark.parametrize("tag", ALL)
def test_a_language_serves_itself_before_all_others(tag: str) -> None:
    assert matches(tag, ALL)[0] == Match(tag, tag, How.EXACT)


@pytest.mark.parametrize(
    ("wanted", "never"),
    [
        ("uk", "ru"),
        ("be", "ru"),
        ("so", "en"),
        ("so", "ar"),
        ("mww", "en"),
        ("ht", "fr"),
        ("kea", "pt"),
        ("cmn", "yue"),
        ("yue", "cmn"),
        ("kmr", "ckb"),
        ("ksw", "my"),
        ("pwo", "ksw"),
        ("ti", "am"),
        ("ps", "fa"),
        ("lo", "th"),
        ("ase", "en"),
        ("quc", "es"),
        ("kek", "quc"),
        ("ymm", "so"),
        ("nah", "es"),
        ("oj", "en"),
        ("yi", "de"),
        ("pdc", "de"),
    ],
)
def test_never_a_closest_match(wanted: str, never: str) -> None:
    assert best(wanted, [never]) is None
    assert never not in [one.offered for one in matches(wanted, ALL)]


def test_ukrainian_never_gives_russian_and_somali_never_english() -> None:
    assert matches("uk", ALL) == [Match("uk", "uk", How.EXACT)]
    assert matches("so", ALL) == [Match("so", "so", How.EXACT)]


def test_hmong_gives_white_and_green_hmong_to_confirm() -> None:
    assert matches("hmn", ALL) == [
        Match("hmn", "mww", How.VARIETY, to_confirm=True),
        Match("hmn", "hnj", How.VARIETY, to_confirm=True),
    ]


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ("oj", "ciw"),
        ("zh", "cmn"),
        ("zh-Hant", "yue"),
        ("chi", "cmn"),
        ("ar", "arz"),
        ("apc", "ar"),
        ("swh", "sw"),
        ("prs", "fa"),
        ("fa-AF", "prs"),
        ("ku", "ckb"),
        ("kar", "ksw"),
        ("myn", "mam"),
        ("pt-BR", "pt-PT"),
        ("mww", "hmn"),
    ],
)
def test_varieties_are_confirmed_with_the_caller(wanted: str, offered: str) -> None:
    assert best(wanted, [offered]) == Match(wanted, offered, How.VARIETY, to_confirm=True)


@pytest.mark.parametrize(
    ("wanted", "offered"),
    [
        ("es-MX", "es"),
        ("es", "es-MX"),
        ("spa", "es"),
        ("ES-Latn", "es"),
        ("ksw-Mymr", "ksw"),
        ("mww-Latn", "mww"),
        ("zh-yue", "yue"),
        ("sgn-ase", "ase"),
        ("iw", "he"),
        ("mo", "ro"),
        ("pt_BR", "pt-br"),
    ],
)
def test_other_spellings_of_one_language(wanted: str, offered: str) -> None:
    assert best(wanted, [offered]) == Match(wanted, offered, How.EXACT)


@pytest.mark.parametrize(
    ("wanted", "offered"), [("mww", "hnj"), ("bs", "sr"), ("tl", "fil"), ("rw", "rn"), ("hi", "ur")]
)
def test_equivalents_need_consent_in_both_directions(wanted: str, offered: str) -> None:
    assert best(wanted, [offered]) == Match(wanted, offered, How.EQUIVALENT, needs_consent=True)
    assert best(offered, [wanted]) == Match(offered, wanted, How.EQUIVALENT, needs_consent=True)


def test_the_order_of_the_four_steps() -> None:
    found = matches("mww", ["es", "hnj", "hmn", "mww", "ru", "en"], second=("es", "en"))
    assert [(one.offered, one.how) for one in found] == [
        ("mww", How.EXACT),
        ("hmn", How.VARIETY),
        ("hnj", How.EQUIVALENT),
        ("es", How.SECOND),
        ("en", How.SECOND),
    ]


def test_a_second_language_is_only_one_that_the_caller_named() -> None:
    assert best("kek", ["es", "en"]) is None
    assert best("kek", ["es", "en"], second=("es",)) == Match("es", "es", How.SECOND)
    assert best("kek", ["cmn"], second=("zh",)) == Match("zh", "cmn", How.SECOND, to_confirm=True)
    assert best("kek", ["ur"], second=("hi",)) is None, "no equivalent of a second language"


@given(wanted=tags, offered=st.lists(tags, max_size=8), second=st.lists(tags, max_size=2))
def test_what_is_found_was_offered_and_stands_in_one_of_the_steps(
    wanted: str, offered: list[str], second: list[str]
) -> None:
    found = matches(wanted, offered, second)
    assert {one.offered for one in found} <= set(offered)
    assert len({one.offered for one in found}) == len(found)
    for one in found:
        assert one.wanted in {wanted, *second}
        want, have = spoken(one.wanted), spoken(one.offered)
        if one.how is How.EXACT:
            assert want == have
        if one.how is How.VARIETY:
            assert want == have or want in wider(have) or have in wider(want)
            assert one.to_confirm
        assert one.needs_consent == (one.how is How.EQUIVALENT)


@given(wanted=tags, offered=st.lists(tags, max_size=8))
def test_the_order_of_the_roster_does_not_decide_the_step(wanted: str, offered: list[str]) -> None:
    one, other = best(wanted, offered), best(wanted, offered[::-1])
    assert (one and one.how) == (other and other.how)


def test_members_of_macrolanguages_and_groups() -> None:
    assert {"mww", "hnj"} <= varieties("hmn")
    assert "ciw" in varieties("oj")
    assert {"cmn", "yue"} <= varieties("zh")
    assert varieties("so") == frozenset()
