"""`safecall guard rules`: a department's own rules, checked and put in force."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from safecall.config.rules import InForce


def rules(
    check: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Check the rules in this folder; change nothing."),
    ] = None,
    activate: Annotated[
        bool, typer.Option("--activate", help="Put the rules of SAFECALL_RULES_DIR in force.")
    ] = False,
) -> None:
    """Say which rules are in force; check a department's own, or put them in force.

    A department's folder is laid out like ours: <language>/<topic>.toml, with lists.toml where it
    has lists. Its rules are checked together with ours, which takes up to a minute, and every
    fault is told with file, line and reason. Rules with a fault are refused as a whole; what was
    in force stays so. A running service uses activated rules from its next start on.

    Exit code 0: done. 1: the rules have faults. 2: something else is wrong, such as the settings.

    Examples:

      safecall guard rules

      safecall guard rules --check /etc/safecall/rules

      SAFECALL_RULES_DIR=/etc/safecall/rules safecall guard rules --activate
    """
    if check is not None and activate:
        raise typer.BadParameter("--check changes nothing, --activate does; choose one")
    if check is not None:
        _check(check)
    elif activate:
        _activate()
    else:
        _show()


def _check(folder: Path) -> None:
    from safecall.guard import department
    from safecall.guard.kinds import RuleError

    typer.echo("Checking these rules together with ours (up to a minute)", err=True)
    try:
        found = department.check(folder)
    except (RuleError, OSError) as error:
        _end(f"The rules cannot be checked: {error}", 2)
    for fault in found.faults:
        typer.echo(fault)
    told = f"{found.rules} rules, {found.examples} examples, {len(found.faults)} faults"
    _end(told, 1 if found.faults else 0)


def _activate() -> None:
    from safecall.cli._django import pending_migrations, setup

    setup()
    from django.conf import settings

    from safecall.config.rules import RulesRefused, activate
    from safecall.guard.kinds import RuleError

    if missing := pending_migrations():
        _end(f"The database lacks {missing} migrations. Run: safecall manage migrate", 2)
    try:
        done = activate(settings.RULES_DIR, settings.VAR_DIR)
    except RulesRefused as refused:
        for fault in refused.faults:
            typer.echo(fault)
        _end("The rules are refused. What was in force stays in force.", 1)
    except (RuleError, OSError) as error:
        _end(f"The rules cannot be put in force: {error}", 2)
    _tell(done)


def _tell(done: InForce) -> None:
    whose = "ours and the department's own" if done.own else "ours alone"
    typer.echo(f"In force: {done.rules} rules, {whose}\nSHA-256: {done.digest}")
    if done.recorded:
        typer.echo("The change is recorded in the ledger; a running service needs a restart.")
    else:
        typer.echo("Nothing has changed.")


def _show() -> None:
    from safecall.guard import GuardUnavailable, store
    from safecall.guard.engine import engine, folders

    try:
        count = len(engine().plan.rules)
    except GuardUnavailable as error:
        _end(str(error), 2)
    whose = "ours alone" if len(folders()) == 1 else "ours and the department's own"
    typer.echo(f"In force: {count} rules, {whose}\nSHA-256: {store.rules_digest(*folders())}")


def _end(message: str, code: int) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(code)
