"""Measures opening a contact on SQLite and PostgreSQL, and writes docs/benchmarks.md."""

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

from bench import load, processes, raw, report
from safecall import guard
from tests.support.postgresql import cluster
from tests.support.service import Service

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


def main() -> int:
    """Run the benchmark; see --help."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--contacts", type=int, default=1500, help="a round (default 1500)")
    parser.add_argument("--rounds", type=int, default=4, help="shuffled rounds (default 4)")
    parser.add_argument("--out", type=Path, default=Path("docs/benchmarks.md"))
    wanted = parser.parse_args()
    figures = []
    with tempfile.TemporaryDirectory(prefix="safecall-bench-") as folder:
        home = Path(folder)
        for name, made in (("SQLite", _sqlite(home)), ("PostgreSQL", _postgresql(home))):
            with made as (service, driver, database):
                figures.append(_measure(name, service, driver, database, wanted))
    screening = _screening()
    report.show(figures, screening)
    wanted.out.write_text(report.document(figures, screening, wanted.contacts, wanted.rounds))
    print(f"Written to {wanted.out}.")
    return 0


@contextmanager
def _sqlite(home: Path) -> Iterator[tuple[Service, raw.Sqlite, list[int]]]:
    with _running(home / "sqlite", "") as service:
        driver = raw.Sqlite(str(service.folder / "service.sqlite3"))
        yield service, driver, []
        driver.close()


@contextmanager
def _postgresql(home: Path) -> Iterator[tuple[Service, raw.Postgresql, list[int]]]:
    with cluster(durable=True) as url:
        socket = parse_qs(urlsplit(url).query)["host"][0]
        postmaster = int((Path(socket) / "data" / "postmaster.pid").read_text().split()[0])
        with _running(home / "postgresql", url) as service:
            driver = raw.Postgresql(url)
            yield service, driver, [postmaster]
            driver.close()


@contextmanager
def _running(folder: Path, url: str) -> Iterator[Service]:
    folder.mkdir()
    service = Service(folder, url).start()
    try:
        yield service
    finally:
        service.stop()


def _measure(
    name: str,
    service: Service,
    driver: raw.Sqlite | raw.Postgresql,
    database: list[int],
    wanted: argparse.Namespace,
) -> Figures:
    figures = Figures(name)
    token = service.python(_DEPARTMENT).strip().splitlines()[-1]
    load.run(service.port, token, 0, 300)  # warm: connections, plans, the guard's rules
    made = raw.template(driver)
    rounds = ["service", "raw"] * wanted.rounds
    random.shuffle(rounds)
    first = 1000
    for kind in rounds:
        print(f"{name}: {kind}", file=sys.stderr)
        if kind == "service":
            _service_round(figures, service, token, first, wanted.contacts, database)
            first += wanted.contacts
        else:
            _raw_round(figures, driver, made, wanted.contacts, database)
    return figures


def _service_round(
    figures: Figures, service: Service, token: str, first: int, contacts: int, database: list[int]
) -> None:
    roots = [service.pid, *database]
    before = processes.cpu_seconds(*roots)
    done = load.run(service.port, token, first, contacts)
    time.sleep(0.5)  # the numbering worker is part of the cost
    figures.cpu_ms.append((processes.cpu_seconds(*roots) - before) / contacts * 1000)
    figures.per_second.append(contacts / done.seconds)
    figures.latencies += done.milliseconds


def _raw_round(
    figures: Figures,
    driver: raw.Sqlite | raw.Postgresql,
    made: raw.Template,
    contacts: int,
    database: list[int],
) -> None:
    before = processes.cpu_seconds(os.getpid(), *database)
    seconds = raw.run(driver, made, contacts)
    cpu = processes.cpu_seconds(os.getpid(), *database) - before
    figures.raw_cpu_ms.append(cpu / contacts * 1000)
    figures.raw_per_second.append(contacts / seconds)


def _screening() -> list[float]:
    """Milliseconds of `guard.screen` for each of 3,000 differing notes of 200 characters."""
    times = []
    for number in range(3300):
        text = load.note(number)
        began = time.perf_counter()
        guard.screen(text)
        times.append((time.perf_counter() - began) * 1000)
    return times[300:]


if __name__ == "__main__":
    sys.exit(main())
