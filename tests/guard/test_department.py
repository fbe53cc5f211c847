"""A department's own rules are held to the same checks as ours, together with ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from safecall.guard import store
from safecall.guard.department import check
from safecall.guard.engine import load
from tests.guard.support import small_engine, words_found

OWN = """
[[rule]]
id = "dept.en.fox"
kind = "statement"
means = "Says that a person is on the fox list."
find = ["fox list [of {place}]", "{code} person*"]
flag = ["He is on the [fox list of Mexico].", "a [blue person]"]
pass = ["a fox"]
"""
LISTS = '[list]\ncode = ["blue"]\n'


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Ours, a few rules."""
    small_engine(tmp_path / "ours")
    return tmp_path / "ours"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """The department's folder, sound."""
    folder = tmp_path / "department"
    (folder / "en").mkdir(parents=True)
    (folder / "en" / "fox.toml").write_text(OWN, encoding="utf-8")
    (folder / "en" / "lists.toml").write_text(LISTS, encoding="utf-8")
    return folder


def change(own: Path, old: str, new: str) -> None:
    path = own / "en" / "fox.toml"
    assert old in OWN
    path.write_text(OWN.replace(old, new), encoding="utf-8")


def test_sound_rules_work_beside_ours_and_with_our_lists(root: Path, own: Path) -> None:
    found = check(own, root)
    assert (found.faults, found.rules, found.examples) == ((), 1, 3)
    assert store.holds(store.digest(root, own))
    engine = load(root, beside=own)
    assert words_found(engine, "a blue person, lpr") == ["blue person", "lpr"]


def test_their_lists_replace_ours_for_their_rules_alone(root: Path, own: Path) -> None:
    (own / "lists.toml").write_text('[list]\nplace = ["atlantis"]', encoding="utf-8")
    change(own, "list of Mexico", "list of Atlantis")
    assert check(own, root).faults == ()
    engine = load(root, beside=own)
    assert words_found(engine, "born in mexico") == ["born in mexico"]
    assert words_found(engine, "born in atlantis") == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('"dept.en.fox"', '"en.card"', "en/fox.toml:2: the id en.card is already used at en/rules"),
        ("means =", "meaning =", "en/fox.toml:2 (dept.en.fox): unknown key ['meaning']"),
        ("{code}", "{nothing}", "en/fox.toml:2 (dept.en.fox): find: no list is called {nothing}"),
        ("find = [", "find = [[", "en/fox.toml:"),
        ("[[rule]]", "[rule]", "en/fox.toml:1: a rule begins with [[rule]]"),
        ("[blue person]", "[blue] person", "en/fox.toml:2: dept.en.fox; example: a [blue] person"),
        ('["a fox"]', '["a fox list"]', "en/fox.toml:2: dept.en.fox; example: a fox list"),
        ("{code} person*", '{code} person*", "green card stock', "en.card holds to stay whole"),
    ],
)
def test_a_fault_is_told_with_file_line_and_reason(
    root: Path, own: Path, old: str, new: str, told: str
) -> None:
    change(own, old, new)
    [fault] = check(own, root).faults
    assert fault.startswith(f"{own}/en/fox.toml:")
    assert told in fault


def test_no_rule_takes_from_what_a_context_holds(root: Path, own: Path) -> None:
    context = """
[[context]]
id = "en.context.promise"
means = "a promise"
ahead = ["nobody asks"]
flag = ["He has a [green card]."]
pass = ["On the fox list: nobody asks for a green card."]
"""
    (root / "en" / "contexts.toml").write_text(context, encoding="utf-8")
    [fault] = check(own, root).faults
    assert "dept.en.fox takes [fox list] out of a sentence that en.context.promise holds" in fault


def test_every_fault_is_told_at_once(root: Path, own: Path) -> None:
    (own / "stray.toml").write_text("", encoding="utf-8")
    (own / "english").mkdir()
    (own / "english" / "a.toml").write_text("x = [", encoding="utf-8")
    (own / "en" / "a.toml").write_text("\n\nx = ", encoding="utf-8")
    (own / "en" / "b.toml").write_bytes(b"# \xff")
    (own / "en" / "triggers.toml").write_text('[trigger]\nwords = ["x"]', encoding="utf-8")
    change(own, '["a fox"]', '["a fox list"]')
    faults = "\n".join(check(own, root).faults)
    for told in (
        f"{own}/stray.toml:1: put the file into",
        f"{own}/english: a folder is named",
        f"{own}/en/a.toml:3:",
        f"{own}/en/b.toml:1: is not UTF-8",
        f"{own}/en/triggers.toml:1: only [abbreviated], [joined], [triggers] may stand here",
    ):
        assert told in faults


def test_their_lists_may_have_faults_of_their_own(root: Path, own: Path) -> None:
    (own / "en" / "lists.toml").write_text('[list]\n\ncode = ["{none}"]', encoding="utf-8")
    [fault] = check(own, root).faults
    assert fault.startswith(f"{own}/en/lists.toml:3: list code: no list is called {{none}}")


def test_a_folder_that_is_missing_or_empty_is_a_fault(root: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    [missing] = check(tmp_path / "none", root).faults
    [empty] = check(tmp_path / "empty", root).faults
    assert missing.startswith(f"{tmp_path}/none: there is no such folder")
    assert empty.startswith(f"{tmp_path}/empty: there are no rules")


def test_the_digest_is_of_rule_files_alone(root: Path, own: Path) -> None:
    before = store.rules_digest(root, own)
    (own / "README").write_text("words", encoding="utf-8")
    assert store.rules_digest(root, own) == before
    change(own, "a fox", "a vixen")
    assert store.rules_digest(root, own) != before
