"""`safecall retention`: destroy personal details whose time is over."""

from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn


def retention(
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say how many contacts are due; destroy nothing.")
    ] = False,
    days: Annotated[
        int | None,
        typer.Option(min=0, help="Days after closing; without it, SAFECALL_RETENTION_DAYS."),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask before destroying.")] = False,
) -> None:
    """Destroy the personal details of contacts that were closed long enough ago.

    Names, callbacks, places, notes, drafts and receipts go; numbers, types, times and counts stay.
    Codes of referrals go as many days after their last step, words of feedback as many after their
    month, those of a complaint after it was settled. What is destroyed cannot be brought back.

    Examples:

        safecall retention --dry-run

        safecall retention --yes            (as a nightly job)

        safecall retention --days 30
    """
    from safecall.cli._django import setup

    setup()
    from django.conf import settings

    from safecall.contacts.retention import destroy, due
    from safecall.feedback import retention as said
    from safecall.referrals import retention as referral_codes

    console = Console(soft_wrap=True)
    keep = settings.RETENTION_DAYS if days is None else days
    waiting, coded = due(days=keep).count(), referral_codes.due(keep).count()
    what = f"{waiting:,} contacts closed {keep} days ago or earlier"
    words = said.due(days=keep).count()
    codes = (
        f"{coded:,} steps of referrals that old have a code, and {words:,} answers and complaints "
        "their words."
    )
    if dry_run or not (waiting or coded or words):
        console.print(f"{what} have personal details. {codes} Nothing was destroyed.")
        return
    if not yes:
        console.print(codes)
        typer.confirm(f"Destroy the personal details of {what}? This is final", abort=True)
    columns = (TextColumn("Destroying"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("", total=waiting)
        done = destroy(days=keep, progress=lambda count: progress.update(task, completed=count))
    console.print(f"Personal details of {done:,} contacts are destroyed; the counts stay.")
    if coded:
        gone = referral_codes.forget_codes(keep)
        console.print(f"Codes of {gone:,} steps of referrals are destroyed; the counts stay.")
    if words:
        gone = said.destroy(days=keep)
        console.print(f"Words of {gone:,} answers and complaints are destroyed; the counts stay.")
