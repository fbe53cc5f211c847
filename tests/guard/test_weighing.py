"""The second reading: sentences that no rule knows are weighed, and those of nobody's left."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from safecall import guard
from safecall.guard import engine, store
from safecall.guard.explain import Explainer
from safecall.guard.fold import MARKER
from safecall.guard.kinds import RULES_DIR, Kind, RuleError
from safecall.guard.matching import WEIGHED, Engine
from safecall.guard.spelling import words_of
from safecall.guard.weighing import learnt, scale
from safecall.guard.weighing.anchors import Anchors, listed
from safecall.guard.weighing.features import BITS, Vocabulary, features
from safecall.guard.weighing.weigher import pieces
from safecall.guard.weighing.windows import TOKEN, sentences
from tests.guard.evaluation import cases
from tests.guard.invariants import hold

FULL = engine.load()
ALONE = Engine(FULL.plan)
ANCHORS = sorted({entry.removesuffix("*") for entry in listed()})
KNOWN = Anchors(listed())

#: Of what nobody's rules were written for; each has a word of status.
STATUS = [
    "Mum's immigration situation was never sorted and the boy knows it.",
    "Al señor nunca le llegó la respuesta de su asilo, dice la hija.",
]
CLEAN = [
    "The band played songs about asylum and exile until two in the morning.",
    "El asilo de ancianos pidió una patrulla porque un residente salió sin chaqueta.",
    "The band rehearses in the old asylum and the neighbors complain about the drums.",
]


def weight(text: str) -> float:
    assert FULL.scale is not None
    weigher = FULL.scale._weighers.of(words := TOKEN.findall(text.lower()))
    assert weigher is not None
    return weigher.weights([words])[0]


def test_a_sentence_weighs_more_the_more_it_is_like_those_of_status() -> None:
    assert min(map(weight, STATUS)) > max(map(weight, CLEAN))


@pytest.mark.parametrize("text", CLEAN)
def test_sentences_of_nobodys_status_stay_whole(text: str) -> None:
    assert guard.screen(text).text == text


def test_what_is_weighed_is_a_statement_of_no_language() -> None:
    """Of the project's own sentences some are found by the second reading alone."""
    every = [case for case in cases("en") if case.kinds and case.kinds != ("authority",)]
    found = [
        one for case in every for one in guard.screen(case.text).findings if one.rule == WEIGHED.id
    ]
    assert found
    assert {(one.kind, one.lang) for one in found} == {(Kind.STATEMENT, "und")}


def test_a_text_without_an_anchor_is_not_weighed() -> None:
    assert FULL.scale is not None
    fresh = scale.Scale()
    low = "the dog has been barking since nine."
    assert fresh.found(low, words_of(low), lambda *_: True) == []
    assert "_weighers" not in vars(fresh)


def test_nothing_is_weighed_where_something_was_taken_out() -> None:
    for text in STATUS:
        once = guard.screen(f"{MARKER} {text}")
        assert not any(one.rule == WEIGHED.id for one in once.findings)


def test_a_light_sentence_overrules_our_rules_but_no_number_label_or_rule_of_a_department() -> None:
    assert FULL.scale is not None
    text = "the puppy came with papers and the breeder sells his litter at the farm market."
    at = text.index("papers")
    ours = min(FULL.scale._weighers._rules)
    some = [(at, at + 6, ours), (at, at + 6, "of.a.department")]
    other = STATUS[0].lower(), [(0, 5, ours)]
    assert FULL.scale.overruled([(text, some), other]) == [[True, False], [False]]


OTHERS = """he she they is has was no not never her his the a from to in on at born came got without
 and or ella es tiene no sin su de la el con para nació llegó don't isn't a.m. 12 1985 . ? ! , ; : -
 / ( ) ' " [removed] ICE card MEXICO Somalia Dr. i.e."""
words = st.sampled_from(ANCHORS) | st.sampled_from([*OTHERS.split(), "\n"])


@settings(max_examples=150, deadline=None)
@given(st.lists(words, min_size=3, max_size=40), st.sampled_from((" ", "  ", "-", "'", ". ")))
def test_words_of_status_in_any_order_break_no_promise(some: list[str], between: str) -> None:
    hold(between.join(some))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(words, min_size=1, max_size=60), min_size=1, max_size=6))
def test_words_weigh_the_same_alone_and_together(several: list[list[str]]) -> None:
    assert FULL.scale is not None
    rows = [TOKEN.findall(" ".join(some).lower()) for some in several]
    weighers = FULL.scale._weighers
    assert weighers.heavy(rows) == [weighers.heavy([row])[0] for row in rows]
    assert weighers.light(rows) == [weighers.light([row])[0] for row in rows]
    every = [weigher for row in rows if (weigher := weighers.of(row))]
    for weigher in every:
        assert weigher.weights(rows) == [weigher.weights([row])[0] for row in rows]


@given(st.text(st.characters(codec="utf-8"), max_size=2000) | st.lists(words).map(" ".join))
def test_sentences_follow_each_other_within_the_text(text: str) -> None:
    at = 0
    for one in sentences(text):
        assert at <= one.start < one.end <= len(text)
        places = [one.start, *(place for token in one.places() for place in token), one.end]
        assert places == sorted(places)
        at = one.end
        for window in one.windows(KNOWN):
            row = one.words[window]
            assert 0 < len(row) <= 17
            assert KNOWN.among(row)


