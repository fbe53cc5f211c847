"""A column screened at once gives what its texts give one by one."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from safecall.guard import bulk, engine, screen
from safecall.guard.check import unmark
from safecall.guard.matching import Engine
from safecall.guard.rules import load_rules
from tests.guard.evaluation import cases, languages
from tests.guard.test_screen import pieces

EXAMPLES = [unmark(one)[0] for rule in load_rules() for one in (*rule.flag, *rule.passes)]
SENTENCES = [case.text for lang in languages() for case in cases(lang)]
#: What abbreviations are made of, and what stands beside them.
_DOTTED = st.sampled_from(
    [*"usca.-*_'1 \n", "u.", "s.", "c.", "a.m.", "d.o.c.", "i.o.e.", "1234567890", "012345678",
     "undoc", "umented", "illegal", "alien", "citizen", "he is a ", " visa ", "\u00e9"]
)  # fmt: skip
#: What forms and intake notes are made of.
_LABELS = st.sampled_from(
    ["usc", "LPR", "undocumented", "refugee", "walang papeles", "a-number", "nationality", "a",
     "country of origin", "woman", "34", "needs a bed", "no papers", "visa expired", "citizen",
     "immigration status", "isn't legal", "driver's", "o'brien", *" ',/:;()_-.?|=#&[]\n\t",
     " '", "' ", " - ", "..."]
)  # fmt: skip
texts = st.lists(pieces, max_size=6).map(" ".join)


def one_by_one(column: list[str | None]) -> tuple[list[str | None], dict[int, object]]:
    screened = [None if text is None else screen(text) for text in column]
    return (
        [one and one.text if one is None or one.text else "" for one in screened],
        {at: one.findings for at, one in enumerate(screened) if one and one.findings},
    )


def at_once(
    column: list[str | None], workers: int = 1
) -> tuple[list[str | None], dict[int, object]]:
    kept: list[str | None] = []
    found: dict[int, object] = {}
    for batch in bulk.screen_column(column, workers=workers):
        found |= {len(kept) + at: findings for at, findings in batch.findings.items()}
        kept += batch.texts
    return kept, found


def test_sentences_of_rules_and_evaluation() -> None:
    column: list[str | None] = [
        *EXAMPLES[::2],
        None,
        *SENTENCES[::5],
        "",
        *(text.upper() for text in EXAMPLES[::8]),
    ]
    assert at_once(column) == one_by_one(column)


@settings(max_examples=150, deadline=None)
@given(st.lists(texts | st.none(), max_size=8))
def test_whatever_the_texts(column: list[str | None]) -> None:
    assert at_once(column) == one_by_one(column)


@pytest.mark.parametrize(
    "text",
    [
        "he is u n d o c u m e n t e d",
        "und0cumented",
        "un-\ndocumented",
        "no    papers here illegally",
        'he is "un"documented',
        "A#012345678",
        "a 012 345 678",
        "the U.S.C. said nothing; driver is a u.s. citizen",
        "imm&eacute;gration status",
        "undocumentde caller",
        "p@pers: no immigration p@pers",
        "is''nt undocumented",
        "he said [removed] and that he is undocumented",
        "l'immigration a des papiers? il est sans-papiers",
        "donaudampfschifffahrtsgesellschaftskapitaen is undocumented",
        "she was born 12 3456 789 in 4 Guatemala",
        "A-012-345-678 and A 012 345 678",
        "no h-4 nor f 1 visa; he is here on an f-1",
        "Name (in full): Ann. Country of birth (if known): Laos",
        "Immigration status (check one)",
        "W, 52, STAATSANG. SCHWEIZ; born in gr. Mexico",
        "he is a u.s.citizen, she is a U.S.-citizen",
        "u.d.a.alienillegal*cardu",
        "a.m.in the u.s",
        "i am a _012345678",
        "visa'a.a.012345678; o'a.m. b c; a.'m. u'.s. citizen",
        "i.o.e. 1234567890 and A. 012345678",
        "he is u.n.d o.c.u.m.e.n.t.e.d",
        "ice on the road, called ICE; I.C.E. came too",
        "ice cream, ICY ROAD. Ice took him",
        "\u201cICE\u201d came, ice on the road",
        "d'\u00e9t\u00e9 'x-d' l' immigration",
    ],
)
def test_words_written_to_be_read_past_a_filter(text: str) -> None:
    column: list[str | None] = ["a dog barks", text, "a dog barks"]
    assert at_once(column) == one_by_one(column)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_DOTTED, max_size=9).map("".join), max_size=8))
@example(["u_s'illegal"])
def test_abbreviations(column: list[str | None]) -> None:
    assert at_once(column) == one_by_one(column)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.lists(_LABELS, max_size=14).map("".join), max_size=8))
@example(["visa expired'a-number = 12", "' immigration status'a-number", "driver's-side, U.S."])
@example(["'usc'", " 'USC ' ", "_usc_", "(usc)", "woman 34\tusc\t", "a usc b", "34 usc 12"])
def test_labels_and_quotes(column: list[str | None]) -> None:
    assert at_once(column) == one_by_one(column)


def test_several_processes_keep_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "BATCH", 50)
    column: list[str | None] = [*EXAMPLES[:220], None]
    assert at_once(column, workers=2) == one_by_one(column)


def test_the_gate_hides_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    guard = engine.engine()
    every = [*EXAMPLES, *SENTENCES[::3]]
    with_gate = [guard.matches(text, ask=ask) for text in every for ask in (False, True)]
    monkeypatch.setattr(Engine, "_may_hold", lambda *_: True)
    assert [guard.matches(text, ask=ask) for text in every for ask in (False, True)] == with_gate


def test_several_processes_use_the_rules_in_force(
    small: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_in_force", small)
    column: list[str | None] = ["overstayed his visa", "a green card", "undocumented"]
    found = at_once(column, workers=2)
    assert found == one_by_one(column)
    assert sorted(found[1]) == [1, 2]
