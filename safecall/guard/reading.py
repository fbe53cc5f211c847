"""Reading rule files: TOML, lists of phrases, and errors that say what to change."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, Final

from safecall.guard.kinds import RuleError
from safecall.guard.phrases import Choice, Lists, PhraseError, Sequence, parse


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a file.

    Raises:
        RuleError: it is no TOML, or a table has another shape than rule files have.
    """
    try:
        content = path.read_text(encoding="utf-8")
        data = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        line = _LINE.search(str(error))
        at = line[1] if line else len(content.splitlines()) or 1
        raise RuleError(f"{short(path)}:{at}: {error}") from None
    except UnicodeDecodeError:
        raise RuleError(f"{short(path)}:1: is not UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise RuleError(f"{short(path)}: {error.strerror or 'cannot be read'}") from None
    for name in ("file", "list", "triggers", "joined", "abbreviated"):
        if not isinstance(data.get(name, {}), dict):
            raise RuleError(f"{short(path)}:1: `{name}` must be a table, written [{name}]")
    rules = data.get("rule", [])
    if not isinstance(rules, list) or not all(isinstance(one, dict) for one in rules):
        raise RuleError(f"{short(path)}:1: a rule begins with [[rule]], in two pairs of brackets")
    return data


_LINE: Final = re.compile(r"at line ([0-9]+)")


def short(path: Path) -> str:
    """A file's name with its folder, as messages give it."""
    return f"{path.parent.name}/{path.name}"


def strings(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    """The texts at ``key``; none if it is absent."""
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise RuleError(f"{where}: `{key}` must be a list of texts in quotes")
    return tuple(value)


def read_phrases(
    texts: tuple[str, ...], where: str, key: str, lists: Lists
) -> tuple[Sequence, ...]:
    """The phrases ``texts``, which stand at ``key``."""
    try:
        return tuple(parse(text, lists) for text in texts)
    except PhraseError as error:
        raise RuleError(f"{where}: {key}: {error}") from None


def entry_lines(content: str, name: str = "rule") -> list[int]:
    """The lines of a file on which its rules, or other entries of this ``name``, begin."""
    begins = re.compile(rf"\s*\[\[\s*{name}\s*\]\]\s*(#.*)?")
    lines = enumerate(content.splitlines(), 1)
    return [number for number, line in lines if begins.fullmatch(line)]


_REFERENCE: Final = re.compile(r"\{([a-z0-9_]+)\}")


def read_lists(path: Path, shared: Lists) -> dict[str, Choice]:
    """The lists of a file, with those of ``shared`` that it does not replace.

    A list may refer to another, in any order, but not to itself.
    """
    done = dict(shared)
    if path.exists():
        table = read_toml(path).get("list", {})
        places = _places(path, table)
        raw = {name: strings(table, name, places[name]) for name in table}
        for name in raw:
            done.pop(name, None)
        for name in raw:
            _build(name, raw, done, places)
    return done


def _places(path: Path, names: Iterable[str]) -> dict[str, str]:
    """File and line of each name that is given a value."""
    lines = path.read_text(encoding="utf-8").splitlines()
    given = {
        line.split("=")[0].strip(" \t\"'"): at for at, line in enumerate(lines, 1) if "=" in line
    }
    return {name: f"{short(path)}:{given.get(name, 1)}" for name in names}


def _build(
    name: str,
    raw: Mapping[str, tuple[str, ...]],
    done: dict[str, Choice],
    places: Mapping[str, str],
    above: tuple[str, ...] = (),
) -> None:
    if name in done or name not in raw:
        return
    where = places[name]
    if name in above:
        raise RuleError(f"{where}: the list {name} refers to itself")
    for other in _REFERENCE.findall(" ".join(raw[name])):
        _build(other, raw, done, places, (*above, name))
    phrases = read_phrases(raw[name], where, f"list {name}", done)
    if not phrases:
        raise RuleError(f"{where}: the list {name} is empty")
    done[name] = Choice(phrases, key=f"{where}:{name}")
