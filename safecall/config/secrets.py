"""Secrets for demonstrations and tests, made on the spot; production brings its own."""

import os
from collections.abc import Callable
from pathlib import Path

from cryptography.fernet import Fernet
from django.core.management.utils import get_random_secret_key

from safecall.interpreting import webpush
from safecall.ledger.note import Signer

DEMO_LEDGER = "demo.safecall.example/ledger"


def kept(path: Path, make: Callable[[], str]) -> str:
    """The secret in `path`; made and kept there, readable by its owner alone, if there is none."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text(encoding="utf-8").strip()
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        value = make()
        file.write(value + "\n")
    return value


def signing_key(directory: Path) -> str:
    """Django's SECRET_KEY for a demonstration."""
    return kept(directory / "secret_key", get_random_secret_key)


def field_keys(directory: Path) -> list[str]:
    """The keys that seal personal columns in a demonstration."""
    return kept(directory / "field_keys", new_field_key).split(",")


def ledger_key(directory: Path) -> str:
    """The key that signs a demonstration's ledger."""
    return kept(directory / "ledger_key", lambda: Signer.new(DEMO_LEDGER).secret())


def web_push_key(directory: Path) -> str:
    """The key by which push services know a demonstration again."""
    return kept(directory / "web_push_key", webpush.new_key)


def new_field_key() -> str:
    """A fresh key for sealed columns: 32 random bytes in URL-safe base64 (Fernet)."""
    return Fernet.generate_key().decode()
