"""Listening over UDP and TCP, and never answering: not one byte is written to any socket.

A TCP client may be slow, silent, or endless: a message has to be whole some seconds after it
began, a connection that says nothing is closed after a while, and when all places are taken the
one that has been silent for longest makes room.
"""

import asyncio
import ipaddress
import logging
import socket
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

from safecall.feeds.wire.calls import Malformed
from safecall.feeds.wire.counts import Counts

Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_log = logging.getLogger(__name__)


class Framer(Protocol):
    """Cuts a stream into messages."""

    def feed(self, data: bytes) -> list[bytes]:
        """The messages that are whole now. Raises `Malformed` where the stream cannot go on."""
        ...

    @property
    def partial(self) -> bool:
        """Whether a message has begun and is not whole yet."""
        ...


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and numbers for TCP; `buffer` is bytes that the system keeps of UDP meanwhile."""

    message_seconds: float = 10.0
    idle_seconds: float = 3600.0
    connections: int = 256
    buffer: int = 8 * 1024 * 1024


class Listener:
    """Hands whole messages to `handle`, from senders in `allowed` (everyone where empty)."""

    def __init__(
        self,
        handle: Callable[[bytes], None],
        framer: Callable[[], Framer],
        counts: Counts,
        allowed: Sequence[Network] = (),
        limits: Limits | None = None,
    ) -> None:
        self._handle = handle
        self._framer = framer
        self._counts = counts
        self._allowed = tuple(allowed)
        self._limits = limits or Limits()
        self._open: dict[asyncio.StreamWriter, float] = {}

    async def udp(self, host: str, port: int) -> asyncio.DatagramTransport:
        """Listen on this UDP port."""
        loop = asyncio.get_running_loop()
        made, _ = await loop.create_datagram_endpoint(
            lambda: _Datagrams(self._take), local_addr=(host, port)
        )
        used: socket.socket = made.get_extra_info("socket")
        used.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, self._limits.buffer)
        return made

    async def tcp(self, host: str, port: int) -> asyncio.Server:
        """Listen on this TCP port."""
        return await asyncio.start_server(self._connected, host, port, backlog=1024)

    def _take(self, data: bytes, sender: str) -> None:
        if self._permits(sender):
            self._one(data)
        else:
            self._counts.add("from a sender that is not allowed")

    def _one(self, data: bytes) -> None:
        try:
            self._handle(data)
        except Malformed as bad:
            self._counts.add(f"malformed: {bad.kind}")
        except Exception:  # noqa: BLE001  a message must not end the feed, whatever it holds
            self._counts.add("failed while reading")
            _log.exception("a message could not be read")

    def _permits(self, sender: str) -> bool:
        if not self._allowed:
            return True
        try:
            address = ipaddress.ip_address(sender.partition("%")[0])
        except ValueError:
            return False
        mapped = getattr(address, "ipv4_mapped", None)
        return any((mapped or address) in network for network in self._allowed)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        peer = writer.get_extra_info("peername")
        if not (peer and self._permits(str(peer[0]))):
            self._counts.add("from a sender that is not allowed")
            await _close(writer)
            return
        if len(self._open) >= self._limits.connections:
            self._make_room()
        self._open[writer] = time.monotonic()
        try:
            await self._read(reader, writer)
        except Malformed as bad:
            self._counts.add(f"malformed: {bad.kind}")
        except TimeoutError:
            self._counts.add("connection closed: silent or too slow")
        except OSError:
            self._counts.add("connection broke off")
        finally:
            self._open.pop(writer, None)
            await _close(writer)

    async def _read(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        framer, deadline = self._framer(), 0.0
        while True:
            now = time.monotonic()
            wait = deadline - now if deadline else self._limits.idle_seconds
            data = await asyncio.wait_for(reader.read(64 * 1024), max(wait, 0.001))
            if not data:
                if framer.partial:
                    self._counts.add("malformed: the connection ended within a message")
                return
            self._open[writer] = time.monotonic()
            messages = framer.feed(data)
            for message in messages:
                self._one(message)
            if not framer.partial:
                deadline = 0.0
            elif messages or not deadline:
                deadline = time.monotonic() + self._limits.message_seconds

    def _make_room(self) -> None:
        """Close the connection that has been silent for longest."""
        oldest = min(self._open, key=self._open.__getitem__)
        del self._open[oldest]
        self._counts.add("connection closed: too many")
        oldest.transport.abort()


class _Datagrams(asyncio.DatagramProtocol):
    def __init__(self, take: Callable[[bytes, str], None]) -> None:
        self._take = take

    def datagram_received(self, data: bytes, addr: tuple[str, int]) -> None:
        self._take(data, addr[0])


async def _close(writer: asyncio.StreamWriter) -> None:
    writer.close()
    with suppress(OSError):
        await writer.wait_closed()
