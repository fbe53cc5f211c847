"""`safecall replay`: sends the calls of an export through the API of a running service."""

import json
import signal
import threading
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.console import Console

from safecall.cli._bulk import Wanted, one_file
from safecall.cli._bulk import bulk as bulk_door

if TYPE_CHECKING:
    from safecall.feeds.mapping import Mapping
    from safecall.feeds.replay import Summary

ALL_SENT, SOME_REFUSED, WRONG_USE, UNREACHABLE, INTERRUPTED = 0, 1, 2, 3, 130


Files = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="The export: parquet, csv, csv.gz, jsonl or json."),
]
Workers = Annotated[
    int | None,
    typer.Option(
        min=1,
        max=64,
        help="Calls under way at once (4); with --bulk, processes (one a processor).",
    ),
]
Bulk = Annotated[
    bool,
    typer.Option(
        "--bulk", help="Past calls straight into the database, each on its own day, closed."
    ),
]
Point = Annotated[str, typer.Option("--answering-point", help="With --bulk: its code (the first).")]


def replay(
    files: Files,
    mapping: Annotated[
        str, typer.Option(help="sapd, oakland, slo, or the path of a mapping of your own.")
    ] = "",
    limit: Annotated[int | None, typer.Option(min=1, help="Send only the first N rows.")] = None,
    rate: Annotated[str, typer.Option(help="Calls a second, or max.")] = "max",
    url: Annotated[str, typer.Option(help="Where the service runs.")] = "http://127.0.0.1:8000",
    token_file: Annotated[
        Path, typer.Option(help="A file that holds a token with the scope contacts:write.")
    ] = Path("var/replay.token"),
    workers: Workers = None,
    close: Annotated[
        bool, typer.Option("--close", help="Close the contacts that the source says are finished.")
    ] = False,
    refused: Annotated[
        Path | None, typer.Option(help="Write row number and reason of refused rows as JSON lines.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Map every row, send nothing.")
    ] = False,
    bulk: Bulk = False,
    point: Point = "",
    describe: Annotated[
        bool, typer.Option("--describe", help="Propose a mapping for the file, and send nothing.")
    ] = False,
) -> None:
    """Send a department's own calls through the API of a running service, or take them over.

    With --bulk no service is needed: calls of past years become contacts of their own days, with
    numbers of their own years, by the same rules and much faster. Columns that carry immigration
    status are left out and reported. See docs/replay.md.

    A call that was sent before is not opened again, so an interrupted replay is simply started
    again. The exit code is 0 when every row was accepted or was there already, 1 when some were
    refused (with reasons), 2 for a wrong file, mapping or option, 3 when the service could not be
    reached, 130 when interrupted.

    Examples:

        safecall replay calls.parquet --mapping sapd --limit 20000

        safecall replay log.csv.gz --mapping slo --close --refused refused.jsonl

        safecall replay calls.csv --describe > mine.toml

        safecall replay calls.csv --mapping mine.toml --dry-run

        safecall replay 2016.csv 2017.csv --mapping mine.toml --bulk --refused refused.jsonl
    """
    from safecall.feeds.files import FileUnreadable
    from safecall.feeds.mapping import MappingError
    from safecall.feeds.replay import Options
    from safecall.guard import GuardUnavailable

    try:
        if bulk and not describe:
            wanted = Wanted(files, _known(mapping), limit, refused, dry_run, point, workers)
            raise typer.Exit(bulk_door(wanted))
        file = one_file(files)
        if describe:
            _describe(file, limit)
            raise typer.Exit(ALL_SENT)
        options = Options(
            url=url.rstrip("/"),
            token="" if dry_run else _token(token_file),
            workers=workers or 4,
            rate=_rate(rate),
            close=close,
        )
        summary, code = _run(file, mapping, limit, options, dry_run)
    except (FileUnreadable, MappingError, GuardUnavailable, typer.BadParameter) as error:
        _fail(str(error), WRONG_USE)
    _write_refused(refused, summary)
    raise typer.Exit(code)


def _run(
    file: Path, mapping_name: str, limit: int | None, options: Any, dry_run: bool
) -> "tuple[Summary, int]":
    from safecall.feeds import files, mapping_file

    mapping = mapping_file.load(_known(mapping_name))
    export = files.read(file, limit)
    mapping.check_columns(export.columns)
    if dry_run:
        summary = _dry(mapping, export)
        _print(summary, "Nothing was sent (--dry-run).")
        return summary, SOME_REFUSED if summary.refusals else ALL_SENT
    return _send(mapping, export, options)


