"""Processes beside this one, with its settings and its rules. They need no database."""

import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context

from safecall.guard.engine import at_work, engine, use
from safecall.guard.plan import Plan


@contextmanager
def pool(workers: int) -> Iterator[Executor]:
    """So many processes; at an error, what waits for them is dropped.

    Raises `GuardUnavailable`.
    """
    context = get_context("forkserver")
    processes = ProcessPoolExecutor(workers, context, _set_up, (engine().plan,))
    try:
        yield processes
    finally:
        processes.shutdown(cancel_futures=True)


def _set_up(plan: Plan) -> None:
    import django  # noqa: PLC0415  this module is loaded before the settings are

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that writes
    django.setup()
    use(at_work(plan))
