"""`safecall statement`: what it prints, where it ends, and what it says of wrong options."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from typer.testing import CliRunner

from safecall.accountability.models import Prepared
from safecall.cli.main import app
from safecall.contacts.models import AnsweringPoint, Contact
from safecall.ledger import nil
from safecall.people.models import User
from tests.accountability.department import some_years

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 28, 18, tzinfo=UTC)


@pytest.fixture(autouse=True)
def department(answering_point: AnsweringPoint, sofia: User) -> None:
    some_years(answering_point, sofia)


def _run(*words: str, code: int = 0) -> str:
    with time_machine.travel(NOW, tick=False):
        result: Result = CliRunner().invoke(app, ["statement", *words])
    assert result.exit_code == code, result.output
    return " ".join(result.output.split())


def test_the_decade_as_text() -> None:
    said = _run()
    assert "60 contacts with people" in said
    assert "Border Patrol 2 times about a suspect in a crime" in said


def test_a_period_as_json_in_a_file(tmp_path: Path) -> None:
    out = tmp_path / "statement.json"
    words = ("--from", "2025-01-01", "--to", "2025-12-31", "--format", "json", "--out", str(out))
    assert "Written to" in _run(*words)
    assert json.loads(out.read_text())["contacts"]["total"] == 20


def test_in_spanish() -> None:
    assert "2 veces con la Patrulla Fronteriza" in _run("--lang", "es")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "2025-01-05"), "whole months"),
        (("--from", "yesterday"), "is not a day"),
        (("--from", "2027-01-01"), "first day must lie before"),
        (("--format", "docx"), "Choose one of: text, html, json, csv, pdf"),
        (("--lang", "tlh"), "There is no language"),
        (("--form", "mars"), "Choose one of: ca-values-act"),
        (("--form", "il-trust-act", "--format", "pdf"), "text, json, csv"),
        (("--form", "il-trust-act", "--from", "2025-01-01"), "Give both --from and --to"),
        (("--out", "/no/such/folder/x.txt"), "cannot be written"),
    ],
)
def test_what_is_wrong_is_said(words: tuple[str, ...], said: str) -> None:
    assert said in _run(*words, code=2)


def test_refresh_makes_the_pages() -> None:
    assert "decade, all, 2026, 2025, 2024" in _run("--refresh")
    assert Prepared.objects.filter(key="2025").exists()


def test_check_ends_with_1_where_something_was_changed() -> None:
    _run("--refresh")
    assert "Records, figures and ledger say the same." in _run("--check")
    Contact.objects.filter(channel="text").update(opened_at=NOW)
    said = _run("--check", code=1)
    assert "NO Contacts and the ledger differ" in said
    assert "Find out who changed them" in said


def test_a_form_ends_with_3_until_nil_is_certified() -> None:
    words = ("--form", "or-hb3265", "--from", "2026-03-01", "--to", "2026-03-31")
    assert "ledger nil-return 2026-03" in _run(*words, code=3)
    nil.certify(datetime(2026, 3, 1, tzinfo=UTC).date(), "chief_of_police", NOW.date())
    assert "NIL: there is no record in this period" in _run(*words)


def test_help_has_examples() -> None:
    said = _run("--help")
    assert "safecall statement --form il-trust-act" in said
