"""The compiled plan kept in a file, so that a process starts in milliseconds.

The file's name holds a digest of all rule files, of this package's code and of Python's version:
a changed rule gives another file. The folder belongs to the user alone, and a file that is not
the user's own is not read; without a usable folder the plan is made anew each time.
"""

from __future__ import annotations

import hashlib
import marshal
import mmap
import os
import sys
from array import array
from dataclasses import fields
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

from safecall.guard.buffers import Pieces
from safecall.guard.kinds import RULES_DIR
from safecall.guard.plan import Plan
from safecall.guard.weighing import anchors
from safecall.guard.weighing.scale import learnt

_PACKAGE: Final = Path(__file__).parent
_KEPT: Final = 24
#: How a packed value is to be read: words, bytes of the tail, a list of such, several values.
_WORDS, _LATER, _LIST, _TUPLE = "words", "later", "list", "tuple"
#: So many bytes go to the tail.
_LARGE: Final = 4096
#: The file begins with the length of its head, in so many bytes.
_LENGTH: Final = 8


def digest(*roots: Path) -> str:
    """What names the plan of the rules under ``roots``."""
    state = hashlib.sha256(sys.version.encode())
    for path in sorted(_PACKAGE.glob("*.py")):
        _add(state, path.name, path.read_bytes())
    _add_rules(state, *roots)
    return state.hexdigest()


def rules_digest(*roots: Path) -> str:
    """SHA-256 over the names and the content of all rule files under ``roots``, in hexadecimal.

    It says which rules these are, whatever release of the code and of Python they run on. What
    the second reading has learnt (`weighing`) is one of our rules.
    """
    state = hashlib.sha256()
    _add_rules(state, *roots)
    if RULES_DIR in roots:
        for path in (anchors.LIST, *learnt()):
            _add(state, path.name, path.read_bytes())
    return state.hexdigest()


def _add_rules(state: hashlib._Hash, *roots: Path) -> None:
    for number, root in enumerate(roots):
        for path in rule_files(root):
            _add(state, f"{number}/{path.relative_to(root).as_posix()}", path.read_bytes())


def rule_files(root: Path) -> list[Path]:
    """The files of a folder of rules: ``lists.toml`` and ``<lang>/*.toml``."""
    found = (*root.glob("*.toml"), *root.glob("*/*.toml"))
    return sorted(path for path in found if not path.parent.name.startswith("."))


def _add(state: hashlib._Hash, name: str, content: bytes) -> None:
    state.update(f"{name} {len(content)}\n".encode())
    state.update(content)


def holds(name: str) -> bool:
    """Whether a plan is kept under ``name``."""
    folder = _folder()
    return folder is not None and (folder / f"{name}.plan").exists()


def recall(name: str) -> Plan | None:
    """The plan kept under ``name``, if there is one that can be trusted."""
    folder = _folder()
    if folder is None:
        return None
    try:
        with (folder / f"{name}.plan").open("rb") as file:
            if not _own(os.fstat(file.fileno())):
                return None
            kept = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
        length = int.from_bytes(kept[:_LENGTH])
        head, tail = kept[_LENGTH : _LENGTH + length], kept[_LENGTH + length :]
        values: Any = marshal.loads(head)  # noqa: S302 - the user's own file
        return Plan(*(_unpacked(value, tail) for value in values))
    except (OSError, ValueError, EOFError, TypeError):
        return None


def keep(name: str, plan: Plan) -> None:
    """Keep ``plan`` for the next process; if that cannot be, nothing happens."""
    import tempfile  # noqa: PLC0415 - seldom needed, and slow to import

    folder = _folder()
    if folder is None:
        return
    tail = bytearray()
    head = marshal.dumps(tuple(_packed(getattr(plan, one.name), tail) for one in fields(plan)))
    try:
        handle, partial = tempfile.mkstemp(dir=folder)
        with os.fdopen(handle, "wb") as file:
            file.writelines((len(head).to_bytes(_LENGTH), head, tail))
        Path(partial).replace(folder / f"{name}.plan")
        _forget_old(folder)
    except OSError:
        return


def _packed(value: Any, tail: bytearray) -> Any:
    """A value in the form that is read fastest.

    A dictionary of words becomes few long texts: its keys, the different values, and which of
    these each key has (4 bytes). What is marshalled until it is needed goes to the tail, which is
    not read until then.
    """
    if isinstance(value, dict) and value and all(isinstance(one, str) for one in value.values()):
        different = {one: at for at, one in enumerate(dict.fromkeys(value.values()))}
        which = array("I", map(different.__getitem__, value.values()))
        return _WORDS, "\n".join(value), "\n".join(different), which.tobytes()
    if isinstance(value, bytes) and len(value) >= _LARGE:
        tail += value
        return _LATER, len(tail) - len(value), len(tail)
    if isinstance(value, list) and value and all(isinstance(one, bytes) for one in value):
        borders = array("I", accumulate(map(len, value), initial=len(tail)))
        tail += b"".join(value)
        return _LIST, borders.tobytes()
    if isinstance(value, tuple):
        return _TUPLE, *(_packed(one, tail) for one in value)
    return value


def _unpacked(value: Any, tail: memoryview) -> Any:
    if not isinstance(value, tuple):
        return value
    kind, *rest = value
    if kind == _WORDS:
        different = rest[1].split("\n")
        which = map(different.__getitem__, array("I", rest[2]))
        return dict(zip(rest[0].split("\n"), which, strict=True))
    if kind == _LATER:
        return tail[rest[0] : rest[1]]
    if kind == _LIST:
        return Pieces(tail, array("I", rest[0]))
    return tuple(_unpacked(one, tail) for one in rest)


def _forget_old(folder: Path) -> None:
    plans = sorted(folder.glob("*.plan"), key=lambda path: path.stat().st_mtime, reverse=True)
    for path in plans[_KEPT:]:
        path.unlink(missing_ok=True)


def _folder() -> Path | None:
    """The user's own cache folder (XDG base directories); None if there can be none."""
    base = os.environ.get("XDG_CACHE_HOME")
    try:
        folder = (Path(base) if base else Path.home() / ".cache") / "safecall"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        return folder if _own(folder.stat()) else None
    except (OSError, RuntimeError):
        return None


def _own(status: os.stat_result) -> bool:
    """Whether only this user can have written it."""
    return status.st_uid == os.geteuid() and not status.st_mode & 0o022
