"""`safecall engagements`: what is recorded, what breaks the promise, and an import of the past."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    help="Engagements with immigration authorities: list, show, import, findings.",
)
_Year = Annotated[int | None, typer.Option("--year", help="Of this year alone.", min=1900)]


@app.command("list")
def list_(year: _Year = None) -> None:
    """List engagements, the newest event first.

    Examples:

        safecall engagements list

        safecall engagements list --year 2026
    """
    _start()
    from safecall.engagements import selectors

    rows = selectors.standing().order_by("-happened_at", "-id")
    if year:
        rows = rows.filter(year=year)
    standing = selectors.standing_codes(rows)
    for one in rows:
        # One line each, for other programs to read.
        found = " ".join(standing.get(one.root_id, []))
        said = f"{one.number}  {selectors.day(one):%Y-%m-%d}  {one.authority}  {one.direction}"
        typer.echo(f"{said}  {one.decision}  {found}".rstrip())
    if not rows:
        typer.echo(f"No engagement{f' in {year}' if year else ''}.")


@app.command()
def show(number: Annotated[str, typer.Argument(help="Such as E-2026-0001.")]) -> None:
    """Show one engagement: what is recorded, its amendments, both tracks, approval, findings.

    Exit code 1: no engagement has this number.

    Examples:

        safecall engagements show E-2026-0001
    """
    from safecall.cli._django import fail

    _start()
    from safecall.engagements import reading, selectors

    root = selectors.by_number(number)
    if root is None:
        fail(f"No engagement has the number {number}. List them: safecall engagements list", code=1)
    latest = selectors.latest(root)
    table = Table("field", f"{root.number}, version {latest.version}")
    for name, value in reading.flat(selectors.facts(latest)).items():
        if value not in (None, "", [], 0, False):
            table.add_row(name, _shown(value))
    for step in selectors.steps(root):
        table.add_row(step.track.label, f"{_shown(step.at)}  {step.step.label}")
    for said in selectors.approvals(root):
        table.add_row("approval", f"{_shown(said.at)}  {said.state.label}")
    for finding in root.policy_findings.order_by("id"):
        state = "settled" if finding.settled_at else "stands"
        table.add_row("finding", f"{finding.get_code_display()} ({state})")
    Console().print(table)


def _start() -> None:
    """Load the applications. Ends with exit code 2 where the database is not up to date."""
    from safecall.cli._django import database_name, fail, pending_migrations, setup

    setup()
    if pending_migrations():
        fail(f"The database ({database_name()}) is not up to date. Run: safecall manage migrate")


def _shown(value: object) -> str:
    from django.utils import timezone

    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%Y-%m-%d %H:%M}"
    if isinstance(value, dict):
        return " / ".join(str(one) for one in value.values() if one)
    if isinstance(value, list):
        return ", ".join(_shown(one) for one in value)
    return "yes" if value is True else str(value)


@app.command()
def template(
    out: Annotated[
        Path | None, typer.Argument(help="Where to write it; else it is printed.")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say what the columns are.")] = False,
) -> None:
    """Print a CSV file to start from, with two invented lines.

    Examples:

        safecall engagements template past.csv

        safecall engagements template --explain
    """
    from safecall.cli._template import explain_columns, give

    _start()
    from safecall.engagements import file

    if explain:
        explain_columns(file.COLUMNS)
    else:
        give("engagements", file.template(), out)


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(help="CSV file, as a spreadsheet saves it.")],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Check and preview; record nothing.")
    ] = False,
) -> None:
    """Check a file line by line, and record it if every line is right.

    The same file given twice records once. Columns that are not known are not read. What breaks
    the promise is recorded like anything else, and becomes a finding. Exit code 1: the file has
    faults, and nothing was recorded.

    Examples:

        safecall engagements import past.csv --dry-run

        safecall engagements import past.csv
    """
    from safecall.cli._django import fail

    _start()
    from safecall.contacts.actions import Actor
    from safecall.engagements import file

    try:
        preview = file.read(path.read_bytes())
    except OSError as error:
        fail(f"{path} cannot be read: {error.strerror}.")
    if preview.faults:
        for fault in preview.faults:
            typer.echo(f"{path}: {fault}", err=True)
        fail(f"{len(preview.faults)} faults; nothing was recorded.", code=1)
    typer.echo(f"New: {len(preview.new)}. Recorded before: {preview.known}.")
    if preview.unread:
        typer.echo(f"{preview.unread} columns are not known; they were not read.")
    if dry_run:
        typer.echo("Nothing was recorded (--dry-run).")
        return
    rows = file.keep(Actor.service(), preview)
    typer.echo(f"Recorded: {', '.join(one.number for one in rows) or 'nothing'}.")


@app.command()
def findings(
    year: _Year = None,
    every: Annotated[bool, typer.Option("--all", help="Also those that were settled.")] = False,
) -> None:
    """Judge what is due, and list what breaks the promise, with what to do next.

    Exit code 1: a finding stands.

    Examples:

        safecall engagements findings

        safecall engagements findings --year 2026 --all
    """
    _start()
    from safecall.engagements import mentioned
    from safecall.engagements.actions import judge_due
    from safecall.engagements.models import PolicyFinding
    from safecall.engagements.wording import NEXT
    from safecall.vocabulary.engagements.outcome import Finding

    judge_due()
    rows = PolicyFinding.objects.select_related("engagement").order_by("raised_at", "id")
    rows = rows if every else rows.filter(settled_at__isnull=True)
    rows = rows.filter(engagement__year=year) if year else rows
    stands = 0
    for one in rows:
        stands += one.settled_at is None
        typer.echo(f"{one.engagement.number}  {one.code}: {one.get_code_display()}")
        typer.echo(f"    {'settled' if one.settled_at else NEXT[Finding(one.code)]}")
    mentions = mentioned.counts()
    if mentions.unsettled:
        typer.echo(
            f"{mentions.unsettled} mentions of an authority wait for more than five business days."
        )
    if stands or mentions.unsettled:
        raise typer.Exit(1)
    typer.echo("No finding stands.")
