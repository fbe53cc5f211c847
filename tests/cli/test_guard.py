"""`safecall guard`: languages, examples, a sentence to try, and compiling once."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from safecall.cli.main import app
from safecall.guard.figures import NOT_CONFIRMED, figures
from safecall.guard.rules import languages
from safecall.vocabulary.languages import names

RULE = '[[rule]]\nid = "{}"\nflag = ["[a]", "[b]"]\npass = ["c"]\ntodo = ["d"]\n'


def _run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["guard", *words])
    return result.exit_code, result.output


def test_every_language_has_its_names_and_no_more_trust_than_it_earned() -> None:
    code, told = _run("languages", "--format", "json")
    assert code == 0
    rows = {row["lang"]: row for row in json.loads(told)}
    assert list(rows) == languages()
    assert rows["zh"]["autonym"] == "中文"
    assert all(row["english"] != tag and row["rules"] and row["cases"] for tag, row in rows.items())
    assert NOT_CONFIRMED in _run("languages")[1]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("", NOT_CONFIRMED),
        ("written by developers", NOT_CONFIRMED),
        ("written on 2026-11-01, not confirmed by a speaker", NOT_CONFIRMED),
        ("2026-11-01", NOT_CONFIRMED),
        ("a court interpreter", NOT_CONFIRMED),
        ("A. Warsame, 2026-12-01", "1 of 2 files: A. Warsame, 2026-12-01"),
    ],
)
def test_only_who_and_when_is_a_confirmation(tmp_path: Path, said: str, told: str) -> None:
    (tmp_path / "so").mkdir()
    (tmp_path / "so" / "a.toml").write_text(f'[file]\nconfirmed = "{said}"\n{RULE.format("a")}')
    (tmp_path / "so" / "b.toml").write_text(RULE.format("b"))
    (tmp_path / "so" / "lists.toml").write_text('[list]\nx = ["y"]')
    [one] = figures([tmp_path])
    assert (one.rules, one.examples, one.todo, one.cases, one.confirmed) == (2, 6, 2, None, told)


def test_contexts_count_with_their_examples(tmp_path: Path) -> None:
    (tmp_path / "so").mkdir()
    (tmp_path / "so" / "a.toml").write_text(RULE.format("a"))
    (tmp_path / "so" / "contexts.toml").write_text('[[context]]\nflag = ["x"]\npass = ["y", "z"]')
    [one] = figures([tmp_path])
    assert (one.rules, one.contexts, one.examples) == (1, 1, 6)


def test_a_language_nobody_has_named_keeps_its_tag() -> None:
    assert names("xx") == ("xx", "xx")
    assert names("so") == ("Somali", "Soomaali")


def test_a_sentence_can_be_tried() -> None:
    code, told = _run("try", "He is an undocumented immigrant, knife.")
    assert code == 0
    assert "[removed], knife." in told
    assert "en.statement" in told


def test_examples_can_be_checked_by_language() -> None:
    code, told = _run("check", "--lang", "ksw")
    assert code == 0
    assert " rules and " in told
    assert "0 not held" in told
    assert _run("check", "--lang", "xx")[0] == 2


def test_compiling_is_done_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    code, told = _run("compile", "--quiet")
    assert code == 0
    assert "Compiling the guard's rules (once)" in told
    assert _run("compile", "--quiet") == (0, "")
    assert "already" in _run("compile")[1]


@pytest.mark.parametrize("name", ["languages", "check", "try", "compile", "rules"])
def test_help_has_an_example(name: str) -> None:
    assert f"safecall guard {name}" in _run(name, "--help")[1].split("Examples:")[1]


def test_faults_of_a_department_are_told_and_end_with_1(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "a.toml").write_text("\n[[rule]]\nid = 'x'\n", encoding="utf-8")
    code, told = _run("rules", "--check", str(tmp_path))
    assert code == 1
    assert f"{tmp_path}/en/a.toml:2 (x): `kind` must be one of" in told
    assert "1 faults" in told
    assert _run("rules", "--check", str(tmp_path), "--activate")[0] == 2


def test_ours_alone_are_recorded_once(db: None) -> None:
    first, second = _run("rules", "--activate"), _run("rules", "--activate")
    assert "recorded in the ledger" in first[1]
    assert "Nothing has changed" in second[1]
    digest = _run("rules")[1].split("SHA-256: ")[1].strip()
    assert len(digest) == 64
    assert digest in first[1]
