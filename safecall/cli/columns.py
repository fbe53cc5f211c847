"""``safecall columns``: which columns of an export carry immigration status."""

from __future__ import annotations

import json
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from safecall.cli._rules import stand

if TYPE_CHECKING:
    from safecall.guard.columns import ColumnFinding, ValueFinding
    from safecall.guard.kinds import Kind

NONE, SOME, UNREADABLE = 0, 1, 2
_MOST_SHOWN: Final = 12
#: A value that occurs once may be somebody's own words.
_LEAST_OFTEN: Final = 2


class Format(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    JSON = "json"


def columns(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Exports: parquet, csv, csv.gz, jsonl or json."),
    ],
    form: Annotated[
        Format, typer.Option("--format", help="A table to read, or JSON for a program.")
    ] = Format.TABLE,
) -> None:
    """Say which columns of an export carry immigration status, and why.

    Headers and values are both judged: HOLD_TYPE carries status if one of its codes is a hold of
    an immigration authority. Values are shown only where they are codes that repeat; text, numbers
    and names of persons never are.

    The kind "authority" means a hold, request or contact of an immigration authority: it belongs
    in the engagement records. Columns of any other kind should never reach safecall.

    Exit code 0: no column carries status. 1: at least one does. 2: a file could not be read.

    Examples:

      safecall columns calls.csv.gz

      safecall columns bookings.parquet arrests.csv --format json
    """
    from safecall.guard import GuardUnavailable

    stand()
    judged: dict[Path, list[ColumnFinding]] = {}
    unreadable = False
    try:
        for path in files:
            found = _judged(path)
            unreadable = unreadable or found is None
            if found is not None:
                judged[path] = found
    except GuardUnavailable as error:
        typer.echo(f"Nothing was judged: {error}", err=True)
        raise typer.Exit(UNREADABLE) from None
    if form is Format.JSON:
        typer.echo(json.dumps(_as_json(judged), indent=2))
    else:
        _print(judged)
    if unreadable:
        raise typer.Exit(UNREADABLE)
    raise typer.Exit(SOME if any(judged.values()) else NONE)


def _judged(path: Path) -> list[ColumnFinding] | None:
    """The findings of a file; None, with a message, if it cannot be read."""
    from safecall.feeds import files
    from safecall.guard.columns import judge_table

    try:
        export = files.read(path)
    except files.FileUnreadable as error:
        typer.echo(str(error), err=True)
        return None
    return judge_table({name: export.counts(name) for name in export.columns})


def _shown(one: ColumnFinding) -> list[ValueFinding]:
    return [value for value in one.values if value.count >= _LEAST_OFTEN]


def _as_json(judged: Mapping[Path, list[ColumnFinding]]) -> dict[str, Any]:
    return {
        "files": [
            {"file": str(path), "columns": [_column(one) for one in found]}
            for path, found in judged.items()
        ]
    }


def _column(one: ColumnFinding) -> dict[str, Any]:
    return {
        "column": one.column,
        "kind": one.kind,
        "by": one.by,
        "reason": one.reason,
        "rule": one.rule,
        "source": one.source,
        "share_of_rows": round(one.share, 6),
        "values": [
            {"value": value.value, "count": value.count, "kind": value.kind, "rule": value.rule}
            for value in _shown(one)
        ],
    }


def _print(judged: Mapping[Path, list[ColumnFinding]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    for path, found in judged.items():
        if not found:
            console.print(f"{path}: no column carries status", markup=False, highlight=False)
            continue
        table = Table(title=str(path), title_justify="left", show_lines=True)
        for heading in ("Column", "Carries", "Why", "Values"):
            table.add_column(heading, overflow="fold")
        for one in found:
            why = f"{one.reason}\n{one.rule}"
            table.add_row(*map(Text, (_plain(one.column), one.kind, why, _values(one))))
        console.print(table)
        for rule, source in sorted({one.rule: one.source for one in found}.items()):
            console.print(f"{rule}: {source}", markup=False, highlight=False)


def _values(one: ColumnFinding) -> str:
    shown = _shown(one)
    lines = [_value(value, one.kind) for value in shown[:_MOST_SHOWN]]
    if len(shown) > _MOST_SHOWN:
        lines.append(f"and {len(shown) - _MOST_SHOWN} more")
    if hidden := len(one.values) - len(shown):
        lines.append(f"{hidden} more that occur once")
    return "\n".join(lines) or "not shown"


def _value(one: ValueFinding, kind: Kind) -> str:
    """A code and how often it occurs; its kind, where it is not the column's."""
    return f"{_plain(one.value)}  {one.count:,}" + (f"  {one.kind}" if one.kind != kind else "")


def _plain(text: str) -> str:
    """Without what would move the cursor of a terminal."""
    return "".join(char if char.isprintable() else " " for char in text)
