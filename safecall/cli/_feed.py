"""What `safecall sip` and `safecall ali` share: options, addresses, where calls open, running."""

import ipaddress
import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from safecall.cli._django import database_name, fail

if TYPE_CHECKING:
    from safecall.contacts.models import AnsweringPoint
    from safecall.feeds.wire.calls import Call, News
    from safecall.feeds.wire.counts import Counts
    from safecall.feeds.wire.sockets import Framer, Network

WORKERS_ON_POSTGRESQL = 4
MOST_A_SECOND = 200.0

Senders = Annotated[
    list[str] | None,
    typer.Option("--from", help="Who may send: an address or network. May be repeated."),
]
AnsweringPointCode = Annotated[
    str, typer.Option(help="Code of the answering point; without it, the first.")
]
Most = Annotated[
    float, typer.Option(min=1, max=10_000, help="Contacts a second, at most; twice in bursts.")
]
TryFile = Annotated[
    Path | None,
    typer.Option("--try", help="Show what is read from the messages of a file; open nothing."),
]


def address(listen: str) -> tuple[str, int]:
    """Host and port of `127.0.0.1:5060` or `[::1]:5060`."""
    host, _, port = listen.rpartition(":")
    host = host.strip("[]")
    try:
        ipaddress.ip_address(host)
    except ValueError:
        host = ""
    if not host or not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        fail("--listen is an address and a port, such as 127.0.0.1:5060 or [::1]:5060.")
    return host, int(port)


def networks(senders: list[str], host: str) -> "list[Network]":
    """The networks that may send. Whoever can send can open contacts, so they must be named
    unless the address is this machine's own."""
    found = []
    for sender in senders:
        try:
            found.append(ipaddress.ip_network(sender, strict=False))
        except ValueError:
            fail("--from is an address or a network, such as 10.20.0.5 or 10.20.0.0/24.")
    if not found and not ipaddress.ip_address(host).is_loopback:
        fail(
            f"{host} can be reached from other machines: say with --from which of them sends the "
            "copy, such as --from 10.20.0.5. All others are then ignored."
        )
    return found


def answering_point(code: str) -> "AnsweringPoint":
    """The answering point with this code; without one, the first."""
    from safecall.contacts.models import AnsweringPoint

    known = list(AnsweringPoint.objects.order_by("pk"))
    if not known:
        fail("There is no answering point yet. A demonstration has one: safecall demo")
    if not code:
        return known[0]
    found = [point for point in known if point.code == code]
    if not found:
        fail(f"--answering-point is one of: {', '.join(point.code for point in known)}.")
    return found[0]


def show(call: "Call") -> None:
    """Print what would be recorded of a call; everything else in it is dropped."""
    at = call.position
    for name, value in (
        ("Channel", call.channel),
        ("Languages", " ".join(call.languages)),
        ("Callback", call.callback),
        ("Place", at.words),
        ("Position", "" if at.lat is None else f"{at.lat}, {at.lon}"),
        ("Note", call.narrative),
    ):
        typer.echo(f"{name:<10} {value or '(none)'}")


def run(
    wire: str,
    listen: str,
    senders: list[str],
    point_code: str,
    *,
    udp: bool,
    framer: "Callable[[], Framer]",
    handler: "Callable[[Callable[[News], bool], Counts], Callable[[bytes], None]]",
) -> None:
    """Listen until told to end, then say what came. Django is set up."""
    from django.db import connection, connections

    from safecall.contacts import numbering
    from safecall.feeds.wire.counts import Counts
    from safecall.feeds.wire.opener import Opener
    from safecall.feeds.wire.serving import Where, serve
    from safecall.feeds.wire.sockets import Listener
    from safecall.guard import GuardUnavailable, screen

    host, port = address(listen)
    allowed = networks(senders, host)
    point = answering_point(point_code)
    counts = Counts(logging.getLogger(f"safecall.feeds.{wire}"))
    workers = 1 if connection.vendor == "sqlite" else WORKERS_ON_POSTGRESQL
    opener = Opener(wire, point, counts, workers)
    listener = Listener(handler(opener.put, counts), framer, counts, allowed)
    connections.close_all()
    try:
        screen("")  # the rules are ready before the first call is
    except GuardUnavailable:
        typer.echo("The guard's rules do not load: no text is kept. Run: safecall check", err=True)
    opener.start()
    numbering.worker.start()

    def ready() -> None:
        ways = "UDP and TCP" if udp else "TCP"
        typer.echo(
            f"Reading {wire.upper()} on {listen} ({ways}); nothing is ever answered.\n"
            f"Contacts open at {point.name}. Database: {database_name()}. Ctrl+C ends it."
        )

    try:
        serve(listener, counts, Where(host, port, udp), ready)
    except OSError as error:
        fail(f"Cannot listen on {listen}: {error.strerror}.")
    left = opener.stop()
    counts.tell()
    for what, times in counts.totals().items():
        typer.echo(f"{times:>9,}  {what}")
    if left:
        fail(f"{left} could not be recorded before the end: the database did not answer.", 1)
