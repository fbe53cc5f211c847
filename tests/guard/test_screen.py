"""`screen` and `ask` with the real rules: removal, offsets; a second screening changes nothing."""

from __future__ import annotations

import copy
import pickle
import threading
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safecall import guard
from safecall.guard import check, engine, store
from safecall.guard.check import unmark
from safecall.guard.matching import Engine
from safecall.guard.rules import load_rules
from tests.guard.support import small_engine

RULES = load_rules()
EXAMPLES = [unmark(example)[0] for rule in RULES for example in (*rule.flag, *rule.passes)]
ODD = ["\u200b", "\u00ad", "\ud800", "\u202e", "e\u0301", "\ufb01", "\u00df", "&eacute;", "\x00",
       "[removed]", "[remo", "\U0001d41a", "\u0430", "\uff21", "\u0130", "\n\n", "  ", "-", "'",
       "A 012 345 678"]  # fmt: skip
pieces = st.one_of(
    st.sampled_from(EXAMPLES),
    st.sampled_from(EXAMPLES).map(lambda text: text[: len(text) // 2]),
    st.sampled_from(EXAMPLES).map(lambda text: text[len(text) // 2 :]),
    st.sampled_from(ODD),
    st.text(max_size=12),
)
texts = st.lists(pieces, max_size=6).flatmap(
    lambda parts: st.sampled_from(["", " "]).map(lambda joint: joint.join(parts))
)


def test_every_example_of_every_rule_holds() -> None:
    failures = [str(one) for one in check.check_rules(RULES, engine.engine())]
    assert failures == []


@settings(max_examples=120, deadline=None)
@given(texts)
def test_screening_twice_changes_nothing_and_offsets_are_valid(text: str) -> None:
    screened = guard.screen(text)
    assert screened.original_length == len(text)
    for one in screened.findings:
        assert 0 <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip()
    again = guard.screen(screened.text)
    assert again.text == screened.text
    assert not any(one.removed for one in again.findings)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(EXAMPLES), st.sampled_from(["\u200b", "\u00ad", "\u2060"]), st.data())
def test_invisible_characters_change_nothing(text: str, char: str, data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(text)))
    plain = [(one.kind, one.rule) for one in guard.screen(text).findings]
    hidden = guard.screen(text[:at] + char + text[at:])
    assert [(one.kind, one.rule) for one in hidden.findings] == plain


def test_what_is_kept_is_the_text_around_the_findings() -> None:
    text = "Caller says he is undocumented, two men at the door."
    screened = guard.screen(text)
    assert "undocumented" not in screened.text
    assert screened.text.startswith("Caller says")
    assert screened.text.endswith(", two men at the door.")
    assert "  " not in screened.text


def test_a_mention_of_an_authority_stays_and_is_counted() -> None:
    text = "He threatens to call ICE on her if she leaves."
    screened = guard.screen(text)
    assert screened.text == text
    assert [one.kind for one in screened.findings] == [guard.Kind.AUTHORITY]
    assert not screened.findings[0].removed


def test_screened_is_made_by_screen_alone() -> None:
    with pytest.raises(TypeError):
        guard.Screened(object(), "anything", (), 8)
    screened = guard.screen("a dog barks")
    with pytest.raises(AttributeError):
        screened.text = "anything"
    with pytest.raises(TypeError):
        pickle.dumps(screened)
    with pytest.raises(TypeError):
        copy.copy(screened)


def test_words_of_the_text_are_not_in_its_representation() -> None:
    assert "barks" not in repr(guard.screen("a dog barks"))


def test_no_rules_means_no_screening(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine.load, "__defaults__", (tmp_path, None, None))
    monkeypatch.setattr(engine, "_in_force", None)
    with pytest.raises(guard.GuardUnavailable):
        guard.screen("a dog barks")


def test_threads_find_the_same() -> None:
    wanted = [guard.screen(text).text for text in EXAMPLES]
    got: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: got.append([guard.screen(text).text for text in EXAMPLES]))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [wanted] * 4


@pytest.mark.parametrize("name", ["immigration_status", "immigrationStatus", "Immigration status:"])
def test_names_and_labels_are_asked_about(name: str) -> None:
    assert guard.ask(name)


@pytest.mark.parametrize("name", ["status", "marital_status", "vehicleStatus", "languageWanted"])
def test_other_names_are_not(name: str) -> None:
    assert not guard.ask(name)


def test_a_kept_plan_finds_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    made, kept = small_engine(tmp_path), small_engine(tmp_path)
    assert list((tmp_path / "safecall").glob("*.plan"))
    assert made.plan == kept.plan


def test_a_kept_plan_goes_to_another_process(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    small_engine(tmp_path)
    kept = small_engine(tmp_path)
    sent = pickle.loads(pickle.dumps(kept.plan))
    assert sent == kept.plan
    text = "he is undocumented, A012345678, a green card"
    assert len(Engine(sent).matches(text)) == len(kept.matches(text)) == 3


def test_a_plan_that_others_may_write_is_not_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    store.keep("name", small_engine(tmp_path).plan)
    assert store.recall("name") is not None
    (tmp_path / "safecall" / "name.plan").chmod(0o666)
    assert store.recall("name") is None


def test_a_spoilt_plan_is_made_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    store.keep("name", small_engine(tmp_path).plan)
    (tmp_path / "safecall" / "name.plan").write_bytes(b"no plan")
    assert store.recall("name") is None
