"""What the compiler makes of phrases."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from safecall.guard import symbols
from safecall.guard.grammar import Alternatives, plain
from safecall.guard.kinds import RuleError
from safecall.guard.phrases import parse
from safecall.guard.symbols import Symbols
from tests.guard.support import small_engine

_WORDS = ("red", "green", "old", "car", "card", "van")
_RULE = """
[[rule]]
id = "en.choice"
kind = "statement"
means = "A choice."
find = ["{}"]
flag = ["{}"]
pass = ["no match"]
"""


def test_branches_that_differ_in_one_word_are_one() -> None:
    [choice] = plain(parse("(my old car|his old car|his new bike|our old car)", {}))
    assert isinstance(choice, Alternatives)
    assert len(choice.branches) == 2


@given(
    st.lists(st.lists(st.sampled_from(_WORDS), min_size=1, max_size=3), min_size=2, max_size=6),
    st.lists(st.sampled_from((*_WORDS, "a", ".")), max_size=8),
)
def test_a_choice_finds_its_branches_and_nothing_else(
    tmp_path_factory: pytest.TempPathFactory, branches: list[list[str]], text: list[str]
) -> None:
    phrase = "|".join(map(" ".join, branches))
    first = " ".join(branches[0])
    rule = _RULE.format(f"the ({phrase}) sign", f"[the {first} sign]")
    guard = small_engine(tmp_path_factory.mktemp("rules"), rule)
    for words in (text, *branches):
        found = bool(guard.matches(f"the {' '.join(words)} sign"))
        assert found == (words in branches)


def test_more_words_than_there_are_symbols_is_a_fault(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(symbols, "CODES", (range(0x10100, 0x10101),))
    with pytest.raises(RuleError, match="room"):
        Symbols([frozenset({("green", False)}), frozenset({("card", False)})])
