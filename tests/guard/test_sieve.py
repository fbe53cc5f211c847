"""What a column's sieve lets pass holds no phrase, whatever the phrases are."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import example, given, settings
from hypothesis import strategies as st

from safecall.guard.compile import compile_plan
from safecall.guard.kinds import Kind
from safecall.guard.matching import Engine
from safecall.guard.phrases import parse
from safecall.guard.rules import Rule, Triggers
from safecall.guard.sieve import Sieve

WORDS = ("no", "papers", "visa", "her", "card", "green", "here", "94")
words = st.sampled_from((*WORDS, "pap*"))
#: Each with one word at least that must be there.
parts = st.recursive(
    words,
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(" ".join),
        st.tuples(inner, inner).map(" ... ".join),
        st.tuples(inner, st.lists(inner, min_size=1, max_size=2)).map(
            lambda one: f"{one[0]} [{'|'.join(one[1])}]"
        ),
        st.lists(inner, min_size=2, max_size=3).map(lambda some: f"({'|'.join(some)})"),
        st.tuples(inner, words).map(lambda one: f"{one[0]} {{@word}} {one[1]}"),
    ),
    max_leaves=7,
)
texts = st.lists(
    st.sampled_from((*WORDS, "papier", "x", "12", "a.m.", "Her,", "no.", "(visa)", "p a p e r s")),
    max_size=16,
).map(" ".join)

RULE = Rule(
    "en.statement.any", Kind.STATEMENT, "en", "", (), (), (), (), (), (), False, False, False, ""
)


@settings(max_examples=100, deadline=None)
@example(["no ... visa"], ["no x x, 12 x visa", "no x 12. x x visa"])
@example(["no ... ... visa"], ["no x x x x a.m. x x x visa"])
@example(["her {@word} (card|no [green] visa)"], ["her x card", "her 12 card", "her 94 no visa"])
@example(["no [/] papers"], ["no papers", "no, papers"])
@example(["visa ({@digits}|{@visa_foil})", "k4 no", "m* here"], ["visa K4471820", "visa M2205841"])
@given(st.lists(parts, min_size=1, max_size=3), st.lists(texts, min_size=1, max_size=12))
def test_a_text_with_a_phrase_remains_for_it(phrases: list[str], column: list[str]) -> None:
    rule = replace(RULE, find=tuple(parse(one, {}) for one in phrases))
    guard = Engine(compile_plan([rule], Triggers(frozenset(), frozenset())))
    sieve = Sieve(guard)
    remain = sieve.remains(sieve.passed_over(column))
    for place, text in enumerate(column):
        found = guard.matches(text)
        if found:
            assert place in remain
            one = remain[place]
            again = guard.matches(text, known=one)
            assert set(again) == set(found)
