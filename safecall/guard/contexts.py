"""Contexts: what is said of status and of nobody's: a promise, a law, a lesson, a collection.

``rules/<lang>/contexts.toml`` holds them. As in ConText (Harkema et al. 2009,
doi:10.1016/j.jbi.2009.05.002) a context is a trigger, the direction in which it reaches, and the
words that end its reach; what any rule of any language finds within it is left.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from safecall.guard.kinds import RULES_DIR, RuleError
from safecall.guard.phrases import Lists, Sequence
from safecall.guard.reading import entry_lines, read_lists, read_phrases, read_toml, short, strings
from safecall.guard.rules import CONTEXTS, languages


@dataclass(frozen=True, slots=True)
class Context:
    """One context: its triggers, and its examples.

    ``ahead`` are triggers that reach the words after them, ``behind`` those that reach the words
    before them; neither reaches past one of ``ends``, nor out of its sentence. ``flag`` are
    sentences in which the words in ``[ ]`` are found in spite of the context; ``passes`` are
    sentences that stay whole because of it.
    """

    id: str
    means: str
    ahead: tuple[Sequence, ...]
    behind: tuple[Sequence, ...]
    ends: tuple[Sequence, ...]
    flag: tuple[str, ...]
    passes: tuple[str, ...]
    place: str


_PHRASES: Final = ("ahead", "behind", "ends")
_KEYS: Final = frozenset({"id", "means", "flag", "pass", *_PHRASES})


def load_contexts(root: Path = RULES_DIR, lang: str | None = None) -> list[Context]:
    """The contexts under ``root``, of all languages or one.

    Raises:
        RuleError: one cannot be used.
    """
    shared = read_lists(root / "lists.toml", {})
    tags = languages(root) if lang is None else [lang]
    return [one for tag in tags for one in _contexts(root / tag, shared)]


def _contexts(folder: Path, shared: Lists) -> Iterator[Context]:
    path = folder / CONTEXTS
    if not path.exists():
        return
    data = read_toml(path)
    if set(data) - {"context", "file"}:
        raise RuleError(f"{short(path)}:1: only the tables [[context]] and [file] are known")
    lists = read_lists(folder / "lists.toml", shared)
    lines = entry_lines(path.read_text(encoding="utf-8"), "context")
    for entry, line in zip_longest(data.get("context", []), lines, fillvalue=0):
        if isinstance(entry, dict):
            yield _context(entry, f"{short(path)}:{line}", lists)


def _context(entry: dict[str, Any], where: str, lists: Lists) -> Context:
    name = str(entry.get("id", ""))
    where = f"{where} ({name})"
    if set(entry) - _KEYS or not name or not isinstance(entry.get("means"), str):
        raise RuleError(f"{where}: a context has an id, says what it `means`, and may have "
                        f"{', '.join(sorted(_KEYS - {'id', 'means'}))}, nothing else")  # fmt: skip
    flag, passes = strings(entry, "flag", where), strings(entry, "pass", where)
    if not flag or not passes:
        raise RuleError(f"{where}: no `{'pass' if flag else 'flag'}` example; it needs both")
    phrases = {key: read_phrases(strings(entry, key, where), where, key, lists) for key in _PHRASES}
    if not phrases["ahead"] and not phrases["behind"]:
        raise RuleError(f"{where}: it needs `ahead` or `behind`")
    return Context(
        id=name,
        means=entry["means"],
        ahead=phrases["ahead"],
        behind=phrases["behind"],
        ends=phrases["ends"],
        flag=flag,
        passes=passes,
        place=where,
    )
