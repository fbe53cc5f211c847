"""`safecall referrals`: start, export, import."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from safecall.cli.main import app
from safecall.referrals.models import Service
from safecall.referrals.seed import SEEDS

pytestmark = pytest.mark.django_db


def _run(*words: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["referrals", *words])
    return result.exit_code, result.output


@pytest.mark.parametrize("name", ["directory.json", "directory.zip"])
def test_start_export_import(tmp_path: Path, name: str) -> None:
    assert f"New services: {len(SEEDS)}" in _run("start")[1]
    file = tmp_path / name
    assert _run("export", "--all", str(file)) == (0, f"{file}: {len(SEEDS)} services.\n")
    code, told = _run("import", str(file), "--dry-run")
    assert code == 0
    assert f"The same: {len(SEEDS)}" in told
    assert "Nothing was kept" in told
    assert "exists already" in _run("export", str(file))[1]


def test_a_fault_is_told_by_its_place_and_nothing_is_kept(tmp_path: Path) -> None:
    file = tmp_path / "services.json"
    file.write_text('[{"id": "1", "name": "x", "status": "active"}]')
    code, told = _run("import", str(file))
    assert code == 1
    assert "service 1, id: HSDS wants a UUID here." in told
    assert "nothing was kept" in told
    assert not Service.objects.exists()


def test_what_cannot_be_read_or_written_is_told(tmp_path: Path) -> None:
    assert "cannot be read" in _run("import", str(tmp_path / "none.json"))[1]
    assert "ends in .json or .zip" in _run("export", str(tmp_path / "x.txt"))[1]
    assert "cannot be written" in _run("export", str(tmp_path / "no" / "x.json"))[1]


@pytest.mark.parametrize("command", ["start", "export", "import"])
def test_help_shows_examples(command: str) -> None:
    assert "Examples:" in _run(command, "--help")[1]
