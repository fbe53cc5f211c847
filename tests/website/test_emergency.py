"""The lists of emergency words hold their own examples, and their limits."""

from pathlib import Path

import pytest

from safecall.guard.word_lists import Group, WordListError, WordLists
from safecall.vocabulary import incident_types
from safecall.website.emergency import LISTS, is_emergency
from safecall.website.kinds import KINDS, priority

GROUPS = [group for one in LISTS for group in one.groups]


@pytest.mark.parametrize("group", GROUPS, ids=[group.id for group in GROUPS])
def test_examples_of(group: Group) -> None:
    assert [text for text in group.yes if group.id not in LISTS.groups_in(text)] == []
    assert [text for text in group.no if is_emergency(text)] == []


@pytest.mark.parametrize(
    "text",
    [
        "he has a gun", "SHE IS NOT BREATHING", "there is a knife", "fire!",
        "they are breaking in now",
        "she took an overdose", "my son was kidnapped", "help me now", "he is hitting her",
        "I feel suicidal", "he is bleeding", "tiene una pistola", "se esta muriendo", "no respira",
        "Me está pegando", "mi hija está desaparecida", "ayudenme por favor",
        "h\u200be has a g\u200bun",
        "he is hitting\nher", "she isn\u2019t breathing",
    ],
)  # fmt: skip
def test_an_emergency_is_seen(text: str) -> None:
    assert is_emergency(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "My bicycle was stolen last night.", "The neighbors are loud every weekend.",
        "I have not seen my neighbor for three days and I worry.", "Perdí mi cartera en el parque.",
        "A car is parked in front of the fire hydrant.", "This is not an emergency.",
        "I do not have papers and I need to report a theft.",
    ],
)  # fmt: skip
def test_an_ordinary_report_goes_on(text: str) -> None:
    assert not is_emergency(text)


def test_any_of_several_answers_counts() -> None:
    assert is_emergency("My neighbor", "she is not breathing")


def test_a_list_needs_both_kinds_of_example(tmp_path: Path) -> None:
    path = tmp_path / "xx.toml"
    path.write_text(
        "[file]\nlang = 'xx'\nconfirmed = 'x'\n"
        "[[emergency]]\nid = 'xx.a'\nmeans = 'A.'\nfind = ['a']\nalarm = ['a']"
    )
    with pytest.raises(WordListError, match="`calm` is missing"):
        WordLists(tmp_path, "emergency", examples=("alarm", "calm")).groups_in("a")


def test_every_choice_has_a_type_of_the_registry() -> None:
    for kind in KINDS:
        assert kind.incident_type in {"", *incident_types.BY_CODE}


def test_priority_comes_from_choice_and_emergency_words_alone() -> None:
    theft = next(kind for kind in KINDS if kind.key == "theft")
    threat = next(kind for kind in KINDS if kind.key == "threat")
    assert priority(theft, for_other=False, emergency_words=False) == 5
    assert priority(theft, for_other=True, emergency_words=False) == 4
    assert priority(threat, for_other=False, emergency_words=False) == 4
    assert priority(theft, for_other=False, emergency_words=True) == 3
