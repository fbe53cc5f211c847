"""`safecall replay --bulk`: an export's calls as contacts, straight into the database."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

import typer
from rich.console import Console

from safecall.cli._django import fail, pending_migrations, setup
from safecall.cli._feed import answering_point

if TYPE_CHECKING:
    from rich.progress import Progress

    from safecall.contacts.models import AnsweringPoint
    from safecall.feeds.bulk import Tally
    from safecall.feeds.files import Stream
    from safecall.feeds.mapping import Mapping

ALL_THERE, SOME_REFUSED, INTERRUPTED = 0, 1, 130


@dataclass(frozen=True, slots=True)
class Wanted:
    """What was asked for on the command line."""

    files: list[Path]
    mapping: str
    limit: int | None = None
    refused: Path | None = None
    dry_run: bool = False
    answering_point: str = ""
    workers: int | None = None


def bulk(wanted: Wanted) -> int:
    """Import each file in turn; the exit code.

    Raises `FileUnreadable`, `MappingError`, `GuardUnavailable`.
    """
    setup()
    from safecall.feeds import files, mapping_file

    if missing := pending_migrations():
        fail(f"The database lacks {missing} migrations. Run: safecall manage migrate")
    mapping = mapping_file.load(wanted.mapping)
    streams = [files.stream(path, wanted.limit) for path in wanted.files]
    for stream in streams:
        mapping.check_columns(stream.columns)
    point = answering_point(wanted.answering_point)
    code = ALL_THERE
    with _refusals(wanted.refused) as out:
        for stream in streams:
            tally = imported(stream, mapping, point, wanted, out)
            show(tally, stream.path, wanted)
            if tally.interrupted:
                return INTERRUPTED
            code = SOME_REFUSED if tally.refused else code
    return code


def imported(
    stream: "Stream",
    mapping: "Mapping",
    point: "AnsweringPoint",
    wanted: Wanted,
    out: IO[str] | None = None,
) -> "Tally":
    """One file, with a bar on standard error."""
    from safecall.feeds import bulk as door

    def refused(number: int, reason: str) -> None:
        if out:
            line = {"file": stream.path.name, "row": number, "reason": reason}
            out.write(json.dumps(line) + "\n")

    with _bar("Checking" if wanted.dry_run else "Opening") as progress:
        task = progress.add_task("", total=len(stream), rate="")

        def tell(tally: "Tally") -> None:
            rate = f"{tally.read / tally.seconds:,.0f} rows/s" if tally.seconds else ""
            progress.update(task, completed=tally.read, rate=rate)

        return door.run(
            stream,
            door.Plain(mapping, point),
            dry_run=wanted.dry_run,
            workers=wanted.workers,
            refused=refused,
            progress=tell,
        )


def show(tally: "Tally", path: Path, wanted: Wanted) -> None:
    """What became of a file's rows, on standard output."""
    console = Console()
    console.print(str(path), markup=False, highlight=False, soft_wrap=True)
    for name, value in _figures(tally, dry_run=wanted.dry_run):
        console.print(f"  {name:<34}{value:>12}", markup=False, highlight=False)
    for one in tally.dropped:
        used = "left out" if one.used else "not read in any case"
        line = f"  Column {one.finding.column}: {one.finding.kind}, {one.finding.reason}; {used}"
        console.print(f"{line}, {one.cells:,} rows", markup=False, highlight=False)
    for reason, count in tally.reasons.most_common():
        console.print(f"  {count:>9,} refused: {reason}", markup=False, highlight=False)
    if wanted.dry_run:
        console.print("Nothing was written (--dry-run).")
    if tally.interrupted:
        console.print("Interrupted. Start the same command again to go on; nothing opens twice.")


def _figures(tally: "Tally", *, dry_run: bool) -> Iterator[tuple[str, str]]:
    yield "Rows read", f"{tally.read:,}"
    if not dry_run:
        yield "Opened", f"{tally.opened:,}"
        yield "of them closed", f"{tally.closed:,}"
        yield "Already there", f"{tally.already_there:,}"
    yield "Refused", f"{tally.refused:,}"
    yield "Type not in the mapping", f"{tally.type_not_mapped:,}"
    for kind, count in sorted(tally.removed.items()):
        yield f"Removed by the guard: {kind}", f"{count:,}"
    if tally.seconds:
        yield "Rows a second", f"{tally.read / tally.seconds:,.0f}"


@contextmanager
def _refusals(path: Path | None) -> Iterator[IO[str] | None]:
    if path is None:
        yield None
        return
    try:
        out = path.open("w", encoding="utf-8")
    except OSError as error:
        fail(f"--refused {path}: {error.strerror}.")
    with out:
        yield out


def _bar(what: str) -> "Progress":
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeRemainingColumn,
    )

    return Progress(
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
        console=Console(stderr=True),
        transient=True,
    )


def one_file(files: list[Path]) -> Path:
    """The only file of a replay through the API."""
    if len(files) != 1:
        raise typer.BadParameter("Several files need --bulk; otherwise give one.")
    return files[0]
