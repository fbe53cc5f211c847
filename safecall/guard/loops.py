"""How the loops over a whole column are compiled: to machine code, by numba.

They are plain Python over arrays: bytes as ``uint8``, places, rows and values as ``int64``. The
compiled code is kept beside them, so that only the first run on a machine waits for it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, Final

from numba import njit

_PACKAGE: Final = Path(__file__).parent


def inlined(loop: Callable[..., Any]) -> Any:
    """The loop as a part of those that call it."""
    return njit(cache=True, nogil=True, boundscheck=False, inline="always")(loop)


def compiled(loop: Callable[..., Any]) -> Any:
    """The loop as machine code.

    numba compiles one again when its own file has changed; here it is also compiled again when
    another file has, as it holds code of the loops that it calls.
    """
    made: Any = njit(cache=True, nogil=True, boundscheck=False)(loop)
    if not _is_without_old(Path(made.stats.cache_path)):
        made = njit(nogil=True, boundscheck=False)(loop)
    return made


@cache
def _is_without_old(folder: Path) -> bool:
    """Whether nothing is kept there from before a file of this package last changed."""
    changed = max(path.stat().st_mtime for path in _PACKAGE.glob("*.py"))
    try:
        for kept in folder.glob("*.nbi"):
            if kept.stat().st_mtime < changed:
                kept.unlink(missing_ok=True)
    except OSError:  # it is somebody else's
        return False
    return True
