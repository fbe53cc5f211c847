"""``safecall lint``: hold scripts, forms, templates and catalogues against the question rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from safecall.cli._rules import stand
from safecall.guard import GuardUnavailable
from safecall.guard.lint import Unreadable, files_under, lint_file


def lint(
    files: Annotated[
        list[Path],
        typer.Argument(metavar="FILE...", help="Files, or directories to look through."),
    ],
) -> None:
    """Refuse a script, form, template or translation that asks about immigration status.

    Exit code 0: nothing asks. 1: something does; each line of the answer is
    file:line:column, the words, and the rule. 2: a file could not be read.

    Examples:

      safecall lint scripts/

      safecall lint templates/report.html locale/es/LC_MESSAGES/django.po
    """
    stand()
    asked = unreadable = 0
    for path in (file for given in files for file in files_under(given)):
        try:
            found = lint_file(path)
        except Unreadable as error:
            typer.echo(str(error), err=True)
            unreadable += 1
            continue
        except GuardUnavailable as error:
            typer.echo(f"Nothing was checked: {error}", err=True)
            raise typer.Exit(2) from None
        asked += len(found)
        for one in found:
            typer.echo(f"{path}:{one.line}:{one.column}: {one.words}  ({one.rule})")
    if asked:
        typer.echo(f"{asked} places ask what is never asked: take the words out.", err=True)
    if unreadable:
        raise typer.Exit(2)
    raise typer.Exit(1 if asked else 0)
