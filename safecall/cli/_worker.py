"""The application as a process of `safecall serve` runs it.

When the serving process is killed outright, its workers end too: one left behind would keep the
port and, on SQLite, write beside the next one.
"""

import ctypes
import logging
import os
import signal
import sys

from django.urls import get_resolver

from safecall.config.wsgi import application
from safecall.guard import GuardUnavailable, screen

__all__ = ["application"]

_PR_SET_PDEATHSIG = 1  # prctl(2)
_log = logging.getLogger(__name__)


def _end_with_parent() -> None:
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == 1:
            # The parent ended before this was asked for.
            os.kill(os.getpid(), signal.SIGKILL)


def _warm_up() -> None:
    """Load pages and rules now, so that the first caller does not wait for them."""
    _ = get_resolver().url_patterns
    try:
        screen("")
    except GuardUnavailable:
        _log.critical("the guard's rules do not load: no text is kept; run safecall check")


_end_with_parent()
_warm_up()
