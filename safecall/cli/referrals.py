"""`safecall referrals`: the directory of offices that help."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="The directory of offices that help: to start one, import and export (HSDS 3.0).",
)

_SHOWN = 20


@app.command()
def start() -> None:
    """Make the services to start with, where they are missing: 911, 211, 988, the offices of the
    senators and the representative, legal aid, a hospital, a shelter, a consulate.

    No number is made up: an office without one is reached through 211 until a clerk has asked it.
    What a clerk changed stays.

    Examples:

        safecall referrals start
    """
    from safecall.cli._django import fail, setup

    setup()
    from safecall.guard import GuardUnavailable
    from safecall.referrals.seed import seed

    try:
        made = seed()
    except GuardUnavailable:
        fail("The guard does not load, so no text is kept. Run: safecall check")
    typer.echo(f"New services: {made}. Confirm them on the desk, under Referrals.")


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write it: .json or .zip (tables).")],
    everything: Annotated[
        bool,
        typer.Option("--all", help="Also inactive services, and numbers that nobody confirmed."),
    ] = False,
) -> None:
    """Write the directory as HSDS 3.0: JSON, or a zip of CSV tables.

    Without --all it holds what the public sees. With it, it can be read in again whole.

    Examples:

        safecall referrals export services.json

        safecall referrals export --all directory.zip
    """
    from safecall.cli._django import fail, setup

    setup()
    import json

    from safecall.referrals import selectors
    from safecall.referrals.hsds import out, tables, terms

    if file.suffix not in {".json", ".zip"}:
        fail("Name a file that ends in .json or .zip.")
    if file.exists():
        fail(f"{file} exists already. Choose another name.")
    found = selectors.services(active_only=not everything)
    services = [out.service(one, everything=everything) for one in found]
    if file.suffix == ".zip":
        content = tables.write(services, [out.term(code) for code in terms.TERMS])
    else:
        content = json.dumps(services, ensure_ascii=False, indent=2).encode()
    try:
        file.write_bytes(content)
    except OSError as error:
        fail(f"{file} cannot be written: {error.strerror}.")
    typer.echo(f"{file}: {len(services)} services.")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="HSDS 3.0: JSON, or a zip of CSV tables.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check and preview; keep nothing.")
    ] = False,
) -> None:
    """Check a file service by service, and keep it if all of it is right.

    What is there stays; the same id again changes its service. An import confirms nothing: the
    numbers of new services are shown once a clerk has confirmed them. Persons are left out. A file
    with which a chain would go round, or end at nobody, is refused. Exit code 1: the file has
    faults, and nothing was kept.

    Examples:

        safecall referrals import services.json --dry-run

        safecall referrals import directory.zip
    """
    from safecall.cli._django import fail, setup

    setup()
    from safecall.guard import GuardUnavailable
    from safecall.referrals.hsds.bring import bring, preview

    try:
        done = (preview if dry_run else bring)(file.read_bytes())
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}.")
    except GuardUnavailable:
        fail("The guard does not load, so no text is kept. Run: safecall check")
    for notice in done.notices:
        typer.echo(f"left out: {notice}")
    if done.faults:
        for fault in done.faults:
            typer.echo(f"{file}: {fault}", err=True)
        fail(f"{len(done.faults)} faults; nothing was kept.", code=1)
    typer.echo(f"New: {_named(done.new)}")
    typer.echo(f"Changed: {_named(done.changed)}")
    typer.echo(f"The same: {done.same}")
    if done.ended:
        typer.echo(f"To be confirmed again: {_named(done.ended)}")
    typer.echo("Nothing was kept (--dry-run)." if dry_run else "Kept.")


def _named(names: list[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return f"{len(names)} ({', '.join(names[:_SHOWN])}{more})" if names else "none"
