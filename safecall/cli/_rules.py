"""The department's own rules, for the sub-commands that need no Django."""

import os

import typer


def stand(*, quiet: bool = False) -> None:
    """Let the accepted rules stand beside ours, if SAFECALL_RULES_DIR is set.

    Where none were accepted, ours are used alone; standard error says so, unless `quiet`.
    """
    if not os.environ.get("SAFECALL_RULES_DIR", "").strip():
        return
    from safecall.config import accepted, env

    settings = env.from_process()
    var_dir = settings.path("VAR_DIR", "var")
    if not accepted.stand(settings.path("RULES_DIR"), var_dir) and not quiet:
        typer.echo(
            "The rules of SAFECALL_RULES_DIR were never accepted and are not used. "
            "Run: safecall guard rules --activate",
            err=True,
        )
