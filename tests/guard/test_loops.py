"""Loops as machine code: kept for the next process, and made anew when another file has changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import safecall

_ROOT = Path(safecall.__file__).parents[1]
_LOOP = """
from safecall.guard.loops import compiled

@compiled
def doubled(number):
    return 2 * number
"""
_RUN = "from loop import doubled; print(doubled(21), sum(doubled.stats.cache_hits.values()))"


def _run(folder: Path) -> list[str]:
    env = {**os.environ, "PYTHONPATH": f"{folder}{os.pathsep}{_ROOT}"}
    done = subprocess.run(
        [sys.executable, "-c", _RUN], env=env, cwd=folder, capture_output=True, check=True
    )
    return done.stdout.decode().split()


def test_a_loop_is_compiled_again_when_another_file_of_the_guard_has_changed(
    tmp_path: Path,
) -> None:
    (tmp_path / "loop.py").write_text(_LOOP, encoding="utf-8")
    assert _run(tmp_path) == ["42", "0"]
    assert _run(tmp_path) == ["42", "1"]
    for kept in (tmp_path / "__pycache__").glob("loop.*.nbi"):
        os.utime(kept, (0, 0))  # as if all files were newer than it
    assert _run(tmp_path) == ["42", "0"]
