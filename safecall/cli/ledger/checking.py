"""`safecall ledger verify`, `check-proof` and `witness`: for anybody, without a database."""

import json
import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from safecall.cli._django import fail
from safecall.cli.ledger._reading import bar, private_key, source, verifiers
from safecall.ledger import proof as proofs
from safecall.ledger import verify as checks
from safecall.ledger import witness as watching
from safecall.ledger.note import COSIGNATURE
from safecall.ledger.tree import ProofError
from safecall.ledger.verify import Result, Seen, Unreadable

FALSE, UNREADABLE, INCOMPLETE = 1, 2, 3
_KEY_HELP = "The ledger's public key, or a file with it, got from elsewhere. Can be repeated."

Where = Annotated[str, typer.Argument(help="The ledger's address, or a folder with its files.")]
Key = Annotated[list[str] | None, typer.Option("--key", help=_KEY_HELP)]


def verify(
    where: Where,
    key: Key = None,
    seen: Annotated[
        list[str] | None,
        typer.Option(
            "--witness",
            help="What a witness saw: its folder, or one checkpoint as a file or an address. "
            "Can be repeated.",
        ),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the result as JSON.")] = False,
) -> None:
    """Check a published ledger: recompute everything, and say what was proved and what cannot be.

    Exit code 0: all of it holds. 1: something in it is false, or history was rewritten.
    2: it cannot be read. 3: nothing is false, but something that should be there is missing.

    Examples:

      safecall ledger verify https://calls.police.example/ledger

      safecall ledger verify ./copy-of-the-ledger --key ledger.pub --witness ./review-board
    """
    trusted = verifiers(key or [])
    checkpoints = [one for given in seen or [] for one in _seen(given)]
    try:
        with source(where) as read, bar("Checking entries") as progress:
            task = progress.add_task("")
            result = checks.verify(
                read,
                trusted,
                checkpoints,
                lambda done, total: progress.update(task, completed=done, total=total),
            )
    except Unreadable as error:
        fail(f"The ledger cannot be read: {error}", UNREADABLE)
    typer.echo(_as_json(result) if as_json else _in_words(result))
    raise typer.Exit(FALSE if result.faults else INCOMPLETE if result.missing else 0)


def _seen(given: str) -> list[Seen]:
    """The checkpoints that a witness kept: a folder of `witness`, a file or an address."""
    folder = Path(given)
    try:
        if (folder / "seen").is_dir():
            paths = sorted(path for path in (folder / "seen").iterdir() if path.name.isdigit())
            return [Seen(folder.name, path.read_text(encoding="utf-8")) for path in paths]
        if folder.is_file():
            return [Seen(folder.name, folder.read_text(encoding="utf-8"))]
        if given.startswith(("https://", "http://")):
            base, _, name = given.rpartition("/")
            with source(base) as read:
                return [Seen(given, read(name).decode())]
    except (OSError, UnicodeDecodeError, Unreadable) as error:
        fail(f"--witness {given} cannot be read: {error}")
    return fail(f"--witness {given}: there is no such folder, file or address")


def _in_words(result: Result) -> str:
    counts = result.counts
    lines = []
    if result.checkpoint and counts:
        contacts, engagements = counts.get("contact", 0), counts.get("engagement", 0)
        lines += [
            f"{contacts:,} contacts, {engagements:,} engagements with immigration authorities.",
            f"{result.checkpoint.origin}, {result.checkpoint.size:,} entries: "
            + ", ".join(f"{count:,} {kind}" for kind, count in sorted(counts.items())),
        ]
    for title, sentences in (
        ("FALSE", result.faults),
        ("Proved", result.proved),
        ("Missing", result.missing),
        ("What no ledger can prove", checks.LIMITS),
    ):
        if sentences:
            lines += ["", f"{title}:", *(f"  - {sentence}" for sentence in sentences)]
    return "\n".join(lines).strip()


def _as_json(result: Result) -> str:
    point = result.checkpoint
    return json.dumps(
        {
            "origin": point.origin if point else None,
            "size": point.size if point else None,
            "root": point.root.hex() if point else None,
            "counts": result.counts,
            "faults": result.faults,
            "proved": result.proved,
            "missing": result.missing,
            "cannot_be_proved": list(checks.LIMITS),
        },
        indent=2,
    )


def check_proof(
    proof: Annotated[Path, typer.Argument(help="The file with the proof.")],
    key: Key = None,
) -> None:
    """Check a proof that a contact is counted, as `safecall ledger prove` and the website give it.

    It needs no connection: the proof carries the checkpoint that it leads to.

    Exit code 0: it holds. 1: it does not. 2: it cannot be read.

    Example:

      safecall ledger check-proof my.tlog-proof --key ledger.pub
    """
    keys = verifiers(key or [])
    if not keys:
        fail("Say with --key by which key the ledger is signed; it stands at <ledger>/key.")
    try:
        shown = proofs.verify(proof.read_text(encoding="utf-8"), keys)
    except (OSError, UnicodeDecodeError):
        fail(f"{proof} cannot be read.", UNREADABLE)
    except ProofError as error:
        fail(f"This proof does not hold: {error}.", FALSE)
    typer.echo(
        f"This proof holds: entry {shown.index:,} of {shown.checkpoint.size:,} in "
        f"{shown.checkpoint.origin} is {shown.leaf.type} number {shown.leaf.n:,}."
    )
    if shown.record is not None:
        typer.echo(f"It stands for: {json.dumps(shown.record, ensure_ascii=False)}")


def witness(
    where: Where,
    key: Key = None,
    state: Annotated[
        Path, typer.Option(help="The folder in which the witness remembers. Keep copies of it.")
    ] = Path("witness"),
    signing_key: Annotated[
        Path | None, typer.Option(help="The witness's own private key: new-key --witness NAME.")
    ] = None,
) -> None:
    """Look at a ledger, hold it against the last look, and cosign it if it only grew.

    For a review board, a newspaper, a university: run it every day. The cosigned checkpoint is
    printed and kept; give it to the department and to whoever asks.

    Exit code 0: cosigned. 1: HISTORY WAS REWRITTEN; nothing is cosigned and the evidence is kept.
    2: it could not be looked at.

    Example:

      safecall ledger witness https://calls.police.example/ledger --key ledger.pub
        --state /var/lib/witness --signing-key /etc/witness.key
    """
    keys = verifiers(key or [])
    if not keys:
        fail("Say with --key by which key the ledger is signed; get it on paper or by telephone.")
    if signing_key is None:
        fail("Name the witness's own key with --signing-key; make one: new-key --witness NAME")
    signer = private_key(signing_key)
    if signer.kind != COSIGNATURE:
        fail("This is a ledger's key, not a witness's; make one with: new-key --witness NAME")
    errors = Console(stderr=True, soft_wrap=True, highlight=False)
    try:
        with source(where) as read:
            done = watching.witness(read, keys, signer, state, int(time.time()))
    except watching.Rewritten as error:
        errors.print(f"[bold red]{error}[/bold red]")
        raise typer.Exit(FALSE) from None
    except (watching.NotSeen, Unreadable, OSError) as error:
        fail(str(error), UNREADABLE)
    grown = "seen for the first time" if done.before is None else f"{done.before:,} before"
    errors.print(f"Cosigned: {done.size:,} entries ({grown}). Remembered in {state}.")
    typer.echo(done.note, nl=False)
