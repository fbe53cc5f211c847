"""`safecall guard`: the guard's rules, for those who write, check and confirm them."""

from __future__ import annotations

import json
import time
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safecall.cli import rules
from safecall.cli._rules import stand

if TYPE_CHECKING:
    from safecall.guard.figures import Figures

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class Format(StrEnum):
    """How the answer is written."""

    TABLE = "table"
    JSON = "json"


@app.callback()
def guard(ctx: typer.Context) -> None:
    """The guard's rules: languages, examples, a sentence to try, a department's own.

    Examples:

      safecall guard languages

      safecall guard try "Caller says he has no papers"

      safecall guard rules --check /etc/safecall/rules
    """
    stand(quiet=ctx.invoked_subcommand == "rules")


app.command()(rules.rules)


@app.command()
def languages(
    form: Annotated[
        Format, typer.Option("--format", help="A table to read, or JSON for a program.")
    ] = Format.TABLE,
) -> None:
    """Say what there is of each language, and whether a speaker has confirmed it.

    Exit code 0: done. 2: a rule file cannot be read.

    Examples:

      safecall guard languages

      safecall guard languages --format json
    """
    from safecall.guard.engine import folders
    from safecall.guard.figures import figures
    from safecall.guard.kinds import RuleError

    try:
        found = figures(folders(), _evaluation_sets())
    except (RuleError, OSError) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    if form is Format.JSON:
        typer.echo(json.dumps([_as_json(one) for one in found], indent=2, ensure_ascii=False))
    else:
        _print(found)


def _evaluation_sets() -> Path | None:
    """The folder of evaluation sets, which stands beside the package in its repository alone."""
    folder = Path(__file__).resolve().parents[2] / "tests" / "guard" / "eval"
    return folder if folder.is_dir() else None


def _as_json(one: Figures) -> dict[str, object]:
    from safecall.vocabulary.languages import names

    english, autonym = names(one.lang)
    told: dict[str, object] = {"lang": one.lang, "english": english, "autonym": autonym}
    return {
        **told,
        **{
            name: value
            for name, value in asdict(one).items()
            if name != "lang" and value is not None
        },
    }


def _print(found: list[Figures]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, padding=(0, 1, 0, 0), pad_edge=False, header_style="bold")
    headings = {
        "lang": "Tag", "english": "Language", "autonym": "Autonym", "rules": "Rules",
        "examples": "Examples", "todo": "To do", "cases": "Cases", "confirmed": "Confirmed",
    }  # fmt: skip
    rows = [_as_json(one) for one in found]
    shown = [name for name in headings if any(name in row for row in rows)]
    for name in shown:
        number = name in ("rules", "examples", "todo", "cases")
        table.add_column(
            headings[name],
            justify="right" if number else "left",
            max_width=10 if name in ("english", "autonym") else None,
            overflow="fold",
        )
    for row in rows:
        table.add_row(*(Text(str(row.get(name, ""))) for name in shown))
    Console().print(table)


@app.command()
def check(
    lang: Annotated[str | None, typer.Option(help="Only this language, e.g. es.")] = None,
    rule: Annotated[str | None, typer.Option(help="Only rules whose id contains this.")] = None,
) -> None:
    """Hold every rule of ours against its own examples.

    Exit code 0: all hold. 1: one does not; file, line and sentence are named. 2: a file cannot
    be read.

    Examples:

      safecall guard check

      safecall guard check --lang so

      safecall guard check --lang en --rule visa
    """
    from safecall.guard.check import hold

    raise typer.Exit(hold(lang=lang, part=rule))


@app.command(name="try")
def try_(
    texts: Annotated[
        list[str], typer.Argument(metavar="TEXT...", help="Sentences, each in quotes.")
    ],
) -> None:
    """Show what is left of a sentence, what was found, and by which rule.

    Unlike safecall screen it prints the words that it found: it is for writing rules.

    Examples:

      safecall guard try "Caller says he has no papers"

      safecall guard try "tiene papeles" "are you a citizen?"
    """
    from safecall.guard import GuardUnavailable
    from safecall.guard.try_text import main

    try:
        main(texts)
    except GuardUnavailable as error:
        typer.echo(f"Nothing was tried: {error}", err=True)
        raise typer.Exit(2) from None


def _compile_word_lists() -> None:
    """The lists that are run by the guard's engine, on reports and on searches for help."""
    from safecall.guard.word_lists import WordListError
    from safecall.referrals import needs
    from safecall.website import emergency

    try:
        for lists in (emergency.LISTS, needs.LISTS):
            lists.make_ready()
    except (WordListError, OSError) as error:
        typer.echo(f"A list of phrases cannot be compiled: {error}", err=True)
        raise typer.Exit(2) from None


@app.command(name="compile")
def compile_(
    quiet: Annotated[
        bool, typer.Option("--quiet", help="Say nothing where there is nothing to do.")
    ] = False,
) -> None:
    """Compile the rules and keep the result, so that the next start is quick.

    It takes about twenty seconds once, and again when a rule or this release has changed.

    Exit code 0: it is there. 2: a rule file cannot be used.

    Examples:

      safecall guard compile
    """
    from safecall.guard import store
    from safecall.guard.engine import folders, load
    from safecall.guard.kinds import RULES_DIR, RuleError

    _compile_word_lists()
    roots = folders()
    if store.holds(store.digest(*roots)):
        if not quiet:
            typer.echo("The guard's rules are compiled already.")
        return
    from safecall.guard.sieve import Sieve

    typer.echo("Compiling the guard's rules (once)")
    begun = time.monotonic()
    try:
        engine = load(RULES_DIR, beside=roots[1] if len(roots) > 1 else None)
    except (RuleError, OSError) as error:
        typer.echo(f"The rules cannot be compiled: {error}", err=True)
        raise typer.Exit(2) from None
    sieve = Sieve(engine)
    sieve.remains(sieve.passed_over(["a-b"]))  # machine code for columns, kept beside its source
    typer.echo(f"{len(engine.plan.rules)} rules in {time.monotonic() - begun:.0f} s")
    if not store.holds(store.digest(*roots)):
        typer.echo("They could not be kept: the cache folder is not this user's own.", err=True)
