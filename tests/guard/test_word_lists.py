"""Lists of phrases in TOML: what a good one does, and what a broken one says."""

from pathlib import Path

import pytest

from safecall.guard.word_lists import WordListError, WordLists

FILE = "[file]\nlang = 'xx'\nconfirmed = 'by nobody'\n"
GROUP = "[[need]]\nid = 'xx.a'\nmeans = 'A.'\n"
EXAMPLES = "yes = ['a']\nno = ['b']\n"


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    # Their plans are not to push the real ones out of the user's folder.
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "xx.toml"


def _lists(path: Path, text: str) -> WordLists:
    path.write_text(text, encoding="utf-8")
    return WordLists(path.parent, "need")


def test_capitals_accents_and_typing_errors_hide_nothing(path: Path) -> None:
    typos = "[typos]\nwords = ['ambulance']\n"
    lists = _lists(path, f"{FILE}{typos}{GROUP}find = ['café', 'ambulance']\n{EXAMPLES}")
    assert lists.groups_in("CAFE") == lists.groups_in("an ambulnace") == {"xx.a"}
    assert lists.groups_in("cave") == set()
    assert lists.lists[0].confirmed == "by nobody"


def test_small_words_joined_to_the_next_one_are_seen_through(path: Path) -> None:
    lists = _lists(path, f"{FILE}[joined]\nbefore = ['ال']\n{GROUP}find = ['نار']\n{EXAMPLES}")
    assert lists.groups_in("النار") == {"xx.a"}
    assert lists.groups_in("الشارع") == set()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "write \\[file\\]"),
        (f"[file]\nlang = 'xx'\n{GROUP}", "confirmed"),
        (f"{FILE}{GROUP}{EXAMPLES}", "xx.a: `find` is missing"),
        (f"{FILE}{GROUP}find = ['a']\nyes = ['a']", "`no` is missing"),
        (f"{FILE}{GROUP}find = ['(a|']\n{EXAMPLES}", "xx.toml, xx.a"),
        (f"{FILE}{GROUP}find = ['a']\n{EXAMPLES}regex = 'x'", "regex is not known here"),
    ],
)
def test_a_broken_list_says_what_to_change(path: Path, text: str, told: str) -> None:
    with pytest.raises(WordListError, match=told):
        _lists(path, text).groups_in("a")
