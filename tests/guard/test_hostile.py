"""Texts made to break the guard: it neither fails nor hangs, and keeps what it promises."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from safecall import guard
from safecall.guard import ask, bulk, screen
from tests.guard.hostile import NAMES, hostile
from tests.guard.invariants import MOST, growth, hold

_SHORT = 1_000
_MEGABYTE = 1_000_000
#: Long enough that anything quadratic would be noticed by everyone who waits for the tests.
_LONG = {
    "a": _MEGABYTE, "letter_digit": _MEGABYTE, "spaces": _MEGABYTE, "newlines": 100_000,
    "word_han": 200_000, "word_lao": 200_000, "jamo": 200_000, "zero_width": 200_000,
    "marks": 200_000, "nested": 200_000, "apostrophes": 200_000, "hyphens": 200_000,
    "surrogates": 200_000, "bidi": 200_000, "entity": 200_000, "matches": 100_000,
    "removed": 200_000, "abbreviations": 200_000, "signed_after_a": 200_000, "hyphen_far": 200_000,
}  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_promises_hold(name: str) -> None:
    hold(hostile(name, 300))
    hold(f"Caller, {hostile(name, 60)} he is undocumented {hostile(name, 61)}")


@pytest.mark.parametrize("name", NAMES)
def test_ten_times_the_text_takes_no_hundred_times_as_long(name: str) -> None:
    short, long = hostile(name, _SHORT), hostile(name, _SHORT * 10)
    for run in (screen, ask, _at_once):
        assert growth(run, short, long) < MOST, run.__name__


@pytest.mark.parametrize("name", _LONG)
def test_very_long_texts_are_screened(name: str) -> None:
    text = hostile(name, _LONG[name])
    assert screen(text).original_length == len(text)
    assert len(_at_once(text)) == 1


def test_words_are_found_however_far_into_a_long_text() -> None:
    names = ("a", "letter_digit", "newlines", "word_han", "jamo", "hyphens", "only_hyphens")
    for name in (*names, "apostrophes", "apostrophe_words", "entity"):
        text = f"{hostile(name, 100_000)} he is undocumented"
        assert screen(text).text.endswith("[removed]"), name


def _at_once(text: str) -> list[bulk.ScreenedColumn]:
    return list(bulk.screen_column([text], workers=1))


def test_the_fuzzer_leaves_compiled_loops_alone() -> None:
    root = Path(guard.__file__).parents[2]
    fuzzer = ast.parse((root / "fuzz" / "__main__.py").read_text(encoding="utf-8"))
    options = [one for one in ast.walk(fuzzer) if isinstance(one, ast.keyword)]
    (excluded,) = [ast.literal_eval(one.value) for one in options if one.arg == "exclude"]
    assert set(excluded) == {
        f"safecall.guard.{path.stem}"
        for path in (root / "safecall" / "guard").glob("*.py")
        if "\n@compiled\n" in path.read_text(encoding="utf-8")
    }
