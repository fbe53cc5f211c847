"""The quick list looks and behaves as Django's own."""

import html5lib
import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from safecall.website.widgets import QuickSelect

_words = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=8)
_choices = st.lists(st.tuples(_words, _words), max_size=5, unique_by=lambda one: one[0])


def _read(html: str) -> list[tuple[dict[str, str], str]]:
    found = html5lib.parseFragment(html, namespaceHTMLElements=False)
    return [(dict(one.attrib), (one.text or "").strip()) for one in found.iter()]


@given(_choices, _words)
def test_it_is_djangos(choices: list[tuple[str, str]], value: str) -> None:
    options = {"attrs": {"class": "input"}, "choices": choices}
    ours = QuickSelect(**options).render("language", value, {"id": "id_language"})
    theirs = forms.Select(**options).render("language", value, {"id": "id_language"})
    assert _read(ours) == _read(theirs)


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_chosen(value: str | None) -> None:
    assert (
        QuickSelect(choices=[("", "Choose"), ("es", "x")]).render("a", value).count("selected") == 1
    )
