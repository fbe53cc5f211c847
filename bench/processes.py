"""CPU time of process trees, from /proc (Linux), so that nothing has to be installed for it."""

import os
from pathlib import Path

OWN = os.getpid()
_TICKS = os.sysconf("SC_CLK_TCK")


def tree(root: int) -> list[int]:
    """The process and all that descend from it."""
    children: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit() and (fields := _stat(int(entry.name))):
            children.setdefault(int(fields[1]), []).append(int(entry.name))
    found = [root]
    for pid in found:
        found += children.get(pid, [])
    return found


def cpu_seconds(*roots: int) -> float:
    """User and system time of the trees so far, children that have ended included."""
    pids = {pid for root in roots for pid in tree(root)}
    ticks = sum(sum(map(int, fields[11:15])) for pid in pids if (fields := _stat(pid)))
    return ticks / _TICKS


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name, which may hold spaces; [] if it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []


def resident(root: int) -> int:
    """Bytes that the tree holds in memory; what its processes share counts once, by shares."""
    return sum(map(_share, tree(root)))


def _share(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss:"))
