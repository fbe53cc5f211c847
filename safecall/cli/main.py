"""The `safecall` command: one table of sub-commands, each loaded when it is called."""

import importlib
import importlib.util
from importlib.metadata import version as installed_version
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

# Name -> module and function. The order is that of `safecall --help`.
COMMANDS = {
    "serve": "safecall.cli.serve:serve",
    "demo": "safecall.cli.demo:demo",
    "decade": "safecall.cli.decade:decade",
    "screen": "safecall.cli.screen:screen",
    "lint": "safecall.cli.lint:lint",
    "guard": "safecall.cli.guard:app",
    "ledger": "safecall.cli.ledger:app",
    "columns": "safecall.cli.columns:columns",
    "replay": "safecall.cli.replay:replay",
    "sip": "safecall.cli.sip:sip",
    "ali": "safecall.cli.ali:ali",
    "plan": "safecall.cli.plan:app",
    "simulate": "safecall.cli.simulate:app",
    "engagements": "safecall.cli.engagements:app",
    "interpreters": "safecall.cli.interpreters:app",
    "policy": "safecall.cli.policy:app",
    "translations": "safecall.cli.translations:translations",
    "statement": "safecall.cli.statement:statement",
    "referrals": "safecall.cli.referrals:app",
    "feedback": "safecall.cli.feedback:app",
    "retention": "safecall.cli.retention:retention",
    "check": "safecall.cli.check:check",
    "manage": "safecall.cli.manage:manage",
}
# These hand everything, `--help` included, to Django.
_PASS_ON = {"manage": {"allow_extra_args": True, "ignore_unknown_options": True}}


class _Lazy(TyperGroup):
    """Loads a sub-command when it is named: `safecall screen` needs no Django."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [name for name, at in COMMANDS.items() if importlib.util.find_spec(at.split(":")[0])]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in COMMANDS:
            return None
        module, function = COMMANDS[cmd_name].split(":")
        found = getattr(importlib.import_module(module), function)
        if isinstance(found, typer.Typer):  # a command with sub-commands of its own
            group = typer.main.get_command(found)
            group.name = cmd_name
            return group
        passes_on = cmd_name in _PASS_ON
        single = typer.Typer(add_completion=False, rich_markup_mode="rich")
        single.command(
            cmd_name, context_settings=_PASS_ON.get(cmd_name), add_help_option=not passes_on
        )(found)
        command = typer.main.get_command(single)
        command.name = cmd_name
        return command


app = typer.Typer(
    cls=_Lazy,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    # A traceback with local variables would print what people typed.
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(installed_version("safecall"))
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Calling the police is a safe choice, and this is the software that keeps it one.

    Nobody is asked about immigration status; what is said of it is removed before it is kept.

    Examples:

        safecall demo             make a demonstration department

        safecall serve            start the service on http://127.0.0.1:8000

        echo "He has no papers" | safecall screen

        safecall serve --help     explains a command, with examples
    """
