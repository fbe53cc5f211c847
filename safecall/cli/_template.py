"""A file to start from, for commands that import a spreadsheet."""

from collections.abc import Mapping
from pathlib import Path

import typer
from rich.console import Console
from rich.table import Table

from safecall.cli._django import fail


def give(command: str, text: str, out: Path | None) -> None:
    """Print the file, or write it to `out`, which must not be there yet.

    `command` is the group of commands that imports it, such as `engagements`.
    """
    if out is None:
        typer.echo(text, nl=False)
        return
    if out.exists():
        fail(f"{out} exists already. Choose another name.")
    # Spreadsheets take a file without this mark for one in their own old encoding.
    out.write_text("\ufeff" + text, encoding="utf-8", newline="")
    typer.echo(f"{out}: fill it in, then run: safecall {command} import {out} --dry-run")


def explain_columns(columns: Mapping[str, str]) -> None:
    """Say what each column is."""
    table = Table("column", "what stands in it")
    for name, meaning in columns.items():
        table.add_row(name, meaning)
    Console().print(table)
