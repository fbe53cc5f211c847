"""``safecall translations``: how far the public pages are in each language."""

from __future__ import annotations

from typing import Annotated

import typer
from babel.messages.pofile import PoFileError
from rich.console import Console
from rich.table import Table

from safecall.vocabulary.written import BY_TAG
from safecall.website import catalogues
from safecall.website.catalogues import State


def translations(
    faults: Annotated[
        bool, typer.Option("--faults", help="Exit code 1 where a catalogue is not complete.")
    ] = False,
    accepted: Annotated[
        bool, typer.Option("--accepted", help="Print what readers suggested and a clerk accepted.")
    ] = False,
) -> None:
    """How far the public pages are in each language, and which speaker confirmed it.

    A language is offered on the pages when every text is translated; `make setup` compiles it.

    Examples:

      safecall translations

      safecall translations --faults

      safecall translations --accepted
    """
    if accepted:
        _print_accepted()
        return
    table = Table("tag", "language", "", "texts", "state", "confirmed by", box=None, pad_edge=False)
    unfinished = 0
    for one in BY_TAG.values():
        if one.tag == "en":
            table.add_row("en", one.english, one.endonym, "", "the source", "")
            continue
        try:
            found = catalogues.state(one)
        except PoFileError as error:
            typer.echo(f"{catalogues.path(one)}: {error}", err=True)
            raise typer.Exit(2) from None
        if found is None:
            table.add_row(one.tag, one.english, one.endonym, "", "no catalogue", "")
            continue
        unfinished += not found.complete
        confirmed = found.confirmed_by or "nobody yet"
        table.add_row(one.tag, one.english, one.endonym, str(found.texts), _told(found), confirmed)
    Console(soft_wrap=True).print(table)
    if faults and unfinished:
        raise typer.Exit(1)


def _print_accepted() -> None:
    """Better translations, for whoever keeps the catalogues."""
    from safecall.cli._django import setup

    setup()
    from safecall.texts import selectors
    from safecall.texts.models import Suggestion

    found = list(selectors.suggestions(Suggestion.State.ACCEPTED))
    for one in found:
        typer.echo(f"{one.lang}\n  now:    {one.wrong or '(not said)'}\n  better: {one.better}\n")
    if not found:
        typer.echo("Nothing is accepted. Suggestions wait at /desk/texts/suggestions.")


def _told(found: State) -> str:
    if found.complete:
        return "offered" if catalogues.compiled(found.language) else "complete; run: make setup"
    parts = [f"{found.missing} missing"] if found.missing else []
    parts += [f"{found.unsure} unsure"] if found.unsure else []
    return f"not offered: {', '.join(parts)}"
