"""`safecall policy`: written by one person, published by another, without code."""

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from safecall.cli.main import app
from safecall.people.models import User
from safecall.texts import actions, selectors
from safecall.texts.models import Version

pytestmark = pytest.mark.django_db


def _run(*words: str) -> Result:
    return CliRunner().invoke(app, ["policy", *words])


def test_from_a_file_to_in_force(tmp_path: Path, ruth: User, sofia: User) -> None:
    file = tmp_path / "policy.md"
    file.write_text("# Calls\n\nWe help everyone.", encoding="utf-8")
    kept = _run("edit", "--by", "ruth", "--from", str(file), "--changed", "All of it.")
    assert kept.exit_code == 0, kept.output
    id_ = str(Version.objects.get().pk)[:8]
    assert id_ in kept.output
    assert "<h2>Calls</h2>" in _run("preview", id_).output
    assert _run("propose", id_, "--by", "ruth").exit_code == 0
    refused = _run("publish", id_, "--by", "ruth")
    assert refused.exit_code == 2
    assert selectors.current("policy", "en") is None
    assert "Version 1 is in force" in _run("publish", id_, "--by", "sofia").output
    listed = _run("list").output
    assert "Lindqvist" in listed
    assert "Reyes" in listed


def test_in_an_editor(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ruth: User) -> None:
    editor = tmp_path / "editor"
    editor.write_text('#!/bin/sh\nprintf "More.\\n" >>"$1"\n', encoding="utf-8")
    editor.chmod(0o700)
    monkeypatch.setenv("VISUAL", str(editor))
    assert _run("edit", "--by", "ruth").exit_code == 0
    assert Version.objects.get().body.endswith("More.")
    assert "8 U.S.C. 1373" in Version.objects.get().body, "the model to start from"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["edit", "--by", "nobody", "--from", "FILE"], "There is no open account nobody"),
        (["edit", "--by", "amina", "--from", "FILE"], "may not write texts"),
        (["edit", "--by", "ruth", "--from", "missing.md"], "does not exist"),
        (["preview", "ffff"], "No version begins with ffff"),
    ],
)
def test_a_clear_no(tmp_path: Path, ruth: User, amina: User, words: list[str], told: str) -> None:
    file = tmp_path / "policy.md"
    file.write_text("# Calls", encoding="utf-8")
    result = _run(*[str(file) if word == "FILE" else word for word in words])
    assert result.exit_code == 2
    assert told in result.output


def test_what_asks_is_refused(tmp_path: Path, ruth: User) -> None:
    file = tmp_path / "policy.md"
    file.write_text("What is your visa number?", encoding="utf-8")
    result = _run("edit", "--by", "ruth", "--from", str(file))
    assert result.exit_code == 2
    assert "never ask" in result.output


def test_translations_and_what_was_accepted(ruth: User) -> None:
    run = CliRunner().invoke
    shown = run(app, ["translations"]).output
    assert "Spanish" in shown
    assert "nobody yet" in shown
    assert "Nothing is accepted" in run(app, ["translations", "--accepted"]).output
    one, _ = actions.suggest("es", "Folleto", "Volante")
    actions.settle(ruth, one, accepted=True)
    assert "better: Volante" in run(app, ["translations", "--accepted"]).output
