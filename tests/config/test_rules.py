"""Rules are put in force in one step, with the ledger's entry, or not at all."""

import logging
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import httpx
import pytest

from safecall.config import accepted, rules
from safecall.guard import engine, screen
from safecall.ledger.append import commit
from safecall.ledger.models import LedgerRow
from safecall.ledger.note import Signer
from tests.guard.support import small_engine
from tests.guard.test_department import LISTS, OWN
from tests.support.service import SAFECALL, Service


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A department's sound folder beside a few rules in place of ours."""
    small_engine(tmp_path / "ours")
    monkeypatch.setattr(rules, "RULES_DIR", tmp_path / "ours")
    folder = tmp_path / "department"
    (folder / "en").mkdir(parents=True)
    (folder / "en" / "fox.toml").write_text(OWN, encoding="utf-8")
    (folder / "en" / "lists.toml").write_text(LISTS, encoding="utf-8")
    before = engine.engine()
    yield folder
    engine.stand_beside(None, before)


def spoil(own: Path) -> None:
    (own / "en" / "fox.toml").write_text("[[rule]]\nid = 'x'\n", encoding="utf-8")


def entries() -> int:
    return LedgerRow.objects.filter(kind=LedgerRow.Kind.RULE_CHANGE).count()


FOX = "He is on the fox list, knife."


def test_activated_rules_are_in_force_and_recorded_once(
    own: Path, tmp_path: Path, db: None
) -> None:
    first, second = rules.activate(own, tmp_path / "var"), rules.activate(own, tmp_path / "var")
    assert (first.rules, first.own, first.recorded, second.recorded) == (5, True, True, False)
    assert screen(FOX).text == "He is on the [removed], knife."
    row = LedgerRow.objects.get(kind=LedgerRow.Kind.RULE_CHANGE)
    record = {"digest": first.digest, "rules": 5}
    assert bytes(row.commitment) == commit(bytes(row.salt or b""), record)
    assert row.subject is None


def test_a_change_and_going_back_are_two_more_entries(own: Path, tmp_path: Path, db: None) -> None:
    rules.activate(own, tmp_path / "var")
    assert not rules.activate(None, tmp_path / "var").own
    assert screen(FOX).text == FOX
    rules.activate(own, tmp_path / "var")
    assert entries() == 3


def test_refused_rules_change_nothing(own: Path, tmp_path: Path, db: None) -> None:
    rules.activate(own, tmp_path / "var")
    before = accepted.accepted(tmp_path / "var")
    spoil(own)
    with pytest.raises(rules.RulesRefused) as refused:
        rules.activate(own, tmp_path / "var")
    assert refused.value.faults[0].startswith(f"{own}/en/fox.toml:1")
    assert accepted.accepted(tmp_path / "var") == before
    assert "fox" not in screen(FOX).text
    assert entries() == 1
    assert len(list((tmp_path / "var" / "guard").iterdir())) == 2


def test_at_start_what_was_accepted_before_stays(
    own: Path, tmp_path: Path, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    rules.activate(own, tmp_path / "var")
    engine.stand_beside(None)
    spoil(own)
    assert rules.at_start(own, tmp_path / "var", production=True).own
    assert "fox" not in screen(FOX).text
    assert [one for one in caplog.records if one.levelno == logging.CRITICAL]


def test_at_start_without_any_accepted_ours_stand_alone_but_not_in_production(
    own: Path, tmp_path: Path, db: None, caplog: pytest.LogCaptureFixture
) -> None:
    spoil(own)
    assert not rules.at_start(own, tmp_path / "var", production=False).own
    assert "stand alone" in caplog.text
    with pytest.raises(rules.RulesRefused):
        rules.at_start(own, tmp_path / "var", production=True)


def test_a_copy_that_somebody_changed_is_not_used(own: Path, tmp_path: Path, db: None) -> None:
    rules.activate(own, tmp_path / "var")
    kept = accepted.accepted(tmp_path / "var")
    assert kept is not None
    (kept.folder / "en" / "fox.toml").write_text(OWN + "# more", encoding="utf-8")
    assert accepted.accepted(tmp_path / "var") is None
    assert not accepted.stand(own, tmp_path / "var")


def test_each_process_finds_the_accepted_rules(own: Path, tmp_path: Path, db: None) -> None:
    rules.activate(own, tmp_path / "var")
    engine.stand_beside(None)
    assert accepted.stand(own, tmp_path / "var")
    assert len(engine.folders()) == 2
    assert accepted.stand(None, tmp_path / "var")
    assert len(engine.folders()) == 1


def test_a_demonstration_starts_without_rules_that_are_missing_and_says_so(
    new_service: Callable[..., Service], tmp_path: Path
) -> None:
    made = new_service(settings={"SAFECALL_RULES_DIR": str(tmp_path / "none")}).start()
    assert httpx.get(made.url).status_code == 200
    assert f"{tmp_path}/none: there is no such folder" in made.log
    count = "from safecall.ledger.models import LedgerRow; print(LedgerRow.objects.count())"
    assert made.python(count) == "1\n"
    made.stop()
    made.start()
    assert made.python(count) == "1\n"


def test_production_does_not_start_without_rules_that_it_was_told_to_use(
    new_service: Callable[..., Service], tmp_path: Path, postgres: str
) -> None:
    made = new_service(postgres)
    made.migrate()
    made.manage("collectstatic", "--no-input", "-v0", "--skip-checks")
    made.environment |= {
        "SAFECALL_ENV": "production",
        "SAFECALL_SECRET_KEY": "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ",
        "SAFECALL_FIELD_KEYS": "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=",
        "SAFECALL_ALLOWED_HOSTS": "calls.police.example",
        "SAFECALL_LEDGER_KEY": Signer.new("calls.police.example/ledger").secret(),
        "SAFECALL_RULES_DIR": str(tmp_path / "none"),
    }
    done = subprocess.run(
        [SAFECALL, "serve", "--port", str(made.port)],
        env=made.environment, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert done.returncode == 2
    assert f"{tmp_path}/none: there is no such folder" in done.stderr
    assert "Traceback" not in done.stderr
