"""The table of languages, and finding one by what a call taker types."""

import re

import pytest
from babel import Locale
from iso639 import Language as Registered
from iso639 import LanguageNotFoundError

from safecall.vocabulary import languages
from safecall.vocabulary.languages import BY_TAG, CHOICES, GROUPS, KEYS

# registries/languages.csv: the languages of Minnesota, by voice tag, with their EIDO attributes.
MINNESOTA = {
    "en": "EnglishInterpreter",
    "es": "SpanishCastilianInterpreter",
    "so": "SomaliInterpreter",
    "mww": "HmongMongInterpreter",
    "ciw": "OjibwaInterpreter",
    "vi": "VietnameseInterpreter",
    "ru": "RussianInterpreter",
    "ar": "ArabicInterpreter",
    "cmn": "ChineseInterpreter",
    "yue": "ChineseInterpreter",
    "om": "OromoInterpreter",
    "am": "AmharicInterpreter",
    "ksw": "KarenLanguagesInterpreter",
    "lo": "LaoInterpreter",
    "fr": "FrenchInterpreter",
    "uk": "UkrainianInterpreter",
    "sw": "SwahiliInterpreter",
    "ti": "TigrinyaInterpreter",
    "my": "BurmeseInterpreter",
    "ne": "NepaliInterpreter",
    "prs": "PersianInterpreter",
    "ps": "PushtoPashtoInterpreter",
    "ase": "SignLanguagesInterpreter",
}
# Collections of ISO 639-2, which ISO 639-3 does not list.
COLLECTIONS = {"nah"}


@pytest.mark.parametrize("tag", MINNESOTA)
def test_the_languages_of_the_place_have_their_codes(tag: str) -> None:
    language = BY_TAG[tag]
    assert language.eido == MINNESOTA[tag]
    assert language.tier <= languages.LOCAL_TIER
    assert re.fullmatch("[a-z]{3}", language.iso639_2)


@pytest.mark.parametrize("tag", sorted(BY_TAG.keys() - COLLECTIONS))
def test_codes_are_those_of_the_registry(tag: str) -> None:
    registered = Registered.match(tag)
    assert (registered.part1 or registered.part3) == tag, "the shortest code is the tag"
    if registered.part2b:
        assert BY_TAG[tag].iso639_2 == registered.part2b


@pytest.mark.parametrize("tag", [one.tag for one in BY_TAG.values() if one.endonym_confirmed])
def test_a_confirmed_endonym_is_that_of_cldr(tag: str) -> None:
    locale = Locale.parse(tag)
    shown = locale.get_display_name(locale) or ""
    # CLDR adds the place for Kurmanji.
    assert shown.casefold().startswith(BY_TAG[tag].endonym.casefold())


def test_hmong_ojibwe_and_karen_wait_for_a_speaker() -> None:
    for tag in ("mww", "hnj", "ciw", "ksw", "pwo"):
        assert not BY_TAG[tag].endonym_confirmed


@pytest.mark.parametrize("tag", [one.tag for one in BY_TAG.values() if one.direction == "rtl"])
def test_what_is_written_from_right_to_left(tag: str) -> None:
    assert BY_TAG[tag].script in {"Arab", "Hebr"}


def test_all_arabic_and_hebrew_writing_runs_from_right_to_left() -> None:
    assert all(one.direction == "rtl" for one in BY_TAG.values() if one.script in {"Arab", "Hebr"})


def test_groups_have_members_of_the_list() -> None:
    for group in GROUPS.values():
        assert set(group.members) <= BY_TAG.keys()
        with pytest.raises(KeyError):
            BY_TAG[group.tag]


@pytest.mark.parametrize("one", CHOICES, ids=lambda one: one.tag)
def test_two_keys_find_each_language_first(one: languages.Language) -> None:
    keys = languages.keys_of(one.tag)
    assert keys
    for typed in keys:
        assert len(typed) == 2
        assert languages.search(typed)[0] == one


@pytest.mark.parametrize(
    ("typed", "tag"),
    [
        ("so", "so"),
        ("sp", "es"),
        ("hm", "hmn"),
        ("ch", "zh"),
        ("ma", "cmn"),
        ("ca", "yue"),
        ("ar", "ar"),
        ("vi", "vi"),
        ("uk", "uk"),
        ("ru", "ru"),
        ("ka", "kar"),
        ("oj", "ciw"),
        ("am", "am"),
        ("or", "om"),
        ("sl", "ase"),
        ("SO", "so"),
        ("ру", "ru"),
        ("ال", "ar"),
        ("አማ", "am"),
        ("spanich", "es"),
        ("ukranian", "uk"),
        ("vietnameese", "vi"),
        ("chippewa", "ciw"),
        ("tieng viet", "vi"),
        ("farsi", "fa"),
        ("asl", "ase"),
    ],
)
def test_what_call_takers_type(typed: str, tag: str) -> None:
    assert languages.search(typed)[0].tag == tag


def test_a_variety_is_not_guessed_from_the_name_of_a_group() -> None:
    for typed in ("hmong", "chinese", "karen"):
        first = languages.search(typed)[0]
        assert first.tag in GROUPS, "the group first, and what to ask"


def test_what_is_misspelled_leads_to_a_question() -> None:
    assert [one.tag for one in languages.near("vietnamiss")] == ["vi"]
    assert languages.near("qqqqqq") == []


def test_keys_belong_to_one_language_each() -> None:
    assert all(re.fullmatch("[a-z]{2}", typed) for typed in KEYS)
    assert set(KEYS.values()) == {one.tag for one in CHOICES}


def test_collections_are_not_in_the_registry() -> None:
    for tag in COLLECTIONS:
        with pytest.raises(LanguageNotFoundError):
            Registered.from_part3(tag)


def test_a_region_that_the_list_does_not_have_is_said_beside_the_language() -> None:
    assert languages.label("es-MX") == "Spanish (MX)"
    assert languages.label("qaa-MX") == "qaa-MX"
