"""What the guard costs: one text, as one types, a column of a million, loading its rules."""

import http.client
import random
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import polars as pl

from bench import load, peer, processes
from safecall import guard
from safecall.guard import bulk
from tests.guard import evaluation
from tests.support.service import Service

LENGTH = 200
_WORKERS = 2
#: So many texts are enough for the slower one.
_BESIDE = 20_000
#: Sentences of real reports, where somebody has them; they are no part of the project.
_REAL = Path(__file__).resolve().parents[2] / "shared" / "data" / "narratives.parquet"

_SESSION = """
from django.conf import settings
from django.test import Client
from safecall.people.models import User
user = User.objects.create_user(
    "bench-taker", "invented-password-7-for-bench", role="call_taker", display_name="Bench")
client = Client()
client.force_login(user, "allauth.account.auth_backends.AuthenticationBackend")
print(settings.SESSION_COOKIE_NAME, client.cookies[settings.SESSION_COOKIE_NAME].value,
      settings.CSRF_COOKIE_NAME)
"""
_LOADING = """
import time
began = time.perf_counter()
from safecall.guard import engine
engine.engine()
print(time.perf_counter() - began)
"""
_READY = """
import time
began = time.perf_counter()
from safecall.guard import bulk
bulk.screen_batch(["Nothing to see."])
print(time.perf_counter() - began)
"""


@dataclass
class Column:
    """A column screened at once, beside a search for one word in the same column."""

    rows: int
    source: str
    found: int = 0
    seconds: float = 0.0
    again: float = 0.0
    cpu_seconds: float = 0.0
    literal_seconds: list[float] = field(default_factory=list)
    base_bytes: int = 0
    peak_bytes: int = 0


@dataclass
class Screening:
    """Everything measured here; milliseconds each, if not said otherwise.

    ``loading`` is the time to rules ready in a fresh process, ``ready`` that to the first text of
    a column.
    """

    one: list[float]
    typed: list[float]
    loading: list[float]
    ready: list[float]
    column: Column
    peer: peer.Peer | None


def measure(folder: Path, rows: int) -> Screening:
    """Measure all of it; `folder` is for the data of a service."""
    notes = list(map(load.note, range(3300)))
    one = _timed(len(notes), lambda number: guard.screen(notes[number]))[300:]
    beside = peer.measure(list(_texts(min(rows, _BESIDE))[1]))
    typed = _typed(folder)
    return Screening(one, typed, _fresh(_LOADING), _fresh(_READY), _column(rows), beside)


def _timed(count: int, run: Callable[[int], object]) -> list[float]:
    times = []
    for number in range(count):
        began = time.perf_counter()
        run(number)
        times.append((time.perf_counter() - began) * 1000)
    return times


def _typed(folder: Path) -> list[float]:
    """One request after another to the desk's own address, on one connection."""
    folder.mkdir()
    service = Service(folder).start()
    try:
        session, value, csrf = service.python(_SESSION).split()
        headers = {
            "Cookie": f"{session}={value}; {csrf}={'a' * 32}",
            "X-CSRFToken": "a" * 32,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection("127.0.0.1", service.port, timeout=30)
        return _timed(1100, lambda number: _ask(connection, headers, number))[100:]
    finally:
        service.stop()


def _ask(connection: http.client.HTTPConnection, headers: dict[str, str], number: int) -> None:
    body = urlencode({"text": load.note(number, LENGTH)})
    connection.request("POST", "/desk/screen", body, headers)
    answer = connection.getresponse()
    content = answer.read()
    if answer.status != 200 or b"findings" not in content:
        raise SystemExit(f"the desk answered {answer.status}: {content[:300]!r}")


def _fresh(code: str) -> list[float]:
    """What code prints in fresh processes; the compiled rules and loops are kept from before."""
    done = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout
        for _ in range(6)
    ]
    return [float(one) * 1000 for one in done[1:]]


def _column(rows: int) -> Column:
    source, texts = _texts(rows)
    column = Column(rows, source)
    _search(column, texts)
    listed = texts.to_list()
    bulk.screen_batch(listed[:1])  # rules and loops are loaded; how long that takes is told apart
    base = processes.cpu_seconds(processes.OWN)
    column.seconds, column.found = _screened(listed)
    column.cpu_seconds = processes.cpu_seconds(processes.OWN) - base
    column.again, _ = _screened(listed)
    with _peak(column):  # to look at a process's memory takes its time
        _screened(listed)
    _search(column, texts)
    return column


def _screened(texts: list[str]) -> tuple[float, int]:
    """Seconds that it takes to screen these, and in how many something is found."""
    began = time.perf_counter()
    found = sum(len(one.findings) for one in bulk.screen_column(texts, workers=_WORKERS))
    return time.perf_counter() - began, found


def _search(column: Column, texts: pl.Series) -> None:
    for _ in range(3):
        began = time.perf_counter()
        texts.str.contains("undocumented", literal=True).sum()
        column.literal_seconds.append(time.perf_counter() - began)


def _texts(rows: int) -> tuple[str, pl.Series]:
    """Texts of 200 characters, each of several sentences; where the sentences come from."""
    source, sentences = _sentences()
    pick = random.Random(7)
    texts = []
    for _ in range(rows):
        text = ""
        while len(text) < LENGTH:
            text += f"{pick.choice(sentences)} "
        texts.append(text[:LENGTH])
    return source, pl.Series("text", texts)


def _sentences() -> tuple[str, Sequence[str]]:
    if _REAL.exists():
        every = pl.read_parquet(_REAL, columns=["text"])["text"].unique(maintain_order=True)
        return f"{len(every):,} sentences of real police, court and 911 narratives", list(every)
    cases = evaluation.cases("en")
    clean = [case.text for case in cases if not case.kinds]
    return f"{len(clean):,} English sentences of the evaluation sets without status", clean


@contextmanager
def _peak(column: Column) -> Iterator[None]:
    """The most memory that this process and its workers held together."""
    column.base_bytes = processes.resident(processes.OWN)
    ended = threading.Event()

    def watch() -> None:
        while not ended.wait(0.2):
            column.peak_bytes = max(column.peak_bytes, processes.resident(processes.OWN))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        yield
    finally:
        ended.set()
        watcher.join()
