"""`safecall demo`: a demonstration department to try everything with."""

from typing import Annotated

import typer

from safecall.cli._django import fail, pending_migrations, setup


def demo(
    contacts: Annotated[
        int, typer.Option(min=0, max=100_000, help="How many invented calls there should be.")
    ] = 7,
    past: Annotated[
        int, typer.Option(min=0, max=100_000, help="And how many of the two days before.")
    ] = 120,
    reset: Annotated[
        bool, typer.Option("--reset", help="First delete everything in the demonstration.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before deleting.")] = False,
) -> None:
    """Make a demonstration department: staff, units, invented calls, a published ledger, and a
    token for replay.

    What is there already stays as it is. The sign-ins are printed, and kept in
    var/demo-sign-ins.txt; the token for `safecall replay` in var/replay.token.
    Refuses in production, and in a database that holds another department.

    Examples:

        safecall demo

        safecall demo --contacts 500

        safecall demo --reset --yes
    """
    setup()
    from django.conf import settings
    from django.core.management import call_command

    from safecall.demo.build import Built, build, empty
    from safecall.demo.refusal import DemoRefused, refuse_production, refuse_where_real

    try:
        refuse_production()
        settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
        if pending_migrations():
            call_command("migrate", verbosity=0, interactive=False)
        refuse_where_real()
    except DemoRefused as refused:
        fail(str(refused))
    if reset:
        if not yes:
            typer.confirm("Delete all that is in the demonstration's database?", abort=True)
        empty()
    built: Built = build(settings.VAR_DIR, contacts, past)
    typer.echo(f"{built.department}\nUnits: {built.units}. Contacts: {built.contacts:,}.\n")
    typer.echo("Sign in at /desk/ with:")
    for username, password, role in built.staff:
        typer.echo(f"  {username:<11} {password:<20} {role}")
    typer.echo("\nEverything here is invented. Do not enter real calls.")