def test_a_window_is_round_what_was_found() -> None:
    low = " ".join(f"w{chr(97 + at)}" for at in range(26)) + " papers. and that is the end of it."
    first, second = sentences(low)
    (window,) = first.windows({"papers"})
    assert first.words[window][0] == "ws"
    at = low.index("wc")
    window = first.window(at, at + 2)
    assert (window.start, window.stop) == (0, 11)
    assert second.window(0, 2) == slice(0, 0)


def test_features_know_their_words() -> None:
    every = features(
        Vocabulary({"he": "he", "is": ""}, ((4, 5), 4)), [["he", "is", "12", "."], ["is"]]
    )
    assert set(every.rows.tolist()) == {0, 1}
    assert every.slots.min() >= 0
    assert every.slots.max() < 1 << BITS
    of_first = every.rows == 0
    assert every.first[of_first].min() == -1
    assert every.last[of_first].max() == 4
    assert (every.last >= every.first).all()


def test_the_heaviest_words_come_in_few_pieces() -> None:
    shares = np.array([0.1, 3.0, 2.0, 0.0, -np.inf, 1.5, 0.2, -1.0])
    assert pieces(shares) == [(1, 2), (5, 5)]
    assert pieces(np.array([-1.0, -np.inf])) == []
    assert pieces(np.array([])) == []


def test_tokens_are_words_numbers_and_signs() -> None:
    assert TOKEN.findall("don't: 12 señor(a) x_1") == [
        "don't", ":", "12", "señor", "(", "a", ")", "x", "1",
    ]  # fmt: skip


@pytest.mark.parametrize("path", scale.learnt(), ids=lambda path: path.stem)
def test_what_was_learnt_is_read_as_it_was_written(path: Path, tmp_path: Path) -> None:
    known = learnt.load(path)
    learnt.save(known, tmp_path / "learnt.npz")
    again = learnt.load(tmp_path / "learnt.npz")
    assert (again.weights == known.weights).all()
    assert (again.kinds, again.rules, again.runs) == (known.kinds, known.rules, known.runs)
    assert (again.bounds, again.bias) == (known.bounds, known.bias)
    assert known.bounds.light < 0 < known.bounds.heavy
    assert path.stat().st_size < 1 << 19


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no archive", None])
def test_without_what_was_learnt_no_text_is_screened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    shutil.copytree(scale.LEARNT, tmp_path, dirs_exist_ok=True)
    path = tmp_path / "en-es.npz"
    monkeypatch.setattr(scale, "LEARNT", tmp_path)
    if content is None:
        path.unlink()
        with pytest.raises(RuleError, match="install safecall again"):
            scale.Scale()
        return
    path.write_bytes(content)
    broken = engine.at_work(FULL.plan)
    with pytest.raises(guard.GuardUnavailable, match=r"en-es\.npz: cannot be read"):
        broken.matches(STATUS[0])


def test_what_was_learnt_is_one_of_the_rules_that_the_ledger_names(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = store.rules_digest(RULES_DIR)
    shutil.copytree(scale.LEARNT, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr(scale, "LEARNT", tmp_path)
    assert store.rules_digest(RULES_DIR) == before
    other = tmp_path / "so.npz"
    other.write_bytes(other.read_bytes() + b" ")
    assert store.rules_digest(RULES_DIR) != before


def test_a_weighed_finding_says_so_and_names_the_nearest_examples() -> None:
    one = guard.Finding(Kind.STATEMENT, 4, 10, WEIGHED.id, WEIGHED.lang)
    told = Explainer().explain(one, "Her asylum case is with the judge in the city.")
    assert told.rule == "second-reading"
    assert "No rule knows these words" in told.means
    assert "asylum" in told.flag
    assert told.passes
    assert "not confirmed" in told.confirmed


def test_rules_of_one_language_are_alone() -> None:
    assert engine.load(lang="so").scale is None
    assert FULL.scale is not None


@pytest.mark.parametrize(
    ("text", "group"),
    [
        ("the neighbor says that he came across the river without papers", "en-es"),
        ("la vecina dice que no tiene papeles y que vino por el río", "en-es"),
        ("wiilku wuxuu yidhi dalka si sharci darro ah ayuu ku joogaa", "so"),
        ("он сказал, что виза закончилась и документов у него нет", "ru"),
        ("він сказав, що віза закінчилася і документів у нього немає", "uk"),
        ("他说签证过期了,一直没有身份", "zh"),
        ("anh ta noi rang visa het han va khong co giay to", "vi"),
        ("zzyzx qwrtp bvnmk ghjkl wrtpl xxyzz", None),
    ],
)
def test_a_sentence_is_weighed_in_the_language_that_knows_its_words(
    text: str, group: str | None
) -> None:
    assert FULL.scale is not None
    weighers = FULL.scale._weighers
    found = weighers.of(TOKEN.findall(FULL.spelling.straightened(text)[0].text))
    place = weighers._every.index(found) if found else None
    assert (None if place is None else "-".join(scale.GROUPS[place])) == group


def test_words_are_anchors_whole_or_by_their_beginnings() -> None:
    some = Anchors(["visa", "sharci*", "籍"])
    assert [word in some for word in ("visa", "visas", "sharcigiisa", "sharc", "籍", "")] == [
        True, False, True, False, True, False,
    ]  # fmt: skip
    assert some.among(["the", "visa"])
    assert not some.among([])
