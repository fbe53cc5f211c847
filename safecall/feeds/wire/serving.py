"""Running a feed until it is told to end."""

import asyncio
import signal
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from safecall.feeds.wire.counts import Counts
from safecall.feeds.wire.sockets import Listener

_TELL_SECONDS: Final = 60.0


@dataclass(frozen=True, slots=True)
class Where:
    """The address to listen on: by TCP, and by UDP where that is wanted."""

    host: str
    port: int
    udp: bool


def serve(listener: Listener, counts: Counts, where: Where, ready: Callable[[], None]) -> None:
    """Listen until SIGINT or SIGTERM. `ready` is called when the sockets listen.

    Raises `OSError` where they cannot.
    """
    asyncio.run(_serve(listener, counts, where, ready))


async def _serve(
    listener: Listener, counts: Counts, where: Where, ready: Callable[[], None]
) -> None:
    ending = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, ending.set)
    server = await listener.tcp(where.host, where.port)
    datagrams = await listener.udp(where.host, where.port) if where.udp else None
    ready()
    while not ending.is_set():
        try:
            await asyncio.wait_for(ending.wait(), _TELL_SECONDS)
        except TimeoutError:
            counts.tell()
    server.close()
    if datagrams:
        datagrams.close()
