"""What the engine finds, whatever way the words are typed."""

from __future__ import annotations

from pathlib import Path

import pytest

from safecall.guard.matching import Engine
from tests.guard.support import small_engine, words_found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Victim has a green card.", ["green card"]),
        ("VICTIM HAS A GREEN CARD", ["GREEN CARD"]),
        ("green-card, green_card, green\ncard", ["green-card", "green_card", "green\ncard"]),
        ('a "green" card', ['green" card']),
        ("green" + " " * 90 + "card", ["green" + " " * 90 + "card"]),
        ("legal permanent residents", ["legal permanent residents"]),
        ("L.P.R. and l.p.r", ["L.P.R.", "l.p.r"]),
        ("he is illegal", ["illegal"]),
        ("she isn't a citizen", ["isn't a citizen"]),
        ("she isnt citizen", ["isnt citizen"]),
        ("she isn\u2019t a citizen", ["isn\u2019t a citizen"]),
        ("noncitizen non citizen non-citizen", ["noncitizen", "non citizen", "non-citizen"]),
        ("born in El Salvador", ["born in El Salvador"]),
        ("born in Cote dIvoire", ["born in Cote dIvoire"]),
        ("the caller's visa, the wifes visa", ["caller's visa", "wifes visa"]),
        ("has been here, for asylum", ["has been here, for asylum"]),
        ("under section 287(g", ["287(g"]),
    ],
)
def test_phrases_are_found(small: Engine, text: str, words: list[str]) -> None:
    assert words_found(small, text) == words


@pytest.mark.parametrize(
    "text",
    [
        "greencards",
        "evergreen card",
        "green. card",
        "lprs",
        "has it. asylum",
        "has one two three four five asylum",
        "he is illegally parked",
        "green [removed] card",
        "green card stock",
        "an LPR hit on Main",
        "divorce papers",
    ],
)
def test_other_words_are_left_alone(small: Engine, text: str) -> None:
    assert words_found(small, text) == []


@pytest.mark.parametrize(
    "text",
    [
        "undocumented",
        "UNDOCUMENTED",
        "\uff55\uff4e\uff44\uff4f\uff43\uff55\uff4d\uff45\uff4e\uff54\uff45\uff44",  # full width
        (
            "\U0001d42e\U0001d427\U0001d41d\U0001d428\U0001d41c\U0001d42e\U0001d426\U0001d41e"
            "\U0001d427\U0001d42d\U0001d41e\U0001d41d"
        ),  # mathematical bold
        "und\u043e\u0441um\u0435nted",  # Cyrillic letters among Latin ones
        "un\u200bdocu\u200dmented",  # zero width
        "undo\u00adcumented",  # soft hyphen
        "u\u0301ndocumente\u0301d",  # combining accents
        "\u00fandocumented",  # an accent
        "u n d o c u m e n t e d",
        "u.n.d.o.c.u.m.e.n.t.e.d",
        "u-n-d-o-c-u-m-e-n-t-e-d",
        "und0cum3nted",
        "un-documented",
        "undocu-\nmented",
        "undocumetned",
        "undocumented".replace("m", "mm"),
        "undocumentd",
        "undocumenter",
        "&#117;ndocumented",
    ],
)
def test_disguised_words_are_seen_through(small: Engine, text: str) -> None:
    assert words_found(small, f"Caller is {text}, at the door.") == [text]


def test_spaced_letters_are_cut_into_the_words_of_rules(small: Engine) -> None:
    assert words_found(small, "a  g r e e n c a r d  holder") == ["g r e e n c a r d"]


def test_words_wholly_in_another_script_stay(small: Engine) -> None:
    assert words_found(small, "\u043e\u043d \u0441\u043a\u0430\u0437\u0430\u043b, lpr") == ["lpr"]


@pytest.mark.parametrize(
    "text",
    [
        "A012345678",
        "A 012 345 678",
        "A-012-345-678",
        "A# 012345678",
        "A12345678",
        "A12 345 678",
        "IOE0912345678",
        "EAC-09-123-45678",
        "msc 09 123 45678",
        "N0012345678",
    ],
)
def test_numbers_of_the_immigration_system(small: Engine, text: str) -> None:
    assert words_found(small, f"9995551234 {text}, ok") == [text]


@pytest.mark.parametrize(
    "text",
    ["A-07969-22", "A 612 555 1234", "call 612-555-0123", "plate ABC1234", "case A1234567",
     "unit A12", "RP 9525551234", "EAC 12345", "VIN 1HGCM82633A004352"],
)  # fmt: skip
def test_other_numbers_stay(small: Engine, text: str) -> None:
    assert words_found(small, text) == []


def test_labels_count_only_alone_and_only_when_asked(small: Engine) -> None:
    assert words_found(small, "Nationality: ____") == []
    assert words_found(small, "Nationality: ____", ask=True) == ["Nationality"]
    assert words_found(small, "<label>Immigration status</label>", ask=True) == [
        "Immigration status"
    ]
    assert words_found(small, "never ask for immigration status", ask=True) == []


@pytest.mark.parametrize(
    "form",
    [
        "Team sheet. Nationality ______  Shirt ______  Telephone ____",
        "Name ___ Nationality ___ Age ___",
        "\u300cNationality\u300d \u6b04",
    ],
)
def test_a_line_to_fill_in_and_brackets_part_labels(small: Engine, form: str) -> None:
    assert words_found(small, form, ask=True) == ["Nationality"]


def test_a_note_in_brackets_does_not_hide_the_label(small: Engine) -> None:
    assert words_found(small, "Nationality (optional): ____", ask=True) == ["Nationality"]
    assert words_found(small, "Nationality (one only)", ask=True) == ["Nationality"]
    assert words_found(small, "Name (nationality of parents)", ask=True) == []
    assert words_found(small, "Green (optional): card") == []
    assert words_found(small, "Owner (undocumented): unknown") == ["undocumented"]


def test_the_full_stop_of_an_abbreviation_ends_no_sentence(small: Engine) -> None:
    assert words_found(small, "Has appl. for asylum.") == ["Has appl. for asylum"]
    assert words_found(small, "Has applied. For asylum.") == []


def test_capitals_are_asked_for_where_a_rule_does_so(small: Engine) -> None:
    assert words_found(small, "Called ICE today") == ["ICE"]
    assert words_found(small, "CALLED ICE TODAY") == []
    assert words_found(small, "ice on the road") == []


def test_scripts_without_spaces_are_searched_inside_words(tmp_path: Path) -> None:
    rules = """
    [[rule]]
    id = "lo.card"
    kind = "statement"
    means = "A card, in Lao."
    find = ["\u0e9a\u0eb1\u0e94\u0e82\u0ebd\u0ea7"]
    flag = ["[\u0e9a\u0eb1\u0e94\u0e82\u0ebd\u0ea7]"]
    pass = ["\u0e82\u0ebd\u0ea7"]
    """
    engine = small_engine(tmp_path, rules)
    word = "\u0e9a\u0eb1\u0e94\u0e82\u0ebd\u0ea7"
    assert words_found(engine, f"\u0ea1\u0eb5{word}\u0ea2\u0eb9\u0ec8") == [word]


@pytest.mark.parametrize(
    "unit", ["a", "green ", "A0", "u ", "-", "\n", "\u0430", "born in ", "&#1"]
)
def test_a_long_text_takes_time_in_proportion(small: Engine, unit: str) -> None:
    small.matches(unit * (200_000 // len(unit)))
