"""`lint`: scripts, forms, templates and catalogues against the question rules."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from safecall.cli.main import app
from safecall.guard.lint import Unreadable, lint_file

runner = CliRunner()


def asked(folder: Path, name: str, text: str) -> list[tuple[int, int, str]]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return [(one.line, one.column, one.words) for one in lint_file(path)]


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("script.txt", "Where are you?\nAre you a citizen?\n", 2),
        ("form.html", "<form>\n<label>Immigration status</label>\n</form>", 2),
        ("form.html", "<p>Are you a <b>citizen</b>?</p>", 1),
        ("form.html", '<p>Hello</p>\n<input name="country_of_birth">', 2),
        ("form.html", '<input\nplaceholder="Place of birth">', 2),
        ("es.po", 'msgid "x"\nmsgstr ""\n"\u00bfTiene "\n"papeles?"\n', 3),
        ("script.toml", '[[question]]\nask = "Are you here legally?"\n', 2),
        ("form.json", '{\n"label": "\\u00bfTiene papeles?"}', 2),
        ("schema.json", '{"immigrationStatus": ""}', 1),
        ("form.py", 'label = "Immigration status"\n', 1),
        ("table.csv", "id,nationality\n1,\n", 1),
    ],
)
def test_what_asks_is_named_by_its_line(tmp_path: Path, name: str, text: str, line: int) -> None:
    assert [one[0] for one in asked(tmp_path, name, text)] == [line]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("page.html", "<p>We will not ask about your immigration status.</p>"),
        ("page.html", "{# never: immigration status #}<p>Marital status</p>"),
        (
            "script.txt",
            "Where are you? What is happening? Is anyone hurt?\nWhat language do you want?",
        ),
        ("script.toml", '# not "Are you a citizen?"\nask = "What did he wear?"\n'),
        ("code.py", "x = 1  # immigration status: has no place here\n"),
    ],
)
def test_what_does_not_ask_is_clean(tmp_path: Path, name: str, text: str) -> None:
    assert asked(tmp_path, name, text) == []


def test_the_command_tells_file_line_and_words(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "ask.txt").write_text("Hello.\nAre you a citizen?", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\xff")
    answer = runner.invoke(app, ["lint", str(tmp_path)])
    assert answer.exit_code == 1
    assert "ask.txt:2:1: Are you a citizen" in answer.stdout
    (tmp_path / "sub" / "ask.txt").write_text("Hello.", encoding="utf-8")
    assert runner.invoke(app, ["lint", str(tmp_path)]).exit_code == 0


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_bytes(b"\xff\xfe")
    answer = runner.invoke(app, ["lint", str(tmp_path / "odd.txt"), str(tmp_path / "none.txt")])
    assert answer.exit_code == 2
    assert "odd.txt" in answer.stderr
    assert "none.txt" in answer.stderr
    with pytest.raises(Unreadable):
        lint_file(tmp_path / "none.txt")


EXEMPT = "Did anyone from the police ask about your immigration status?"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("form.py", f'label = _("{EXEMPT}")\n'),
        ("es.po", f'msgid "{EXEMPT}"\nmsgstr "¿Alguien le preguntó por su estatus migratorio?"\n'),
        (
            "es.po",
            (
                'msgid ""\n"Did anyone from the police ask about your "\n"immigration status?"\n'
                'msgstr ""\n"¿Alguien le preguntó por su "\n"estatus migratorio?"\n'
            ),
        ),
    ],
)
def test_a_reviewed_sentence_passes_in_code_and_catalogues(
    tmp_path: Path, name: str, text: str
) -> None:
    assert asked(tmp_path, name, text) == []


@pytest.mark.parametrize(
    ("name", "text", "line"),
    [
        ("script.toml", f'ask = "{EXEMPT}"\n', 1),
        ("form.html", f"<label>{EXEMPT}</label>\n", 1),
        ("script.txt", f"{EXEMPT}\n", 1),
        ("form.py", 'label = _("Tell us about your immigration status:")\n', 1),
        ("form.py", f'label = _("{EXEMPT}")\nother = _("Are you a citizen?")\n', 2),
        ("es.po", f'msgid "{EXEMPT}"\nmsgstr "x"\n\nmsgid "y"\nmsgstr "¿Tiene papeles?"\n', 5),
    ],
)
def test_it_passes_nowhere_else_and_nothing_with_it(
    tmp_path: Path, name: str, text: str, line: int
) -> None:
    assert [one[0] for one in asked(tmp_path, name, text)] == [line]


def test_there_is_one_reviewed_sentence_and_it_has_its_reason() -> None:
    from safecall import guard
    from safecall.guard.exempt import SENTENCES

    assert set(SENTENCES) == {EXEMPT}
    assert all(len(reason) > 100 for reason in SENTENCES.values())
    assert guard.ask(EXEMPT), "the guard itself knows no exception"
