"""`safecall statement`: what the department did, in numbers that the ledger backs."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safecall.cli._django import fail, pending_migrations, setup

if TYPE_CHECKING:
    from safecall.accountability import files

DIFFERS = 1
INCOMPLETE = 3


def statement(
    since: Annotated[
        str, typer.Option("--from", help="First day, the first of a month, such as 2017-01-01.")
    ] = "",
    until: Annotated[
        str, typer.Option("--to", help="Last day, the last of a month, such as 2026-12-31.")
    ] = "",
    form: Annotated[str, typer.Option("--format", help="text, html, json, csv or pdf.")] = "text",
    regime: Annotated[
        str,
        typer.Option(
            "--form",
            help="A state's form instead: il-trust-act, ca-values-act, nj-2018-6, or-hb3265, "
            "nyc-14-154 or ct-trust-act. As text, json or csv.",
        ),
    ] = "",
    lang: Annotated[str, typer.Option(help="The language, such as en or es.")] = "en",
    out: Annotated[
        Path | None, typer.Option(help="Write it to this file instead of printing it.")
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="Compare records, figures and ledger; print no more.")
    ] = False,
    refresh: Annotated[
        bool,
        typer.Option("--refresh", help="Make the public pages' figures of now; print no more."),
    ] = False,
    everything: Annotated[
        bool, typer.Option("--everything", help="Count every month anew, not only what changed.")
    ] = False,
) -> None:
    """Print the statement: contacts, engagements exactly, and what backs the figures.

    Without --from and --to it covers ten calendar years, the one that goes on included. Counts of
    1 to 10 about residents stay hidden, in every format; tables by language are made once, after
    their year.

    A form covers the last of its periods that is over (a year, half-year or month). What is nil has
    to be certified: safecall ledger nil-return. The wordings of the forms are ours, from memory.

    Exit code 0: done; with --check, nothing differs. 1: --check found a difference. 2: an option
    or a setting is wrong. 3: with --form, a month is neither recorded nor certified as nil.

    Examples:

      safecall statement --from 2017-01-01 --to 2026-12-31

      safecall statement --format pdf --out statement.pdf

      safecall statement --refresh        (as a nightly job; ledger publish does it too)

      safecall statement --check

      safecall statement --form il-trust-act

      safecall statement --form or-hb3265 --from 2026-10-01 --to 2026-10-31 --format csv
    """
    setup()
    if missing := pending_migrations():
        fail(f"The database lacks {missing} migrations. Run: safecall manage migrate")
    if regime:
        _form(regime, since, until, form, out)
    elif check:
        _check()
    elif refresh:
        _refresh(everything)
    else:
        _print(since, until, form, lang, out, everything)


def _print(
    since: str, until: str, form: str, lang: str, out: Path | None, everything: bool
) -> None:
    from django.conf import settings
    from django.utils import timezone, translation

    from safecall.accountability import files, periods, statement, tally

    wanted = _format(form)
    if lang not in dict(settings.LANGUAGES):
        fail(f"There is no language {lang!r}. Choose one of: {', '.join(dict(settings.LANGUAGES))}")
    decade = periods.on_pages(None, timezone.localdate())[periods.DECADE]
    try:
        period = periods.Period(_day(since) or decade.first, _day(until) or decade.last)
    except periods.BadPeriod as error:
        fail(str(error))
    if wanted is files.Format.PDF and out is None and sys.stdout.isatty():
        fail("A PDF cannot be shown here. Say where to write it: --out statement.pdf")
    tally.refresh(everything=everything)
    with translation.override(lang):
        try:
            made = files.write(statement.make(period), wanted)
        except files.NoPdf as error:
            fail(str(error))
    _put(made, out)


def _form(code: str, since: str, until: str, form: str, out: Path | None) -> None:
    from safecall.accountability import periods, tally
    from safecall.accountability.forms import filling, reading, showing

    known = reading.regimes()
    if code not in known:
        fail(f"There is no form {code!r}. Choose one of: {', '.join(known)}")
    writers = {"text": showing.as_text, "json": showing.as_json, "csv": showing.as_csv}
    if form not in writers:
        fail(f"A form comes in these formats: {', '.join(writers)}.")
    if bool(since) != bool(until):
        fail("Give both --from and --to, or neither for the last period that is over.")
    first, last = _day(since), _day(until)
    try:
        period = periods.Period(first, last) if first and last else None
    except periods.BadPeriod as error:
        fail(str(error))
    tally.refresh()
    made = filling.fill(known[code], period)
    _put(writers[form](made).encode(), out)
    if not filling.is_complete(made):
        for note in showing.notes(made) if form != "text" else ():
            typer.echo(note, err=True)
        raise typer.Exit(INCOMPLETE)


def _put(made: bytes, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(made)
        sys.stdout.buffer.flush()
        return
    try:
        out.write_bytes(made)
    except OSError as error:
        fail(f"{out} cannot be written: {error.strerror}")
    typer.echo(f"Written to {out}: {len(made):,} bytes.", err=True)


def _refresh(everything: bool) -> None:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    from safecall.accountability import statement

    columns = (TextColumn("Making statements"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=None)
        keys = statement.prepare(
            everything=everything,
            progress=lambda done, of: progress.update(task, completed=done, total=of),
        )
    typer.echo(f"Made for the public pages: {', '.join(keys)}.")


def _check() -> None:
    from safecall.accountability import check

    result = check.check()
    for mark, sentences in (
        ("ok  ", result.agrees),
        ("open", result.open),
        ("NO  ", result.differs),
    ):
        for sentence in sentences:
            typer.echo(f"{mark} {sentence}")
    if not result.sound:
        typer.echo("The records are not those that the ledger holds. Find out who changed them.")
        raise typer.Exit(DIFFERS)
    typer.echo("Records, figures and ledger say the same.")


def _format(typed: str) -> files.Format:
    from safecall.accountability import files

    try:
        return files.Format(typed)
    except ValueError:
        fail(f"There is no format {typed!r}. Choose one of: {', '.join(files.Format)}")


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        fail(f"{typed!r} is not a day. Write it as 2017-01-01.")
