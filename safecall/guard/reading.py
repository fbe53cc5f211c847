"""Reading rule files: TOML, lists of phrases, and errors that say what to change."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from safecall.guard.kinds import RuleError
from safecall.guard.phrases import Choice, Lists, PhraseError, Sequence, parse


def read_toml(path: Path) -> dict[str, Any]:
    """The tables of a file.

    Raises:
        RuleError: it is no TOML.
    """
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{short(path)}: {error}") from None


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


_REFERENCE: Final = re.compile(r"\{([a-z0-9_]+)\}")


def read_lists(path: Path, shared: Lists) -> dict[str, Choice]:
    """The lists of a file, with those of ``shared`` that it does not replace.

    A list may refer to another, in any order, but not to itself.
    """
    done = dict(shared)
    if path.exists():
        where = short(path)
        table = read_toml(path).get("list", {})
        raw = {name: strings(table, name, where) for name in table}
        for name in raw:
            done.pop(name, None)
        for name in raw:
            _build(name, raw, done, where)
    return done


def _build(
    name: str,
    raw: Mapping[str, tuple[str, ...]],
    done: dict[str, Choice],
    where: str,
    above: tuple[str, ...] = (),
) -> None:
    if name in done or name not in raw:
        return
    if name in above:
        raise RuleError(f"{where}: the list {name} refers to itself")
    for other in _REFERENCE.findall(" ".join(raw[name])):
        _build(other, raw, done, where, (*above, name))
    phrases = read_phrases(raw[name], where, f"list {name}", done)
    if not phrases:
        raise RuleError(f"{where}: the list {name} is empty")
    done[name] = Choice(phrases, key=f"{where}:{name}")
