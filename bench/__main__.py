"""Measures opening a contact, the guard and the ledger, and writes docs/benchmarks.md."""

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from bench import ledger, load, processes, raw, report, screening, wire
from tests.support.postgresql import cluster
from tests.support.service import Service

#: Seconds after which numbers and places are given: both are part of the cost.
SETTLED = 6.0

_DEPARTMENT = """
from safecall.contacts.models import Agency, AnsweringPoint
from safecall.people.models import SystemToken
agency, _ = Agency.objects.get_or_create(code="bench-pd", defaults={"name": "Bench PD"})
AnsweringPoint.objects.get_or_create(
    code="bench-911", defaults={"name": "Bench 911", "agency": agency})
print(SystemToken.issue("bench", ["contacts:write"])[1])
"""


@dataclass
class Figures:
    """What was measured on one database; a list has one value a round."""

    name: str
    cpu_ms: list[float] = field(default_factory=list)
    per_second: list[float] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    raw_cpu_ms: list[float] = field(default_factory=list)
    raw_per_second: list[float] = field(default_factory=list)


@dataclass
class Target:
    """A running service and its database; process ids of both."""

    port: int
    token: str
    service: int
    driver: raw.Sqlite | raw.Postgresql
    database: list[int] = field(default_factory=list)


def main() -> int:
    """Run the benchmark; see --help."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--contacts", type=int, default=1500, help="a round (default 1500)")
    parser.add_argument("--rounds", type=int, default=4, help="shuffled rounds (default 4)")
    parser.add_argument("--rows", type=int, default=1_000_000, help="texts in a column")
    parser.add_argument("--guard", action="store_true", help="measure the guard alone, and print")
    parser.add_argument("--wire", action="store_true", help="measure calls by SIP alone, and print")
    parser.add_argument("--calls", type=int, default=1000, help="calls by SIP (default 1000)")
    parser.add_argument("--entries", type=int, default=1_000_000, help="of the ledger")
    parser.add_argument("--ledger", action="store_true", help="measure the ledger alone, and print")
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    wanted = parser.parse_args()
    figures: list[Figures] = []
    with tempfile.TemporaryDirectory(prefix="safecall-bench-") as folder:
        if wanted.wire:
            print("\n".join(wire.lines(_by_sip(Path(folder), wanted.calls))))
            return 0
        if wanted.ledger:
            done = ledger.measure(Path(folder) / "ledger", wanted.entries)
            print("\n".join(ledger.lines(done)))
            return 0
        screened = screening.measure(Path(folder) / "desk", wanted.rows)
        if wanted.guard:
            print("\n".join(report.guard_lines(screened)))
            return 0
        for name, made in (("SQLite", _sqlite), ("PostgreSQL", _postgresql)):
            with made(Path(folder) / name) as target:
                figures.append(_measure(name, target, wanted))
        by_sip = wire.lines(_by_sip(Path(folder), wanted.calls))
        kept = ledger.lines(ledger.measure(Path(folder) / "ledger", wanted.entries))
    report.show(figures, screened, by_sip, kept)
    wanted.out.write_text(
        report.document(
            figures, screened, by_sip, kept, contacts=wanted.contacts, rounds=wanted.rounds
        )
    )
    print(f"Written to {wanted.out}.")
    return 0


def _by_sip(home: Path, calls: int) -> list[wire.Wire]:
    made = wire.both("SQLite", home / "sip-sqlite", "", _DEPARTMENT, calls)
    with cluster(durable=True) as url:
        return made + wire.both("PostgreSQL", home / "sip-postgresql", url, _DEPARTMENT, calls)


@contextmanager
def _sqlite(home: Path) -> Iterator[Target]:
    with _running(home, "") as (service, token):
        driver = raw.Sqlite(str(home / "service.sqlite3"))
        yield Target(service.port, token, service.pid, driver)
        driver.close()


@contextmanager
def _postgresql(home: Path) -> Iterator[Target]:
    with cluster(durable=True) as url:
        socket = parse_qs(urlsplit(url).query)["host"][0]
        postmaster = int((Path(socket) / "data" / "postmaster.pid").read_text().split()[0])
        with _running(home, url) as (service, token):
            driver = raw.Postgresql(url)
            yield Target(service.port, token, service.pid, driver, [postmaster])
            driver.close()


@contextmanager
def _running(folder: Path, url: str) -> Iterator[tuple[Service, str]]:
    folder.mkdir()
    service = Service(folder, url).start()
    try:
        yield service, service.python(_DEPARTMENT).strip().splitlines()[-1]
    finally:
        service.stop()


def _measure(name: str, target: Target, wanted: argparse.Namespace) -> Figures:
    figures, first = Figures(name), 1000
    load.run(target.port, target.token, 0, 300)  # warm: connections, plans, the guard's rules
    made = raw.template(target.driver)
    rounds = ["service", "raw"] * wanted.rounds
    random.shuffle(rounds)
    for kind in rounds:
        print(f"{name}: {kind}", file=sys.stderr)
        if kind == "service":
            _service_round(figures, target, first, wanted.contacts)
            first += wanted.contacts
        else:
            _raw_round(figures, target, made, wanted.contacts)
    return figures


def _service_round(figures: Figures, target: Target, first: int, contacts: int) -> None:
    before = processes.cpu_seconds(target.service, *target.database)
    done = load.run(target.port, target.token, first, contacts)
    time.sleep(SETTLED)
    cpu = processes.cpu_seconds(target.service, *target.database) - before
    figures.cpu_ms.append(cpu / contacts * 1000)
    figures.per_second.append(contacts / done.seconds)
    figures.latencies += done.milliseconds


def _raw_round(figures: Figures, target: Target, made: raw.Template, contacts: int) -> None:
    before = processes.cpu_seconds(os.getpid(), *target.database)
    seconds = raw.run(target.driver, made, contacts)
    cpu = processes.cpu_seconds(os.getpid(), *target.database) - before
    figures.raw_cpu_ms.append(cpu / contacts * 1000)
    figures.raw_per_second.append(contacts / seconds)


if __name__ == "__main__":
    sys.exit(main())
