"""`safecall check`: whether this installation keeps what it promises."""

from collections.abc import Iterator
from typing import Annotated

import typer

from safecall.cli._django import database_name, pending_migrations, setup

OK, NOTE, FAULT = "ok", "note", "FAULT"


def check(
    new_field_key: Annotated[
        bool,
        typer.Option("--new-field-key", help="Only print a fresh key for SAFECALL_FIELD_KEYS."),
    ] = False,
) -> None:
    """Check settings, rules, models, forms and the database; exit 1 where something is wrong.

    Every rule of the guard is held against its own examples, and every model, form and question
    against the rules. In production also: what must never be open, missing or left from a
    demonstration.

    Examples:

        safecall check

        SAFECALL_ENV=production safecall check

        safecall check --new-field-key
    """
    if new_field_key:
        from safecall.config.secrets import new_field_key as make

        typer.echo(make())
        return
    setup()
    faults = 0
    for result, what in _results():
        faults += result == FAULT
        typer.echo(f"{result:<6}{what}")
    typer.echo(f"{faults or 'No'} fault{'' if faults == 1 else 's'}.")
    raise typer.Exit(1 if faults else 0)


def _results() -> Iterator[tuple[str, str]]:
    from django.conf import settings

    yield OK, f"Settings are sound ({settings.ENVIRONMENT})"
    yield from _guard()
    yield from _applications(deployed=settings.ENVIRONMENT == "production")
    yield from _database(deployed=settings.ENVIRONMENT == "production")


def _guard() -> Iterator[tuple[str, str]]:
    """Every rule against its own examples."""
    from safecall.guard.check import check_contexts, check_rules, count_examples
    from safecall.guard.contexts import load_contexts
    from safecall.guard.engine import folders, load
    from safecall.guard.rules import RuleError, load_rules

    own = folders()[1:]
    beside = own[0] if own else None
    try:
        rules, engine = load_rules(beside=beside), load(beside=beside)
        contexts = load_contexts()
    except RuleError as error:
        yield FAULT, f"The guard's rules do not load, so no text would be kept: {error}"
        return
    yield from _rules_in_force(len(rules), len(rules) - len(load_rules()) if own else 0)
    failures = [*check_rules(rules, engine), *check_contexts(contexts, engine)]
    for failure in failures:
        yield FAULT, str(failure)
    if not failures:
        examples = count_examples(rules) + count_examples(contexts)
        told = f"{len(rules)} rules and {len(contexts)} contexts"
        yield OK, f"The guard's {told} hold in all their {examples} examples"


def _rules_in_force(rules: int, own: int) -> Iterator[tuple[str, str]]:
    """Which rules are in force, and whether the department's are those of its folder."""
    from django.conf import settings

    from safecall.guard import store
    from safecall.guard.engine import folders

    digest = store.rules_digest(*folders())
    yield OK, f"In force are {rules} rules, {own} of them the department's own (SHA-256 {digest})"
    if settings.RULES_DIR is None:
        return
    if not own:
        yield FAULT, "The rules of SAFECALL_RULES_DIR were never accepted and are not in force"
    elif store.rules_digest(settings.RULES_DIR) != store.rules_digest(folders()[1]):
        yield (
            NOTE,
            (
                "SAFECALL_RULES_DIR has changed since its rules were accepted; "
                "run safecall guard rules --activate"
            ),
        )


def _applications(deployed: bool) -> Iterator[tuple[str, str]]:
    """Django's checks with safecall's own: text has one door, status has no place."""
    from django.core.checks import ERROR, run_checks

    from safecall.guard import GuardUnavailable

    try:
        messages = run_checks(include_deployment_checks=deployed)
    except GuardUnavailable as error:
        yield FAULT, f"Models and forms cannot be checked: {error}"
        return
    for message in messages:
        hint = f" {message.hint}" if message.hint else ""
        yield (
            FAULT if message.level >= ERROR else NOTE,
            f"{message.obj or ''} {message.msg}{hint} ({message.id})".strip(),
        )
    if not messages:
        yield OK, "Models, forms and questions name no status, and free text has one door"


def _database(deployed: bool) -> Iterator[tuple[str, str]]:
    """Reached, up to date, and in production without a demonstration's people."""
    missing = pending_migrations()
    if missing:
        remedy = "run safecall manage migrate" if deployed else "safecall serve applies them"
        yield (
            FAULT if deployed else NOTE,
            f"The database ({database_name()}) lacks {missing} migrations; {remedy}",
        )
    else:
        yield OK, f"The database is up to date ({database_name()})"
