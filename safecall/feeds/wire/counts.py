"""Counting what came by wire, by fixed phrases alone: nothing of a message is counted or logged."""

import logging
import threading
from collections import Counter


class Counts:
    """Counters that every thread may add to."""

    def __init__(self, logger: logging.Logger) -> None:
        self._log = logger
        self._lock = threading.Lock()
        self._all: Counter[str] = Counter()
        self._told: Counter[str] = Counter()

    def add(self, what: str, times: int = 1) -> None:
        """Count `what`, a phrase that the code holds."""
        with self._lock:
            self._all[what] += times

    def __getitem__(self, what: str) -> int:
        with self._lock:
            return self._all[what]

    def totals(self) -> dict[str, int]:
        """Everything counted so far, most frequent first."""
        with self._lock:
            return dict(self._all.most_common())

    def tell(self) -> None:
        """Log what was counted since the last time, in one line; nothing if there was nothing."""
        with self._lock:
            new = self._all - self._told
            self._told = self._all.copy()
        if new:
            self._log.info("; ".join(f"{what}: {times}" for what, times in new.most_common()))
