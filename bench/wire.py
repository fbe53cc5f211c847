"""What a call costs that comes by SIP: from the first message to the contact on the desk."""

import os
import signal
import socket
import subprocess
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench import processes
from safecall.feeds.sip.reading import read
from tests.feeds.sip.examples import CIRCLE, CIVIC, audio, invite, multipart, pidf
from tests.support.service import ROOT, SAFECALL, Service, free_port

# Where there is nobody to ask, no interpreter is asked for.
_VENDOR = """
from safecall.interpreting.actions import VendorData, keep_vendor
keep_vendor(VendorData("bench", "Bench Line", "+18005550101", rank=1))
"""


@dataclass
class Wire:
    """Of `calls` on one database. `read_us` is CPU for reading one message alone, microseconds."""

    name: str
    calls: int
    per_second: float
    cpu_ms: float
    read_us: float


def message(number: int, languages: str) -> bytes:
    """An INVITE with languages and a location in a nested multipart; another call each time."""
    inner, nested = multipart(
        ("application/pidf+xml", "loc@example.com", pidf(CIRCLE + CIVIC)), boundary="inner"
    )
    kind, body = multipart(
        ("application/sdp", "s@example.com", audio(f"a=hlang-send:{languages}")),
        (inner, "n@example.com", nested),
    )
    geolocation = "<cid:loc@example.com>"
    return invite(body, kind, Geolocation=geolocation, Call_ID=f"bench-{languages}-{number}")


def reading_microseconds(rounds: int = 2000) -> float:
    """CPU of reading one message, sockets and database left out."""
    data, now = message(0, "so"), datetime.now(UTC)
    began = time.process_time()
    for _ in range(rounds):
        read(data, now)
    return (time.process_time() - began) / rounds * 1e6


def measure(name: str, service: Service, calls: int, languages: str) -> Wire:
    """Send `calls` over TCP as fast as they are taken, and wait until all are recorded."""
    port = free_port()
    feed = subprocess.Popen(
        [SAFECALL, "sip", "--listen", f"127.0.0.1:{port}", "--most", "10000"],
        env=service.environment, cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert feed.stdout is not None
    feed.stdout.readline()
    sent = [message(number, languages) for number in range(calls)]
    cpu, began = processes.cpu_seconds(feed.pid), time.perf_counter()
    with socket.create_connection(("127.0.0.1", port)) as line:
        for one in sent:
            line.sendall(one)
        line.shutdown(socket.SHUT_WR)
        line.recv(1)  # it closes when it has read everything; from then on only writing is left
    feed.send_signal(signal.SIGTERM)
    printed = feed.stdout.read()
    _, status, used = os.wait4(feed.pid, 0)
    seconds = time.perf_counter() - began
    if status or f"{calls:,}  opened" not in printed:
        raise SystemExit(f"not every call was recorded:\n{printed}")
    spent = used.ru_utime + used.ru_stime - cpu
    return Wire(name, calls, calls / seconds, spent / calls * 1000, reading_microseconds())


def lines(made: list[Wire]) -> list[str]:
    """The figures as a table."""
    return [
        "| database, call | calls/s | CPU ms a call |",
        "| --- | --- | --- |",
        *(f"| {one.name} | {one.per_second:,.0f} | {one.cpu_ms:.2f} |" for one in made),
        "",
        f"Reading one message alone takes {made[0].read_us:.0f} microseconds of CPU.",
    ]


def both(name: str, folder: Path, url: str, department: str, calls: int) -> list[Wire]:
    """On this database: calls in English, and calls that need an interpreter."""
    folder.mkdir()
    service = Service(folder, url).start()
    try:
        service.python(department)
        service.python(_VENDOR)
        return [
            measure(f"{name}, English", service, calls, "en"),
            measure(f"{name}, needs an interpreter", service, calls, "so"),
        ]
    finally:
        service.stop()
