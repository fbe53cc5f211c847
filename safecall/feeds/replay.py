"""Sending the calls of an export to a running service, through the same API that a CAD uses.

Whatever happens to the connection, a call is sent with the same idempotency key until the service
answers, so that a service which dies in between neither loses a call nor opens it twice.
"""

import json
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

from safecall.feeds.mapping import Mapping, RowRefused, SourceCall

_RETRY_STATUS: Final = frozenset({429, 502, 503, 504})
_FIRST_WAIT: Final = 0.1
_LONGEST_WAIT: Final = 2.0


class ServiceUnreachable(RuntimeError):
    """The service gave no answer for as long as the replay was willing to wait."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """A row that was not accepted, with a reason that holds none of its words."""

    row: int
    reason: str
    status: int | None = None


@dataclass(slots=True)
class Summary:
    """What became of the rows. Latencies are in milliseconds, of accepted calls."""

    read: int = 0
    sent: int = 0
    accepted: int = 0
    already_there: int = 0
    closed: int = 0
    type_not_mapped: int = 0
    retries: int = 0
    refusals: list[Refusal] = field(default_factory=list)
    removed: Counter[str] = field(default_factory=Counter)
    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    interrupted: bool = False

    @property
    def unanswered(self) -> int:
        """Rows that were read but neither accepted nor refused."""
        return self.read - self.accepted - self.already_there - len(self.refusals)

    def latency(self, share: float) -> float:
        """The latency below which `share` of the calls lie (0 where there are none)."""
        ordered = sorted(self.latencies)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0.0

    def reasons(self) -> list[tuple[str, int]]:
        """Each reason for a refusal and how many rows it met, most frequent first."""
        return Counter(refusal.reason for refusal in self.refusals).most_common()


@dataclass(frozen=True, slots=True)
class Options:
    """How to send. `rate` is calls a second, None as fast as it goes; `patience` is seconds."""

    url: str
    token: str
    workers: int = 4
    rate: float | None = None
    close: bool = False
    patience: float = 90.0


class Replay:
    """One run: `run` sends every row; `stop` ends it after the calls that are under way."""

    def __init__(
        self,
        mapping: Mapping,
        options: Options,
        progress: Callable[[], None] = lambda: None,
        accepted: Callable[[SourceCall, dict[str, Any]], None] | None = None,
    ) -> None:
        self.summary = Summary()
        self._mapping = mapping
        self._options = options
        self._progress = progress
        self._accepted = accepted
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._calls: queue.Queue[SourceCall | None] = queue.Queue(options.workers * 4)
        self._failure: Exception | None = None

    def stop(self) -> None:
        """Sends nothing more; what was already sent is still waited for."""
        self._stop.set()

    def run(self, rows: Iterable[tuple[int, dict[str, str]]]) -> Summary:
        """Sends the rows. Raises `ServiceUnreachable`; `summary` then says how far it came."""
        began = time.monotonic()
        threads = [
            threading.Thread(target=self._work, name=f"replay-{number}")
            for number in range(self._options.workers)
        ]
        for thread in threads:
            thread.start()
        try:
            self._feed(rows, began)
        except KeyboardInterrupt:
            self.summary.interrupted = True
            self.stop()
        finally:
            self._finish(threads)
            self.summary.seconds = time.monotonic() - began
        if self._failure:
            raise self._failure
        return self.summary

    def _feed(self, rows: Iterable[tuple[int, dict[str, str]]], began: float) -> None:
        for number, row in rows:
            if self._stop.is_set():
                return
            self.summary.read += 1
            try:
                call = self._mapping.call(number, row)
            except RowRefused as reason:
                self._refuse(Refusal(number, str(reason)))
                continue
            self.summary.type_not_mapped += not call.type_mapped
            if self._options.rate:
                self._stop.wait(began + self.summary.sent / self._options.rate - time.monotonic())
            self._put(call)
            self.summary.sent += 1

    def _put(self, call: SourceCall | None) -> None:
        while not (call and self._stop.is_set()):
            try:
                self._calls.put(call, timeout=0.2)
            except queue.Full:
                continue
            return

    def _finish(self, threads: list[threading.Thread]) -> None:
        try:
            for _ in threads:
                self._put(None)
            for thread in threads:
                thread.join()
        except KeyboardInterrupt:
            self.summary.interrupted = True
            self.stop()
            for thread in threads:
                thread.join()

    def _work(self) -> None:
        with httpx.Client(
            base_url=self._options.url,
            headers={"Authorization": f"Bearer {self._options.token}"},
            timeout=30.0,
        ) as client:
            while (call := self._calls.get()) is not None:
                if self._stop.is_set():
                    continue
                try:
                    self._send(client, call)
                except ServiceUnreachable as error:
                    self._failure = error
                    self.stop()

    def _send(self, client: httpx.Client, call: SourceCall) -> None:
        began = time.perf_counter()
        response = self._post(client, "/api/v1/contacts", call.payload, call.key)
        took = (time.perf_counter() - began) * 1000
        if response.status_code not in (200, 201):
            self._refuse(Refusal(call.row, _reason(response), response.status_code))
            return
        contact = response.json()
        self._count(contact, took, new=response.status_code == 201)
        if self._accepted:
            self._accepted(call, contact)
        if self._options.close and call.finished_at and contact["state"] != "closed":
            self._close(client, call, contact["id"])
        self._progress()

    def _count(self, contact: dict[str, Any], took: float, *, new: bool) -> None:
        with self._lock:
            if new:
                self.summary.accepted += 1
                self.summary.latencies.append(took)
                self.summary.removed.update(contact["removed"])
            else:
                self.summary.already_there += 1

    def _close(self, client: httpx.Client, call: SourceCall, contact_id: str) -> None:
        body = {"disposition": call.disposition, "at": call.finished_at}
        response = self._post(client, f"/api/v1/contacts/{contact_id}/close", body, "")
        # 409: an earlier attempt closed it and the answer was lost on the way.
        if response.status_code in (200, 409):
            with self._lock:
                self.summary.closed += 1

    def _post(
        self, client: httpx.Client, path: str, body: dict[str, Any], key: str
    ) -> httpx.Response:
        headers = {"Idempotency-Key": key} if key else {}
        wait, until = _FIRST_WAIT, time.monotonic() + self._options.patience
        while True:
            try:
                response = client.post(path, json=body, headers=headers)
            except httpx.TransportError:
                response = None
            if response is not None and response.status_code not in _RETRY_STATUS:
                return response
            if time.monotonic() > until:
                raise ServiceUnreachable(_unreachable(self._options.url, response))
            with self._lock:
                self.summary.retries += 1
            time.sleep(wait)
            wait = min(wait * 2, _LONGEST_WAIT)

    def _refuse(self, refusal: Refusal) -> None:
        with self._lock:
            self.summary.refusals.append(refusal)
        self._progress()


def _unreachable(url: str, response: httpx.Response | None) -> str:
    if response is None:
        return f"No answer from {url}. Is the service running? Start it with: safecall serve"
    return f"{url} keeps answering {response.status_code}: {_reason(response)}"


def _reason(response: httpx.Response) -> str:
    """The problem document's words (RFC 9457), which never quote what was sent."""
    try:
        problem = response.json()
    except json.JSONDecodeError:
        return f"HTTP {response.status_code} without a reason"
    if not isinstance(problem, dict):
        return f"HTTP {response.status_code} without a reason"
    parts = [
        f"{error.get('pointer', '')}: {error.get('detail', '')}"
        for error in problem.get("errors", [])
    ]
    return "; ".join(parts) or str(problem.get("detail") or problem.get("title"))