def _known(mapping_name: str) -> str:
    from safecall.feeds import mapping_file
    from safecall.feeds.mapping import MappingError

    if not mapping_name:
        known = ", ".join(mapping_file.names())
        raise MappingError(f"Which mapping? --mapping {known}, or --describe to propose one.")
    return mapping_name


def _dry(mapping: "Mapping", export: Any) -> "Summary":
    from safecall.feeds.mapping import RowRefused
    from safecall.feeds.replay import Refusal, Summary

    summary = Summary()
    for number, row in export.rows():
        summary.read += 1
        try:
            summary.type_not_mapped += not mapping.call(number, row).type_mapped
        except RowRefused as reason:
            summary.refusals.append(Refusal(number, str(reason)))
    return summary


def _send(mapping: "Mapping", export: Any, options: Any) -> "tuple[Summary, int]":
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    from safecall.feeds.replay import Replay, ServiceUnreachable

    columns = (TextColumn("Sending"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    code = ALL_SENT
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task("", total=len(export))
        run = Replay(mapping, options, progress=lambda: progress.advance(task))
        _stop_on_term(run.stop)
        try:
            run.run(export.rows())
        except ServiceUnreachable as error:
            Console(stderr=True).print(str(error), markup=False)
            code = UNREACHABLE
    if run.summary.interrupted:
        code = INTERRUPTED
    elif run.summary.refusals and not code:
        code = SOME_REFUSED
    _print(run.summary, "Interrupted. Start again to go on." if code == INTERRUPTED else "")
    return run.summary, code


def _stop_on_term(stop: Any) -> None:
    def handle(number: int, frame: FrameType | None) -> None:
        stop()

    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGTERM, handle)


def _print(summary: "Summary", note: str) -> None:
    from rich.table import Table

    console = Console()
    table = Table(show_header=False, box=None)
    for name, value in _figures(summary):
        table.add_row(name, value)
    console.print(table)
    if summary.refusals:
        reasons = Table("Refused because", "Rows")
        for reason, rows in summary.reasons():
            reasons.add_row(reason, f"{rows:,}")
        console.print(reasons, markup=False)
    if note:
        console.print(note)


def _figures(summary: "Summary") -> list[tuple[str, str]]:
    rows = [
        ("Rows read", f"{summary.read:,}"),
        ("Sent", f"{summary.sent:,}"),
        ("Accepted", f"{summary.accepted:,}"),
        ("Already there", f"{summary.already_there:,}"),
        ("Refused", f"{len(summary.refusals):,}"),
        ("Type not in the mapping", f"{summary.type_not_mapped:,}"),
    ]
    if summary.closed:
        rows.append(("Closed", f"{summary.closed:,}"))
    if summary.unanswered and summary.sent:
        rows.append(("Not answered", f"{summary.unanswered:,}"))
    if summary.retries:
        rows.append(("Attempts again", f"{summary.retries:,}"))
    rows += [
        (f"Removed by the guard: {kind}", f"{count:,}")
        for kind, count in sorted(summary.removed.items())
    ]
    if summary.latencies:
        p50, p99 = summary.latency(0.5), summary.latency(0.99)
        rows.append(("p50 / p99", f"{p50:.1f} / {p99:.1f} ms"))
        rows.append(("Contacts a second", f"{summary.accepted / summary.seconds:,.0f}"))
    return rows


def _describe(file: Path, limit: int | None) -> None:
    from safecall.feeds import describe, files

    proposals = describe.propose(files.read(file, limit or 50_000))
    name = file.name.split(".")[0]
    typer.echo(describe.as_toml(proposals, name))
    for proposal in proposals:
        if proposal.reason.startswith("NEVER MAP"):
            typer.echo(f"{proposal.column}: {proposal.reason}", err=True)


def _token(path: Path) -> str:
    try:
        token = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        token = ""
    if not token:
        raise typer.BadParameter(
            f"There is no token in {path}. The demonstration writes var/replay.token; otherwise an "
            "administrator makes one with the scope contacts:write."
        )
    return token


def _rate(text: str) -> float | None:
    if text == "max":
        return None
    try:
        rate = float(text)
    except ValueError:
        rate = 0
    if not 0 < rate < 1e6:
        raise typer.BadParameter("--rate is max, or a number of calls a second above 0.")
    return rate


def _write_refused(path: Path | None, summary: "Summary") -> None:
    if path is None:
        return
    with path.open("w", encoding="utf-8") as out:
        for refusal in sorted(summary.refusals, key=lambda one: one.row):
            line = {"row": refusal.row, "reason": refusal.reason, "status": refusal.status}
            out.write(json.dumps(line) + "\n")


def _fail(message: str, code: int) -> None:
    typer.echo(message, err=True)
    raise typer.Exit(code)
