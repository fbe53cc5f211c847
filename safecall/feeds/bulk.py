"""The bulk door: an export's calls as contacts, past the API, straight to the act.

Batches of rows are mapped, checked and screened in processes of their own, and written here, one
transaction a batch, in the file's order. Columns that carry immigration status are left out,
whatever the mapping says of them; the guard screens the rest.
"""

import os
import resource
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial
from typing import Final

import polars as pl

from safecall.contacts.actions import Actor, ContactOpening, Place
from safecall.contacts.actions.bulk import BATCH, Batch, PastCall, prepare, write
from safecall.contacts.models import AnsweringPoint
from safecall.feeds.files import Stream, rows
from safecall.feeds.mapping import Mapping, RowRefused, SourceCall
from safecall.feeds.processes import pool
from safecall.guard.columns import By, ColumnFinding, judge_table

#: Why a row is refused whose key belongs to another call.
OTHER_CALL: Final = "source_number: this number was opened before, for a call of another time."


@dataclass(frozen=True, slots=True)
class Dropped:
    """A column, or some of its values, left out because it carries status; `cells` had something.

    `used`: whether the mapping would have read it.
    """

    finding: ColumnFinding
    cells: int
    used: bool


@dataclass(slots=True)
class Tally:
    """What became of the rows so far; seconds of CPU and megabytes of the processes that help."""

    read: int = 0
    opened: int = 0
    already_there: int = 0
    closed: int = 0
    refused: int = 0
    type_not_mapped: int = 0
    removed: Counter[str] = field(default_factory=Counter)
    reasons: Counter[str] = field(default_factory=Counter)
    dropped: list[Dropped] = field(default_factory=list)
    seconds: float = 0.0
    helpers_cpu: float = 0.0
    helpers_mb: float = 0.0
    interrupted: bool = False


@dataclass(slots=True)
class Mapped:
    """A batch of rows made ready: the act's batch, with row numbers for its places."""

    read: int = 0
    type_not_mapped: int = 0
    numbers: list[int] = field(default_factory=list)
    refused: dict[int, str] = field(default_factory=dict)
    batch: Batch = field(default_factory=Batch)
    cpu: float = 0.0
    megabytes: float = 0.0


@dataclass(frozen=True, slots=True)
class Plain:
    """How rows become calls: mapping and place, and what of the columns is left out."""

    mapping: Mapping
    point: AnsweringPoint
    without: frozenset[str] = frozenset()
    without_values: dict[str, frozenset[str]] = field(default_factory=dict)

    @property
    def actor(self) -> Actor:
        """Who opened these contacts, as their history says."""
        return Actor.system(f"historical {self.mapping.name}")


Refused = Callable[[int, str], None]


def dropped(stream: Stream, mapping: Mapping) -> list[Dropped]:
    """The columns of a file that carry status, by header or by their most frequent values.

    Raises `GuardUnavailable`, `FileUnreadable`.
    """
    counts = {name: stream.counts(name) for name in stream.columns}
    found = []
    for one in judge_table(counts):
        held = counts[one.column]
        if one.by is By.VALUES:
            cells = sum(value.count for value in one.values)
        else:
            cells = sum(count for value, count in held.items() if value.strip())
        found.append(Dropped(one, cells, one.column in mapping.columns))
    return found


