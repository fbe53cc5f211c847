"""The figures in words: on the terminal, and as docs/benchmarks.md."""

import os
import platform
import statistics
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bench import peer

if TYPE_CHECKING:
    from bench.__main__ import Figures
    from bench.screening import Screening

GOAL_MS = 3.0

# Measured elsewhere, on a machine like the one that the first figures here come from: opening one
# record over HTTP, CPU of all server processes.
ELSEWHERE = (
    ("TicketsCAD", "13.7"),
    ("Signalen", "107"),
    ("DOJ civil-rights portal, staff form", "67 (766 at 50,000 rows)"),
    ("A bare JSON record in a good Django application", "8 to 10"),
)


def share(values: Sequence[float], part: float) -> float:
    """The value below which `part` of the values lie."""
    ordered = sorted(values)
    return ordered[min(int(part * len(ordered)), len(ordered) - 1)]


def table(figures: "Sequence[Figures]") -> list[str]:
    """One row a database; medians of the rounds, the range of CPU behind them."""
    lines = [
        "| database | CPU ms (range) | contacts/s | p50/p99 ms | raw CPU ms | raw/s | ratio |",
        "| --- | --- | --- | --- | --- | --- | --- |",
    ]
    for one in figures:
        cpu, speed = statistics.median(one.cpu_ms), statistics.median(one.per_second)
        raw_cpu = statistics.median(one.raw_cpu_ms)
        raw_speed = statistics.median(one.raw_per_second)
        lines.append(
            f"| {one.name} | {cpu:.2f} ({min(one.cpu_ms):.2f} to {max(one.cpu_ms):.2f}) "
            f"| {speed:,.0f} | {share(one.latencies, 0.5):.1f} / {share(one.latencies, 0.99):.1f} "
            f"| {raw_cpu:.2f} | {raw_speed:,.0f} | {speed / raw_speed:.2f} |"
        )
    return lines


def guard_lines(made: "Screening") -> list[str]:
    """What the guard costs, as a table, and the column in words."""
    column = made.column
    literal = statistics.median(column.literal_seconds)
    return [
        "| what | p50 ms | p99 ms |",
        "| --- | --- | --- |",
        f"| `guard.screen`, a note of 200 characters | {_both(made.one, 3)} |",
        f"| the desk as one types: such a note over HTTP, signed in | {_both(made.typed, 2)} |",
        f"| rules ready in a fresh process, from the kept plan | {_both(made.loading, 0)} |",
        f"| the first text of a column in a fresh process | {_both(made.ready, 0)} |",
        "",
        f"""A column of {column.rows:,} texts of 200 characters, made of {column.source}, on two
threads (`guard.bulk.screen_column`), rules and loops being loaded: {column.seconds:.1f} s, that is
{column.rows / column.seconds:,.0f} texts a second and {column.cpu_seconds / column.rows * 1e6:.0f}
microseconds of CPU a text; {column.found:,} have a finding. The same column once more in the same
process, its words and patterns having been met: {column.again:.1f} s. In a third run it held at
most {_megabytes(column.peak_bytes)} MB, {_megabytes(column.base_bytes)} MB of which were there
before: the column, the rules and the benchmark itself.""",
        "",
        f"""The ceiling, a plain search for one literal word in the same column in the same run
(Polars, `str.contains(literal=True)`, median of {len(column.literal_seconds)}): {literal:.3f} s.
The guard, with thousands of phrases, takes {column.seconds / literal:,.0f} times as long.""",
        "",
        *peer.lines(made.peer),
    ]


def _both(values: Sequence[float], digits: int) -> str:
    return f"{share(values, 0.5):.{digits}f} | {share(values, 0.99):.{digits}f}"


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f}"


def show(
    figures: "Sequence[Figures]", guard: "Screening", by_sip: Sequence[str], ledger: Sequence[str]
) -> None:
    """Print the figures."""
    print("\n".join([*table(figures), "", *guard_lines(guard), "", *by_sip, "", *ledger]))


def document(
    figures: "Sequence[Figures]",
    guard: "Screening",
    by_sip: Sequence[str],
    ledger: Sequence[str],
    *,
    contacts: int,
    rounds: int,
) -> str:
    """The text of docs/benchmarks.md."""
    worst = max(statistics.median(one.cpu_ms) for one in figures)
    met = "met" if worst <= GOAL_MS else "not met"
    elsewhere = "\n".join(f"| {name} | {value} |" for name, value in ELSEWHERE)
    return f"""# Benchmarks

Written by `make bench` on {datetime.now(UTC):%Y-%m-%d}; run it on your own machine.

Machine: {_machine()}. Python {platform.python_version()}.

## Opening one contact

Over HTTP, with a note of 200 characters: token, guard, contact, note, two history entries, their
ledger rows and the idempotency key in one transaction that waits for the disk, the number
afterwards. CPU is that of all server processes, PostgreSQL's included; the client's is not. Eight
client connections on the same machine. {rounds} rounds of {contacts:,} contacts each, shuffled with
rounds of the raw driver, which writes the same rows on one connection; *ratio* is the service's
contacts a second over the raw driver's.

{chr(10).join(table(figures))}

The goal is at most {GOAL_MS:.0f} ms of CPU a contact on either database: **{met}**.

## The guard

Every note differs, so that no cache helps. Loading: slowest of five instead of p99.

{chr(10).join(guard_lines(guard))}

## Calls by SIP

`safecall sip` beside a running service: INVITEs with languages and a location in a nested multipart
come over TCP as fast as they are taken; the time ends when the last contact is on disk and the last
interpreter asked for. CPU is that of the feed, the database's and the service's not included.

{chr(10).join(by_sip)}

## The ledger

On SQLite, which waits for the disk, in one process. Placing is the work of the sequencer;
releasing writes shuffled epochs of days with their seals, tiles and entry bundles.

{chr(10).join(ledger)}

## For scale

CPU milliseconds for opening one record in comparable systems. These were **measured elsewhere**,
once, and are not rerun by `make bench`; take them as orders of magnitude.

| system | CPU ms |
| --- | --- |
{elsewhere}
"""


def _machine() -> str:
    model = ""
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        names = [line for line in cpuinfo.read_text().splitlines() if "model name" in line]
        model = names[0].partition(":")[2].strip() if names else ""
    usable = len(os.sched_getaffinity(0))
    return f"{model or platform.machine()}, {usable} cores, {platform.system()}"
