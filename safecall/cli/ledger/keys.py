"""`safecall ledger new-key` and `change-key`."""

import os
from pathlib import Path
from typing import Annotated

import typer

from safecall.cli._django import fail, pending_migrations, setup
from safecall.cli.ledger._reading import private_key
from safecall.ledger.note import COSIGNATURE, ED25519, NoteError, Signer


def new_key(
    name: Annotated[
        str, typer.Argument(help="The ledger's name, such as calls.police.example/ledger.")
    ],
    out: Annotated[Path, typer.Option(help="The file for the private key; it must not exist.")],
    witness: Annotated[bool, typer.Option("--witness", help="A witness's key.")] = False,
) -> None:
    """Make a key (Ed25519). The private half goes into a file of mode 600, the public is printed.

    Keep a copy of the private half apart from the service, and print the public one on paper.

    Examples:

      safecall ledger new-key calls.police.example/ledger --out /etc/safecall/ledger_key

      safecall ledger new-key review-board.example/witness --witness --out witness.key
    """
    try:
        key = Signer.new(name, COSIGNATURE if witness else ED25519)
        handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except NoteError as error:
        fail(f"{name}: {error}.")
    except OSError as error:
        fail(f"{out}: {error.strerror}. The key needs a file that is not there yet.")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(key.secret() + "\n")
    typer.echo(str(key.verifier))


def change_key(
    new: Annotated[Path, typer.Argument(help="The file with the new private key.")],
) -> None:
    """Hand the ledger over to a new key of the same name.

    The key configured now signs the change and, once more, the ledger, together with the new one.
    Afterwards configure the new key (SAFECALL_LEDGER_KEY_FILE) and restart the service.

    Example:

      safecall ledger change-key /etc/safecall/ledger_key_2027
    """
    signer = private_key(new)
    setup()
    if missing := pending_migrations():
        fail(f"The database lacks {missing} migrations. Run: safecall manage migrate")
    from django.utils import timezone

    from safecall.ledger import signing

    try:
        signing.begin()
        head = signing.change_key(signer, timezone.now())
    except signing.KeyRefused as error:
        fail(str(error), 1)
    typer.echo(
        f"From entry {head.size - 1:,} on the ledger's key is\n{signer.verifier}\n"
        f"Configure it now: SAFECALL_LEDGER_KEY_FILE={new}, and restart the service."
    )
