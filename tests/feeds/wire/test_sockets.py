"""Listening: what arrives whole is handed on, what does not is closed, and nothing is answered."""

import asyncio
import ipaddress
import logging
import socket
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from safecall.feeds.sip.frames import SipFrames
from safecall.feeds.wire.calls import Malformed
from safecall.feeds.wire.counts import Counts
from safecall.feeds.wire.sockets import Limits, Listener, Network
from tests.feeds.sip.examples import full, invite
from tests.support.service import free_port

LOOPBACK = "127.0.0.1"


class Ears:
    """A listener on free ports of this machine that keeps what it heard."""

    def __init__(self, allowed: list[Network] | None = None, limits: Limits | None = None) -> None:
        self.heard: list[bytes] = []
        self.counts = Counts(logging.getLogger("safecall.test"))
        self.listener = Listener(self.hear, SipFrames, self.counts, allowed or [], limits)
        self.port = free_port()

    def hear(self, data: bytes) -> None:
        if b"broken" in data:
            raise RuntimeError("a fault of ours")
        if b"SIP/2.0" not in data:
            raise Malformed("not for us")
        self.heard.append(data)

    def run(self, act: Callable[["Ears"], Awaitable[None]]) -> "Ears":
        """Listen while `act` goes on."""

        async def listening() -> None:
            server = await self.listener.tcp(LOOPBACK, self.port)
            datagrams = await self.listener.udp(LOOPBACK, self.port)
            try:
                await act(self)
            finally:
                server.close()
                datagrams.close()

        # In a thread of its own: a browser's test before this one leaves its loop in the first.
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, listening()).result()
        return self

    async def until(self, done: Callable[[], bool]) -> None:
        """Wait until it is so, at most ten seconds."""
        for _ in range(1000):
            if done():
                return
            await asyncio.sleep(0.01)
        raise AssertionError(f"it did not come to that: {self.counts.totals()}")


def send(port: int, data: bytes) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
        sender.sendto(data, (LOOPBACK, port))


async def answer(reader: asyncio.StreamReader) -> bytes:
    """All that comes until the other side closes, gently or not."""
    with suppress(ConnectionError):
        return await reader.read()
    return b""


def test_datagrams_and_streams_are_heard_and_never_answered() -> None:
    answered: list[bytes] = []

    async def act(ears: Ears) -> None:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sender:
            sender.setblocking(False)
            sender.sendto(invite(), (LOOPBACK, ears.port))
            reader, writer = await asyncio.open_connection(LOOPBACK, ears.port)
            writer.write(full()[:200])
            await writer.drain()
            writer.write(full()[200:] + invite())
            writer.write_eof()
            answered.append(await reader.read())
            await ears.until(lambda: len(ears.heard) == 3)
            with pytest.raises(BlockingIOError):
                sender.recv(100)
        writer.close()

    ears = Ears().run(act)
    assert sorted(ears.heard) == sorted([invite(), full(), invite()])
    assert answered == [b""]


def test_faults_are_counted_and_do_not_end_the_feed() -> None:
    async def act(ears: Ears) -> None:
        for data in (b"\xff" * 2000, b"SIP/2.0 broken", b"", invite()):
            send(ears.port, data)
        await ears.until(lambda: len(ears.heard) == 1)

    ears = Ears().run(act)
    assert ears.counts["failed while reading"] == 1
    assert ears.counts["malformed: not for us"] == 2


def test_others_than_the_named_senders_are_not_heard() -> None:
    async def act(ears: Ears) -> None:
        send(ears.port, invite())
        reader, writer = await asyncio.open_connection(LOOPBACK, ears.port)
        writer.write(invite())
        assert await answer(reader) == b""
        writer.close()
        await ears.until(lambda: ears.counts["from a sender that is not allowed"] == 2)

    assert Ears([ipaddress.ip_network("192.0.2.0/24")]).run(act).heard == []
    allowed: list[Network] = [ipaddress.ip_network("127.0.0.0/8")]

    async def heard(ears: Ears) -> None:
        send(ears.port, invite())
        await ears.until(lambda: len(ears.heard) == 1)

    Ears(allowed).run(heard)


def test_a_message_that_takes_too_long_is_not_waited_for() -> None:
    """Also not where a byte comes now and then, which keeps a connection from being silent."""

    async def act(ears: Ears) -> None:
        reader, writer = await asyncio.open_connection(LOOPBACK, ears.port)

        async def trickle() -> None:
            for byte in full():
                writer.write(bytes([byte]))
                await asyncio.sleep(0.05)

        trickling = asyncio.create_task(trickle())
        assert await answer(reader) == b""
        trickling.cancel()
        writer.close()

    ears = Ears(limits=Limits(message_seconds=0.4)).run(act)
    assert ears.counts["connection closed: silent or too slow"] == 1


def test_a_silent_connection_is_closed() -> None:
    async def act(ears: Ears) -> None:
        reader, writer = await asyncio.open_connection(LOOPBACK, ears.port)
        assert await answer(reader) == b""
        writer.close()

    ears = Ears(limits=Limits(idle_seconds=0.1)).run(act)
    assert ears.counts["connection closed: silent or too slow"] == 1


def test_when_all_places_are_taken_the_longest_silent_makes_room() -> None:
    async def act(ears: Ears) -> None:
        held = [await asyncio.open_connection(LOOPBACK, ears.port) for _ in range(2)]
        for number, (_, writer) in enumerate(held):
            writer.write(invite(Call_ID=f"held-{number}"))
            await ears.until(lambda number=number: len(ears.heard) == number + 1)  # type: ignore[misc]
        _, late = await asyncio.open_connection(LOOPBACK, ears.port)
        late.write(invite(Call_ID="late"))
        await ears.until(lambda: len(ears.heard) == 3)
        with pytest.raises((ConnectionError, asyncio.IncompleteReadError)):
            await held[0][0].readexactly(1)
        for _, writer in (*held, ("", late)):
            writer.close()

    ears = Ears(limits=Limits(connections=2)).run(act)
    assert ears.counts["connection closed: too many"] == 1


def test_a_stream_that_cannot_be_framed_is_closed() -> None:
    async def act(ears: Ears) -> None:
        reader, writer = await asyncio.open_connection(LOOPBACK, ears.port)
        writer.write(invite() + invite(Content_Length="many") + invite())
        assert await answer(reader) == b""
        writer.close()

    ears = Ears().run(act)
    assert ears.heard == [invite()] or ears.heard == []
    assert ears.counts["malformed: no usable Content-Length"] == 1
