"""`safecall interpreters`: the roster from a spreadsheet."""

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Interpreters and vendors: a file to start from, and its import.",
)


@app.command()
def template(
    out: Annotated[
        Path | None, typer.Argument(help="Where to write it; else it is printed.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say what the columns are.")] = False,
) -> None:
    """Print a CSV file to start from, with three invented lines.

    Examples:

        safecall interpreters template roster.csv

        safecall interpreters template --explain
    """
    from safecall.cli._django import setup
    from safecall.cli._template import explain_columns, give

    setup()
    from safecall.interpreting import roster_file

    if explain:
        explain_columns(roster_file.COLUMNS)
    else:
        give("interpreters", roster_file.template(), out)


@app.command("push-key")
def push_key() -> None:
    """Print a fresh key for SAFECALL_WEB_PUSH_KEY: rings to interpreters whose page is closed.

    Keep it: with another key the interpreters' browsers have to be asked again.

    Example:

        safecall interpreters push-key
    """
    from safecall.interpreting.webpush import new_key

    typer.echo(new_key())


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV file, as a spreadsheet saves it.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check and preview; keep nothing.")
    ] = False,
) -> None:
    """Check a file line by line, and keep it if every line is right.

    What is there stays; the same code again changes its interpreter or vendor. An immigration
    authority is refused. Exit code 1: the file has faults, and nothing was kept.

    Examples:

        safecall interpreters import roster.csv --dry-run

        safecall interpreters import roster.csv
    """
    from safecall.cli._django import fail, setup

    setup()
    from safecall.guard import GuardUnavailable
    from safecall.interpreting import roster_file

    try:
        preview = roster_file.read(file.read_bytes())
        if preview.faults:
            for fault in preview.faults:
                typer.echo(f"{file}: {fault}", err=True)
            fail(f"{len(preview.faults)} faults; nothing was kept.", code=1)
        typer.echo(f"New: {', '.join(preview.new) or 'none'}")
        typer.echo(f"Changed: {', '.join(preview.changed) or 'none'}")
        if dry_run:
            typer.echo("Nothing was kept (--dry-run).")
            return
        typer.echo(f"Kept: {roster_file.keep(preview)} interpreters and vendors.")
    except OSError as error:
        fail(f"{file} cannot be read: {error.strerror}.")
    except GuardUnavailable:
        fail("The guard does not load, so no text is kept. Run: safecall check")
