"""What a step of a long command cost: seconds, seconds of CPU, and the most memory it held."""

import os
import resource
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import typer

_PROC = Path("/proc/self")


@dataclass
class Cost:
    """`helpers_cpu` and `helpers_mb` are told by whoever has processes of its own."""

    said: str = ""
    seconds: float = 0.0
    cpu: float = 0.0
    megabytes: float = 0.0
    helpers_cpu: float = 0.0
    helpers_mb: float = 0.0


@contextmanager
def step(what: str) -> Iterator[Cost]:
    """Measure what happens inside and print one line about it; set `said` to what came of it."""
    cost = Cost()
    _forget_peak()
    began, cpu = time.monotonic(), _cpu()
    yield cost
    cost.seconds = time.monotonic() - began
    cost.cpu = _cpu() - cpu + cost.helpers_cpu
    cost.megabytes = _peak() + cost.helpers_mb
    typer.echo(
        f"{what:<28}{cost.said:>26}{cost.seconds:>9.1f} s{cost.cpu:>9.1f} s CPU"
        f"{cost.megabytes:>8,.0f} MB"
    )


def ended(run: "subprocess.Popen[bytes]") -> tuple[bytes, float]:
    """What a process printed until it ended, and the megabytes that it held at most."""
    said = run.stdout.read() if run.stdout else b""
    _, status, used = os.wait4(run.pid, 0)
    run.returncode = os.waitstatus_to_exitcode(status)
    return said, used.ru_maxrss / 1024


def _cpu() -> float:
    """Seconds of this process, and of those that it started and that have ended."""
    mine, theirs = (
        resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    )
    return mine.ru_utime + mine.ru_stime + theirs.ru_utime + theirs.ru_stime


def _forget_peak() -> None:
    """Let the peak of memory begin anew, where the system can."""
    with suppress(OSError):
        (_PROC / "clear_refs").write_text("5", encoding="ascii")


def _peak() -> float:
    """Megabytes that this process held at most since `_forget_peak`."""
    try:
        lines = (_PROC / "status").read_text(encoding="ascii", errors="replace").splitlines()
        return next(int(one.split()[1]) for one in lines if one.startswith("VmHWM")) / 1024
    except (OSError, StopIteration):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
