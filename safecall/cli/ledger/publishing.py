"""`safecall ledger publish`, `prove`, `nil-return` and `telephone`: the department's own."""

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from safecall.cli._django import fail, pending_migrations, setup
from safecall.cli.ledger._reading import bar, private_key

REFUSED = 1


def publish(
    to: Annotated[
        Path | None,
        typer.Option(help="Also write the files into this folder, for another web server."),
    ] = None,
    cosigned: Annotated[
        list[Path] | None,
        typer.Option(help="Take in a checkpoint that a witness cosigned. Can be repeated."),
    ] = None,
) -> None:
    """Release the days and months that are due, sign the ledger, and write its files. Then make the
    figures of the public pages (`safecall statement --refresh`).

    Run it every night. What is not due yet waits: a day until it is over and, with its
    neighbours, has 50 contacts; a month until ten days after its end.

    Exit code 0: done. 1: refused, such as by a key that is not the ledger's. 2: settings.

    Examples:

      safecall ledger publish

      safecall ledger publish --to /srv/www/ledger --cosigned review-board.checkpoint
    """
    _setup()
    from django.utils import timezone

    from safecall.accountability import statement
    from safecall.contacts import counted, numbering
    from safecall.ledger import files, release, signing
    from safecall.ledger.note import NoteError

    try:
        signing.begin()
        while numbering.number_pending():
            pass
        with bar("Releasing") as progress:
            task = progress.add_task("", total=release.waiting_contacts())
            done = release.release(
                timezone.localdate(),
                counted.counted,
                progress=lambda count: progress.update(task, completed=count),
            )
        head = signing.sign(timezone.now())
        for path in cosigned or []:
            names = signing.add_cosignatures(path.read_text(encoding="utf-8"))
            typer.echo(f"Cosigned by {', '.join(names)}.")
        with bar("Making statements") as progress:
            task = progress.add_task("")
            statement.prepare(
                progress=lambda at, total: progress.update(task, completed=at, total=total)
            )
    except (signing.KeyRefused, NoteError, OSError, UnicodeDecodeError) as error:
        _refuse(str(error))
    typer.echo(
        f"Released: {done.entries:,} entries, {done.days} epochs of days, {done.months} months. "
        f"The ledger has {head.size:,} entries; {release.waiting_contacts():,} contacts wait."
    )
    if to:
        with bar("Writing files") as progress:
            task = progress.add_task("")
            count = files.write(
                to, lambda at, total: progress.update(task, completed=at, total=total)
            )
        typer.echo(f"Written to {to}: {count:,} files.")


def prove(
    receipt: Annotated[str, typer.Argument(help="The code on a caller's receipt.")],
    out: Annotated[Path | None, typer.Option(help="Write the proof to this file.")] = None,
) -> None:
    """Make the proof that the contact of a receipt is counted in the public ledger.

    Only on the caller's own wish: the proof says when they called.

    Exit code 0: made. 1: there is none (yet); it says why.

    Example:

      safecall ledger prove 7ZK4M-... --out caller.tlog-proof
    """
    _setup()
    from safecall.contacts import counted, receipts
    from safecall.ledger.prove import NoProof

    contact = receipts.find(receipt)
    if contact is None:
        _refuse("No contact has this code. Check each letter and number.")
    try:
        proof = counted.proof(contact)
    except NoProof as error:
        _refuse(str(error))
    if out:
        out.write_text(proof, encoding="utf-8")
        typer.echo(f"Written to {out}. Check it with: safecall ledger check-proof {out} --key ...")
    else:
        typer.echo(proof, nl=False)


def nil_return(
    month: Annotated[str, typer.Argument(help="The month, such as 2026-10.")],
    role: Annotated[str, typer.Option(help="The office that certifies, such as chief_of_police.")],
    signing_key: Annotated[
        Path | None, typer.Option(help="The office's own private key, if it has one.")
    ] = None,
) -> None:
    """Certify that a month had no contact with an immigration authority.

    The office stands in the public ledger, the person does not. An engagement of that month that
    is found later shows that the certificate was false.

    Example:

      safecall ledger nil-return 2026-10 --role chief_of_police
    """
    _setup()
    from django.utils import timezone

    from safecall.ledger import nil

    try:
        first = datetime.strptime(month, "%Y-%m").date()  # noqa: DTZ007  a month has no zone
    except ValueError:
        fail("Write the month as year and month, such as 2026-10.")
    signer = private_key(signing_key) if signing_key else None
    try:
        nil.certify(first, role, timezone.localdate(), signer)
    except nil.NilRefused as error:
        _refuse(str(error))
    typer.echo(f"{month}: certified as nil by {role}. It is public after: safecall ledger publish")


def telephone(
    day: Annotated[str, typer.Argument(help="The day, such as 2026-11-27.")],
    first: Annotated[int, typer.Option(help="The telephone system's first number of the day.")],
    last: Annotated[int, typer.Option(help="Its last number of the day.")],
    count: Annotated[int, typer.Option(help="How many calls it counted.")],
) -> None:
    """Enter what the telephone system counted on a day, to be sealed beside our own count.

    Best by a job that reads it from the telephone system. What was entered once stays.

    Example:

      safecall ledger telephone 2026-11-27 --first 40311 --last 40588 --count 271
    """
    _setup()
    from django.utils import timezone

    from safecall.ledger import telephone as room

    try:
        when = date.fromisoformat(day)
    except ValueError:
        fail("Write the day as 2026-11-27.")
    try:
        late = room.report(when, first, last, count, timezone.localdate())
    except room.TelephoneRefused as error:
        _refuse(str(error))
    typer.echo(f"{day}: kept." + (" The day was sealed before, so it is sealed anew." * late))


def _setup() -> None:
    setup()
    if missing := pending_migrations():
        fail(f"The database lacks {missing} migrations. Run: safecall manage migrate")


def _refuse(message: str) -> NoReturn:
    fail(message, REFUSED)