def run(
    stream: Stream,
    plain: Plain,
    *,
    dry_run: bool = False,
    workers: int | None = None,
    refused: Refused = lambda _row, _reason: None,
    progress: Callable[[Tally], None] = lambda _tally: None,
) -> Tally:
    """Open every row's call that is not there yet; Ctrl-C ends it between two batches.

    Raises `GuardUnavailable`, `FileUnreadable`.
    """
    began = time.monotonic()
    found = dropped(stream, plain.mapping)
    tally = Tally(dropped=found)
    plain = replace(
        plain,
        without=frozenset(one.finding.column for one in found if one.finding.by is not By.VALUES),
        without_values={
            one.finding.column: frozenset(value.value for value in one.finding.values)
            for one in found
            if one.finding.by is By.VALUES
        },
    )
    try:
        count = workers or os.cpu_count() or 1
        for mapped in _mapped(stream, plain, count):
            tally.helpers_cpu += mapped.cpu
            tally.helpers_mb = max(tally.helpers_mb, count * mapped.megabytes)
            _take(mapped, tally, refused, dry_run=dry_run)
            tally.seconds = time.monotonic() - began
            progress(tally)
    except KeyboardInterrupt:
        tally.interrupted = True
    tally.seconds = time.monotonic() - began
    return tally


def _take(mapped: Mapped, tally: Tally, refused: Refused, *, dry_run: bool) -> None:
    reasons = dict(mapped.refused)
    if dry_run:
        for made in mapped.batch.made.values():
            tally.removed.update(made.removed)
    else:
        done = write(mapped.batch)
        tally.opened += done.opened
        tally.closed += done.closed
        tally.already_there += done.already_there
        tally.removed.update(done.removed)
        reasons |= {mapped.numbers[place]: OTHER_CALL for place in done.other}
    tally.read += mapped.read
    tally.type_not_mapped += mapped.type_not_mapped
    for number, reason in sorted(reasons.items()):
        tally.refused += 1
        tally.reasons[reason] += 1
        refused(number, reason)


def make(plain: Plain, first: int, frame: pl.DataFrame) -> Mapped:
    """Map, check and screen a batch of rows; needs no database."""
    mapped = Mapped(read=frame.height)
    calls = []
    for number, row in rows(frame, first):
        _leave_out(plain, row)
        try:
            sent = plain.mapping.call(number, row)
            calls.append(_past(sent, plain.point))
        except RowRefused as reason:
            mapped.refused[number] = str(reason)
            continue
        mapped.numbers.append(number)
        mapped.type_not_mapped += not sent.type_mapped
    mapped.batch = prepare(plain.actor, calls)
    mapped.refused |= {
        mapped.numbers[place]: reason for place, reason in mapped.batch.refused.items()
    }
    return mapped


def _make_apart(plain: Plain, first: int, frame: pl.DataFrame) -> Mapped:
    """The same in a process that helps; what it costs is told."""
    began = time.process_time()
    mapped = make(plain, first, frame)
    mapped.cpu = time.process_time() - began
    mapped.megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return mapped


def _leave_out(plain: Plain, row: dict[str, str]) -> None:
    for column in plain.without:
        row[column] = ""
    for column, some in plain.without_values.items():
        if row[column].strip() in some:
            row[column] = ""


def _past(sent: SourceCall, point: AnsweringPoint) -> PastCall:
    said = sent.payload
    place = said.get("place", {})
    opening = ContactOpening(
        channel=said["channel"],
        answering_point=point,
        received_at=_moment(said["received_at"]),
        answered_at=_moment(said.get("answered_at", "")),
        place=Place(place.get("words", ""), place.get("latitude"), place.get("longitude")),
        incident_type=said["incident_type"],
        priority=said.get("priority"),
        language=said.get("language", ""),
        source_number=said.get("source_number", ""),
        narrative=said.get("narrative", ""),
    )
    return PastCall(sent.key, opening, _moment(sent.finished_at), sent.disposition)


def _moment(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _mapped(stream: Stream, plain: Plain, workers: int) -> Iterator[Mapped]:
    """The batches made ready, in order; a few are ahead of what is taken."""
    batches = stream.batches(BATCH)
    if workers == 1 or len(stream) <= BATCH:
        for first, frame in batches:
            yield make(plain, first, frame)
        return
    work = partial(_make_apart, plain)
    with pool(workers) as processes:
        waiting: deque[Future[Mapped]] = deque()
        for first, frame in batches:
            waiting.append(processes.submit(work, first, frame))
            if len(waiting) > workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
