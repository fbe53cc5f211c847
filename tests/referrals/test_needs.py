"""The lists of plain words hold their own examples."""

import pytest

from safecall.guard.word_lists import Group
from safecall.referrals.kinds import KINDS, NEEDS
from safecall.referrals.needs import LISTS, needs_in

GROUPS = [group for one in LISTS for group in one.groups]


@pytest.mark.parametrize("one", LISTS.lists, ids=[one.lang for one in LISTS])
def test_each_list_knows_every_need_and_says_who_confirmed_it(one) -> None:  # type: ignore[no-untyped-def]
    assert {group.code for group in one.groups} == set(NEEDS)
    assert one.confirmed
    assert all(group.id.startswith(f"{one.lang}.") for group in one.groups)


@pytest.mark.parametrize("group", GROUPS, ids=[group.id for group in GROUPS])
def test_examples_of(group: Group) -> None:
    assert [text for text in group.yes if group.id not in LISTS.groups_in(text)] == []
    assert [text for text in group.no if group.id in LISTS.groups_in(text)] == []


def test_words_of_any_language_are_understood_on_every_page() -> None:
    assert needs_in("necesito un abogado, I have nowhere to sleep") >= {"legal", "shelter"}
    assert needs_in("NO TENGO DONDE DORMIR") == {"shelter"}


@pytest.mark.parametrize("text", ["", "xyzzy", "Здравствуйте", "!!!"])
def test_unknown_words_are_no_need(text: str) -> None:
    assert needs_in(text) == frozenset()


def test_every_need_is_met_by_a_kind_of_service() -> None:
    assert {code for kind in KINDS.values() for code in kind.needs} == set(NEEDS)
