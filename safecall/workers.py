"""A thread that does one piece of work again and again for as long as its process runs.

Each serving process has several: numbering, the ledger's sequencer, arranging interpreters. Any
number of processes may run the same worker; the work itself has to be safe for that.
"""

import logging
import threading
import time
from collections.abc import Callable
from typing import Final

from django.db import close_old_connections

_AFTER_FAILURE: Final = 1.0  # seconds

_log = logging.getLogger(__name__)


class Worker:
    """One such thread. `once` does what is there to do and says how many seconds to pause then.

    `wake` ends the pause early, but two rounds never begin within `apart` seconds, so that what
    comes in a rush is done together. Whatever goes wrong is logged and tried again.
    """

    def __init__(self, name: str, once: Callable[[], float], *, apart: float = 0.0) -> None:
        self._name = name
        self._once = once
        self._apart = apart
        self._wanted = threading.Event()
        self._start = threading.Lock()
        self._thread: threading.Thread | None = None

    def wake(self) -> None:
        """There is something to do now."""
        self._wanted.set()

    def start(self) -> None:
        """Start this process's thread, once."""
        with self._start:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()

    def _work(self) -> None:
        pause, ended = 0.0, 0.0
        while True:
            if self._wanted.wait(pause):
                time.sleep(max(0.0, ended + self._apart - time.monotonic()))
            self._wanted.clear()
            try:
                pause = self._once()
            except Exception:  # noqa: BLE001  whatever it is, the next piece of work must be done
                _log.exception("%s: it will be tried again", self._name)
                close_old_connections()
                time.sleep(_AFTER_FAILURE)
                pause = 0.0
            ended = time.monotonic()
