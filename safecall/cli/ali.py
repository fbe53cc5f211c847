"""`safecall ali`: reads what an ALI controller prints for each call and opens a contact."""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safecall.cli._django import fail, setup
from safecall.cli._feed import MOST_A_SECOND, AnsweringPointCode, Most, Senders, TryFile

if TYPE_CHECKING:
    from safecall.feeds.ali.template import Template


def ali(
    listen: Annotated[str, typer.Option(help="Address and port, for TCP.")] = "",
    template: Annotated[
        str, typer.Option(help="The name of a template that ships, or the path of your own.")
    ] = "",
    senders: Senders = None,
    answering_point: AnsweringPointCode = "",
    most: Most = MOST_A_SECOND,
    try_file: TryFile = None,
) -> None:
    """Read number and place from the records of an ALI controller; each call opens a contact.

    Where the pieces stand in a record, a template says. docs/telephony.md explains how to write
    one. Nothing is sent, also no acknowledgement. Such records name no language.

    Examples:

        safecall ali --try saved-records.txt --template mine.toml

        safecall ali --listen 10.20.0.9:5070 --from 10.20.0.7 --template mine.toml
    """
    from safecall.feeds.ali import template_file
    from safecall.feeds.ali.template import TemplateError

    if not template:
        known = ", ".join(template_file.names())
        fail(f"Which template? --template {known}, or the path of your own.")
    try:
        made = template_file.load(template)
    except TemplateError as error:
        fail(str(error))
    if try_file is not None:
        _try(try_file, made)
        return
    if not listen:
        fail("Say where to listen: --listen 127.0.0.1:5070. Or try records: --try FILE.")
    setup()
    from safecall.cli import _feed
    from safecall.feeds.ali.feed import AliFeed
    from safecall.feeds.ali.frames import AliFrames

    _feed.run(
        "ali",
        listen,
        senders or [],
        answering_point,
        udp=False,
        framer=lambda: AliFrames(made),
        handler=lambda put, counts: AliFeed(put, counts, made, most).handle,
    )


def _try(path: Path, template: "Template") -> None:
    """Print each record of this file, field by field, and what would be recorded."""
    from safecall.feeds.ali.frames import AliFrames

    try:
        data = path.read_bytes()
    except OSError as error:
        fail(f"{path} cannot be read: {error.strerror}.")
    records = AliFrames(template).feed(data)
    if not records:
        start, end = template.start.hex(" ") or "(nothing)", template.end.hex(" ")
        typer.echo(
            f"No record between {start} and {end} (hexadecimal) in this file. Taken as one record:"
        )
        records = [template.start + data + template.end + (b"\x00" if template.xor else b"")]
    refused = sum(not _try_one(number, one, template) for number, one in enumerate(records, 1))
    if refused:
        fail(f"{refused} of {len(records)} records would not be taken.", 1)


def _try_one(number: int, record: bytes, template: "Template") -> bool:
    from safecall.cli._feed import show
    from safecall.feeds.ali.reading import read
    from safecall.feeds.wire.calls import Malformed

    typer.echo(f"\nRecord {number}, {len(record)} bytes")
    for count, line in enumerate(template.lines(record.strip(template.start + template.end)), 1):
        typer.echo(f"  {count:>3} |{''.join(c if c.isprintable() else '.' for c in line)}|")
    try:
        told = read(record, datetime.now(UTC), template)
    except Malformed as bad:
        typer.echo(f"Not taken: {bad.kind}.")
        return False
    for name, value in told.values:
        typer.echo(f"  {name:<10} = {value!r}")
    if told.call is None:
        typer.echo(f"This is: {told.what}")
    else:
        show(told.call)
    return True
