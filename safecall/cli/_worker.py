"""The application as a process of `safecall serve` runs it.

When the serving process is killed outright, its workers end too: one left behind would keep the
port and, on SQLite, write beside the next one.
"""

import ctypes
import os
import signal
import sys

from safecall.config.wsgi import application

__all__ = ["application"]

_PR_SET_PDEATHSIG = 1  # prctl(2)


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1:
            # The parent ended before this was asked for.
            os.kill(os.getpid(), signal.SIGKILL)


_end_with_parent()
