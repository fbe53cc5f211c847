"""What the service starts with, and what production refuses."""

import os
import subprocess
import sys
from pathlib import Path

from safecall.config.secrets import new_field_key
from safecall.ledger.note import Signer

ROOT = Path(__file__).resolve().parents[2]
SOUND = {
    "SAFECALL_ENV": "production",
    "SAFECALL_SECRET_KEY": "".join(chr(33 + 7 * n % 90) for n in range(60)),
    "SAFECALL_FIELD_KEYS": new_field_key(),
    "SAFECALL_LEDGER_KEY": Signer.new("calls.police.example/ledger").secret(),
    "SAFECALL_ALLOWED_HOSTS": "calls.police.example",
    "SAFECALL_DATABASE_URL": "postgresql://safecall@db.example/safecall",
}

PRINT_SETTINGS = """
from safecall.config import settings as s
print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT,
      s.SECURE_HSTS_SECONDS > 0, s.DEBUG, s.SECRET_KEY, s.FIELD_KEYS)
"""


def start(tmp_path: Path, **settings: str) -> subprocess.CompletedProcess[str]:
    """Read the settings in a process of its own and print a few of them."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith("SAFECALL_")}
    return subprocess.run(
        [sys.executable, "-c", PRINT_SETTINGS],
        env={**kept, "SAFECALL_VAR_DIR": str(tmp_path / "var"), **settings},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_with_sound_settings_starts_protected(tmp_path: Path) -> None:
    done = start(tmp_path, **SOUND)

    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("True True True True False ")
    assert not (tmp_path / "var").exists()


def test_production_names_everything_that_is_wrong_at_once(tmp_path: Path) -> None:
    done = start(
        tmp_path,
        SAFECALL_ENV="production",
        SAFECALL_DEBUG="true",
        SAFECALL_HTTPS="false",
        SAFECALL_WORKERS="2",
        SAFECALL_DATABASE_URL="sqlite:///var/demo.sqlite3",
        SAFECALL_RETENTION_DAYS="never",
    )

    assert done.returncode != 0
    for name in (
        "DEBUG", "SECRET_KEY", "FIELD_KEYS", "LEDGER_KEY", "ALLOWED_HOSTS", "HTTPS", "HSTS_SECONDS",
        "WORKERS",        "DATABASE_URL names the demonstration", "RETENTION_DAYS",
    ):  # fmt: skip
        assert f"SAFECALL_{name}" in done.stderr


def test_production_without_a_database_is_refused(tmp_path: Path) -> None:
    done = start(tmp_path, **{**SOUND, "SAFECALL_DATABASE_URL": ""})

    assert "SAFECALL_DATABASE_URL must be sqlite:///path or postgresql://" in done.stderr


def test_a_key_that_is_none_is_refused_without_being_shown(tmp_path: Path) -> None:
    copied_badly = SOUND["SAFECALL_LEDGER_KEY"][:-6]
    wrong = {"SAFECALL_LEDGER_KEY": copied_badly, "SAFECALL_LEDGER_WITNESSES": "nobody"}
    done = start(tmp_path, **{**SOUND, **wrong})

    assert "SAFECALL_LEDGER_KEY is not a key of the ledger" in done.stderr
    assert "SAFECALL_LEDGER_WITNESSES holds something" in done.stderr
    assert copied_badly not in done.stderr


def test_production_refuses_weak_secrets_without_showing_them(tmp_path: Path) -> None:
    weak = {**SOUND, "SAFECALL_SECRET_KEY": "hunter2" * 10, "SAFECALL_FIELD_KEYS": "hunter2"}
    done = start(tmp_path, **weak)

    assert "SAFECALL_SECRET_KEY must be 50 random characters" in done.stderr
    assert "SAFECALL_FIELD_KEYS holds a key that is not 32 bytes" in done.stderr
    assert "hunter2" not in done.stderr


def test_a_demonstration_makes_its_secrets_once_for_its_owner_alone(tmp_path: Path) -> None:
    first, second = start(tmp_path), start(tmp_path)

    assert first.returncode == 0, first.stderr
    assert first.stdout == second.stdout
    made = sorted((tmp_path / "var" / "secrets").iterdir())
    assert [path.name for path in made] == [
        "field_keys",
        "ledger_key",
        "secret_key",
        "web_push_key",
    ]
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in made)
    assert start(tmp_path / "another").stdout != first.stdout


def test_a_wrong_setting_ends_the_command_with_words_not_a_traceback(tmp_path: Path) -> None:
    done = subprocess.run(
        [Path(sys.executable).parent / "safecall", "check"],
        env={**os.environ, "SAFECALL_HTTPS": "yes", "SAFECALL_VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 2
    assert "SAFECALL_HTTPS must be true or false." in done.stderr
    assert "Traceback" not in done.stderr
