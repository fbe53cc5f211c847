"""Written languages: tags, and which one a browser's wish gets."""

import pytest
from django.utils.translation import to_locale

from safecall.vocabulary import languages
from safecall.vocabulary.written import BY_TAG, suggested, tag_for

ALL = frozenset(BY_TAG)


@pytest.mark.parametrize("tag", sorted(ALL))
def test_each_language_is_named_as_everywhere(tag: str) -> None:
    one = BY_TAG[tag]
    assert tag == tag.lower()
    assert one.folder == to_locale(tag)
    assert one.direction == ("rtl" if one.script == "Arab" else "ltr")
    assert set(one.spoken) <= set(languages.BY_TAG)
    assert all(languages.BY_TAG[spoken].direction == one.direction for spoken in one.spoken)


@pytest.mark.parametrize(
    ("wish", "tag"),
    [
        ("en-US", "en"),
        ("es-MX", "es"),
        ("zh-CN", "zh-hans"),
        ("zh-Hans-CN", "zh-hans"),
        ("zh-TW", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"),
        ("zh", "zh-hans"),
        ("yue", "zh-hant"),
        ("mww", "hmn-latn"),
        ("hmn", "hmn-latn"),
        ("fil-PH", "tl"),
        ("pt_BR", "pt"),
        ("nl", None),
        ("", None),
    ],
)
def test_a_wish_gets_its_language(wish: str, tag: str | None) -> None:
    assert tag_for(wish, ALL) == tag


def test_another_script_is_no_substitute() -> None:
    assert tag_for("zh-TW", frozenset({"en", "zh-hans"})) is None


def test_a_page_proposes_a_language_only_where_one_is_meant() -> None:
    assert suggested("es") == "es"
    assert suggested("en") == suggested("zh-hans") == suggested("zh-hant") == ""
