"""Typing errors are seen through; other words, and other forms of a word, are left alone."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from safecall.guard.rules import Triggers
from safecall.guard.typos import one_edit_variants

_TRIGGERS = Triggers(frozenset({"deported", "refugiada", "asylum"}), frozenset({"departed"}))


def test_one_edit_away_is_the_word() -> None:
    variants = one_edit_variants(_TRIGGERS, frozenset())
    for typed in ("deportd", "depotred", "depported", "deporyed"):
        assert variants[typed] == "deported"


def test_real_words_and_words_of_the_rules_are_themselves() -> None:
    variants = one_edit_variants(_TRIGGERS, frozenset({"reported", "deportee"}))
    assert not variants.keys() & {"departed", "reported", "deportee", "deported"}


def test_where_a_rule_takes_any_ending_only_the_same_last_letter_is_an_error() -> None:
    variants = one_edit_variants(_TRIGGERS, frozenset(), frozenset({"refugiad", "deport"}))
    assert variants["deportd"] == "deported"
    assert variants["refugida"] == "refugiada"
    assert not variants.keys() & {"refugiadas", "refugiado", "deporter"}


def test_what_begins_as_another_word_of_the_rules_is_that_word() -> None:
    variants = one_edit_variants(_TRIGGERS, frozenset(), frozenset({"asyl", "deporta"}))
    assert "deportaed" not in variants
    assert variants["asylim"] == "asylum"


@given(st.sampled_from(sorted(_TRIGGERS.words)), st.data())
def test_a_variant_leads_to_a_trigger(word: str, data: st.DataObject) -> None:
    variants = one_edit_variants(_TRIGGERS, frozenset())
    at = data.draw(st.integers(1, len(word) - 1))
    typed = word[:at] + data.draw(st.sampled_from("qxz")) + word[at:]
    assert variants[typed] == word
