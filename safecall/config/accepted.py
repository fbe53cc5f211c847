"""The department's own rules that were accepted last, kept in files under `SAFECALL_VAR_DIR`.

A copy of the rule files is kept, not the compiled plan: it can be compiled again after an
upgrade, and reading it runs nothing. Needs no database, so every command can use it.
"""

import json
import shutil
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path

from safecall.guard import store
from safecall.guard.engine import stand_beside


@dataclass(frozen=True, slots=True)
class Accepted:
    """Rules that passed every check.

    `folder` holds the copy, `digest` is that of its files; `checked` says with which rules of
    ours, and which release, they were checked.
    """

    folder: Path
    digest: str
    checked: str


def accepted(var_dir: Path) -> Accepted | None:
    """What was accepted last; None where nothing was, or where the copy was changed since."""
    try:
        said = json.loads(_pointer(var_dir).read_text(encoding="utf-8"))
        folder = var_dir / "guard" / Path(str(said["folder"])).name
        found = Accepted(folder, str(said["digest"]), str(said["checked"]))
        return found if store.rules_digest(folder) == found.digest else None
    except (OSError, ValueError, TypeError, KeyError):
        return None


def stand(rules_dir: Path | None, var_dir: Path) -> bool:
    """Let the accepted rules stand beside ours in this process, if the department has any.

    False where `rules_dir` is set and nothing was accepted: ours stand alone.
    """
    found = None if rules_dir is None else accepted(var_dir)
    stand_beside(found.folder if found else None)
    return rules_dir is None or found is not None


def copy(rules_dir: Path, var_dir: Path) -> Path:
    """A copy of the rule files as they are now, in a folder named by their digest.

    Raises `OSError` where a file cannot be read or written.
    """
    home = var_dir / "guard"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    making = Path(tempfile.mkdtemp(prefix="copying-", dir=home))
    try:
        for path in store.rule_files(rules_dir):
            place = making / path.relative_to(rules_dir)
            place.parent.mkdir(exist_ok=True)
            shutil.copyfile(path, place)
        made = home / f"rules-{store.rules_digest(making)[:32]}"
        if made.exists() and store.rules_digest(made) != store.rules_digest(making):
            shutil.rmtree(made)
        if not made.exists():
            making.rename(made)
        return made
    finally:
        shutil.rmtree(making, ignore_errors=True)


def accept(folder: Path, checked: str, var_dir: Path) -> None:
    """Keep a copy that passed every check as the accepted one, in one step."""
    found = Accepted(folder, store.rules_digest(folder), checked)
    partial = _pointer(var_dir).with_suffix(".writing")
    partial.write_text(json.dumps({**asdict(found), "folder": folder.name}), encoding="utf-8")
    partial.replace(_pointer(var_dir))


def forget_others(var_dir: Path) -> None:
    """Delete the copies that are not the accepted one."""
    kept = accepted(var_dir)
    for path in (var_dir / "guard").glob("rules-*"):
        if kept is None or path != kept.folder:
            shutil.rmtree(path, ignore_errors=True)


def _pointer(var_dir: Path) -> Path:
    return var_dir / "guard" / "accepted.json"
