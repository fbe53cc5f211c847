"""`safecall sip`: reads a copy of SIP signalling and opens a contact while the telephone rings."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from safecall.cli._django import fail, setup
from safecall.cli._feed import MOST_A_SECOND, AnsweringPointCode, Most, Senders, TryFile


def sip(
    listen: Annotated[str, typer.Option(help="Address and port, for UDP and TCP.")] = "",
    senders: Senders = None,
    answering_point: AnsweringPointCode = "",
    channel: Annotated[
        str, typer.Option(help="Of calls that are not marked as 911 calls: 911 or non_emergency.")
    ] = "911",
    most: Most = MOST_A_SECOND,
    try_file: TryFile = None,
) -> None:
    """Read INVITEs from a copy of the signalling; each call opens a contact as ringing.

    Read are the languages that the caller wants (RFC 8373), the callback number and the place.
    Calls are neither answered nor changed: nothing is sent. docs/telephony.md says how an
    answering point connects it.

    Examples:

        safecall sip --listen 127.0.0.1:5060

        safecall sip --listen 10.20.0.9:5060 --from 10.20.0.5 --answering-point county-911

        safecall sip --try invite.txt
    """
    if channel not in ("911", "non_emergency"):
        fail("--channel is 911 or non_emergency.")
    if try_file is not None:
        _try(try_file, channel)
        return
    if not listen:
        fail("Say where to listen: --listen 127.0.0.1:5060. Or try a message: --try invite.txt.")
    setup()
    from safecall.cli import _feed
    from safecall.feeds.sip.feed import SipFeed
    from safecall.feeds.sip.frames import SipFrames

    _feed.run(
        "sip",
        listen,
        senders or [],
        answering_point,
        udp=True,
        framer=SipFrames,
        handler=lambda put, counts: SipFeed(put, counts, channel, most).handle,
    )


def _try(path: Path, channel: str) -> None:
    """Print what would be recorded of the message in this file."""
    from safecall.cli._feed import show
    from safecall.feeds.sip.reading import read
    from safecall.feeds.wire.calls import Call, Malformed

    try:
        told = read(path.read_bytes(), datetime.now(UTC), channel)
    except OSError as error:
        fail(f"{path} cannot be read: {error.strerror}.")
    except Malformed as bad:
        fail(f"Not taken: {bad.kind}.", 1)
    typer.echo(f"This is: {told.what}")
    for defect in told.defects:
        typer.echo(f"Imperfect: {defect}")
    if isinstance(told.news, Call):
        show(told.news)
