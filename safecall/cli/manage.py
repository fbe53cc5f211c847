"""`safecall manage`: Django's own management commands with safecall's settings."""

import typer


def manage(ctx: typer.Context) -> None:
    """Run one of Django's management commands with safecall's settings.

    Examples:

        safecall manage migrate              bring the database up to date

        safecall manage createsuperuser

        safecall manage help                 lists them all
    """
    from safecall.cli._django import setup

    setup()
    from django.core.management import execute_from_command_line

    execute_from_command_line(["safecall manage", *ctx.args])
