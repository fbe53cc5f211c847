"""Contexts: what is said of status and of nobody's stays, and no more than that."""

from __future__ import annotations

from pathlib import Path

import pytest

from safecall.guard.check import check_contexts
from safecall.guard.contexts import load_contexts
from safecall.guard.department import layout
from safecall.guard.engine import engine, load, screen
from safecall.guard.kinds import RuleError
from safecall.guard.matching import Engine
from tests.guard.support import SMALL_RULES, small_engine, words_found

CONTEXTS = """
[[context]]
id = "en.context.subject"
means = "a film about status"
ahead = ["(film|book) [all] about"]
behind = ["(law|reform) (week|month)", "is never asked"]
ends = ["(my|but)", "and (her|his)"]
flag = ["A film about crime, but [undocumented] men saw it."]
pass = ["A film about undocumented people."]
"""


def with_contexts(folder: Path, contexts: str = CONTEXTS) -> Engine:
    small_engine(folder)
    (folder / "en" / "contexts.toml").write_text(contexts, encoding="utf-8")
    return load(folder)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("He is undocumented.", ["undocumented"]),
        ("A film all about the undocumented.", []),
        ("A film about him. He is undocumented.", ["undocumented"]),
        ("A film about love; two were undocumented.", ["undocumented"]),
        ("A film about my undocumented brother.", ["undocumented"]),
        ("A film about dogs and her papers.", ["papers"]),
        ("A film about dogs and papers.", []),
        ("He is undocumented and made a film about it.", ["undocumented"]),
        ("A green card law week in town.", []),
        ("Whether undocumented or not is never asked.", []),
        ("Undocumented, but it is never asked.", ["Undocumented"]),
        ("A film about one two three four five six seven eight nine ten papers.", ["papers"]),
        ("A film about A012345678.", ["A012345678"]),
        ("A film about ICE and snow.", ["ICE"]),
    ],
)
def test_a_context_reaches_so_far(tmp_path: Path, text: str, found: list[str]) -> None:
    assert words_found(with_contexts(tmp_path), text) == found


def test_what_a_context_leaves_is_told(tmp_path: Path) -> None:
    text = "A film about dogs and papers; my visa and papers."
    [(match, context)] = with_contexts(tmp_path).left(text)
    assert (text[match.start : match.end], match.start) == ("papers", 22)
    assert (match.rule.id, context) == ("en.card", "en.context.subject")


def test_labels_of_a_form_are_asked_whatever_is_said(tmp_path: Path) -> None:
    made = with_contexts(tmp_path)
    assert words_found(made, "Book about: nationality: ____", ask=True) == ["nationality"]


def test_a_department_cannot_switch_rules_off_with_a_context(tmp_path: Path) -> None:
    own = tmp_path / "own"
    (own / "en").mkdir(parents=True)
    (own / "en" / "contexts.toml").write_text(CONTEXTS, encoding="utf-8")
    (own / "en" / "ours.toml").write_text(SMALL_RULES.replace('"en.', '"own.'), encoding="utf-8")
    small_engine(tmp_path / "ours")
    made = load(tmp_path / "ours", beside=own)
    assert words_found(made, "A film about undocumented people.") == ["undocumented"]
    [fault] = layout(own)
    assert fault.startswith(f"{own}/en/contexts.toml:1: contexts are ours alone")


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('means = "a film about status"', ""), "says what it `means`"),
        (("ends", "end"), "nothing else"),
        (('flag = ["A film', 'pass_ = ["A film'), "nothing else"),
        (('pass = ["A film about undocumented people."]', ""), "no `pass` example"),
        (("(film|book)", "(film|book"), "`)` is missing"),
    ],
)
def test_a_faulty_context_is_refused(tmp_path: Path, change: tuple[str, str], told: str) -> None:
    with pytest.raises(RuleError, match=r"en/contexts\.toml") as fault:
        with_contexts(tmp_path, CONTEXTS.replace(*change))
    assert told in str(fault.value)


def test_examples_show_what_a_context_does(tmp_path: Path) -> None:
    idle = CONTEXTS.replace("A film about undocumented people.", "A film about dogs.")
    made = with_contexts(tmp_path, idle)
    [failure] = check_contexts(load_contexts(tmp_path), made)
    assert "where there is no context" in failure.wanted


def test_every_example_of_every_context_holds() -> None:
    alone = Engine(engine().plan)
    assert [str(one) for one in check_contexts(load_contexts(), alone)] == []


def test_the_second_reading_leaves_what_a_context_leaves() -> None:
    every = [example for context in load_contexts() for example in context.passes]
    changed = [text for text in every if screen(text).text != text]
    assert changed == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Trabajo con el nombre de otro porque no tengo permiso de trabajo.", "no tengo permiso"),
        ("El carro está a nombre de otro, él está ilegal.", "está ilegal"),
        ("La de la oficina quiere saber si la mamá es documentada.", "mamá es documentada"),
        ("Me ofertaron 20 dólares por hora por no tener papeles.", "no tener papeles"),
        ("Lo botaron de la chamba por no tener papeles.", "no tener papeles"),
        ("A very nice undocumented man, got jumped at the light rail.", "undocumented"),
        ("Mi hermano fue uno de los Título 42, lo aventaron para atrás.", "lo aventaron"),
        ("¿Será que la muchacha que cuida a los niños está ilegal?", "está ilegal"),
        ("Él nació en Guatemala, pero that don't matter.", "nació en Guatemala"),
        ("Estoy sin estatus sin que nadie le preguntara.", "sin estatus"),
        ("He's on an H-2B at the golf course and hasn't called home.", "H-2B"),
    ],
)
def test_words_that_mean_another_thing_elsewhere_make_no_context(text: str, told: str) -> None:
    """``nombre`` is a French number, ``man`` is "or" in Tagalog, ``sera`` a policy in Swahili."""
    assert told in text
    assert told not in screen(text).text
