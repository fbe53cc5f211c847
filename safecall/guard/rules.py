"""Rules: TOML files that a court interpreter can read, write and extend.

``rules/<lang>/<topic>.toml`` holds rules; ``rules/<lang>/lists.toml`` and ``rules/lists.toml``
hold named lists; ``rules/<lang>/triggers.toml`` holds the words whose typing errors are seen
through. The format is described in ``docs/guard.md``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from safecall.guard.kinds import RULES_DIR, Kind, RuleError
from safecall.guard.phrases import Lists, Sequence
from safecall.guard.reading import (
    entry_lines,
    read_lists,
    read_phrases,
    read_toml,
    short,
    strings,
)

__all__ = ["RULES_DIR", "Kind", "Rule", "RuleError", "Triggers", "load_rules", "load_triggers"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: what it finds, what cancels it, and its examples.

    ``label`` phrases count only where they stand alone as a label of a form, and only for
    `ask`; with ``only_in_ask`` the whole rule counts only there. With ``labels`` the ``find``
    phrases, too, count only as a label; with ``capitals`` only in capitals, in a text that has
    small letters as well.
    """

    id: str
    kind: Kind
    lang: str
    means: str
    find: tuple[Sequence, ...]
    label: tuple[Sequence, ...]
    but_not: tuple[Sequence, ...]
    flag: tuple[str, ...]
    passes: tuple[str, ...]
    todo: tuple[str, ...]
    only_in_ask: bool
    labels: bool
    capitals: bool
    place: str


@dataclass(frozen=True, slots=True)
class Triggers:
    """Words whose one-letter typing errors are seen through, and words that are no such error.

    ``joined`` are words that are written together with the next one: an Arabic article, a French
    ``l'``. ``abbreviated`` are words whose full stop ends no sentence: ``geb.``.
    """

    words: frozenset[str]
    stop: frozenset[str]
    joined: frozenset[str] = frozenset()
    abbreviated: frozenset[str] = frozenset()


_TEXTS: Final = ("find", "label", "but_not", "flag", "pass", "todo")
_SINGLE_VALUES: Final = {"only_in": "ask", "where": "label", "case": "upper", "remove": "whole"}
_KEYS: Final = frozenset(
    {"id", "kind", "means", "source", "confirmed", "typos", *_TEXTS, *_SINGLE_VALUES}
)
CONTEXTS: Final = "contexts.toml"
#: Files of a language that hold no rules.
OTHER_FILES: Final = frozenset({"lists.toml", "triggers.toml", CONTEXTS})
_FILE_KEYS: Final = frozenset({"source", "confirmed", "means", "lang"})


def languages(root: Path = RULES_DIR) -> list[str]:
    """The languages that have rules, as BCP 47 tags."""
    return sorted(
        path.name
        for path in root.iterdir()
        if path.is_dir() and not path.name.startswith(".") and any(path.glob("*.toml"))
    )


def load_rules(
    root: Path = RULES_DIR,
    lang: str | None = None,
    faults: list[RuleError] | None = None,
    beside: Path | None = None,
) -> list[Rule]:
    """All rules under ``root``, or those of one language; then those of the folder ``beside`` it.

    Rules of ``beside`` may use the lists of ``root``, and replace them for themselves alone.
    With ``faults`` every rule that cannot be used is told there and left out.

    Raises:
        RuleError: at the first fault; a rule without both kinds of example is one.
    """
    rules: dict[str, Rule] = {}
    for rule in _all_rules(root, lang, beside):
        fault = rule if isinstance(rule, RuleError) else _used_twice(rule, rules)
        if fault is not None and faults is None:
            raise fault
        if fault is not None and faults is not None:
            faults.append(fault)
        elif isinstance(rule, Rule):
            rules[rule.id] = rule
    if not rules and faults is None:
        raise RuleError(f"{root}: there are no rules")
    return list(rules.values())


def _all_rules(root: Path, lang: str | None, beside: Path | None) -> Iterator[Rule | RuleError]:
    shared = read_lists(root / "lists.toml", {})
    for tag in languages(root) if lang is None else [lang]:
        yield from _language_rules(root / tag, shared)
    if beside is None:
        return
    new: Lists = {}
    try:
        theirs = read_lists(beside / "lists.toml", shared)
        new = {name: one for name, one in theirs.items() if one is not shared.get(name)}
    except RuleError as fault:
        yield fault
    for tag in languages(beside):
        if lang in (None, tag):
            ours = read_lists(root / tag / "lists.toml", shared)
            yield from _language_rules(beside / tag, {**ours, **new})


def _used_twice(rule: Rule, rules: Mapping[str, Rule]) -> RuleError | None:
    if rule.id not in rules:
        return None
    return RuleError(f"{rule.place}: the id {rule.id} is already used at {rules[rule.id].place}")


def load_triggers(
    root: Path = RULES_DIR, lang: str | None = None, beside: Path | None = None
) -> Triggers:
    """The trigger words of all languages, from ``triggers.toml`` and from ``typos`` of rules.

    Raises:
        RuleError: a file cannot be read, or holds something else than words.
    """
    words: set[str] = set()
    stop: set[str] = set()
    joined: set[str] = set()
    abbreviated: set[str] = set()
    for path in _files(root, lang, beside):
        data = read_toml(path)
        table = data.get("triggers", {})
        words.update(strings(table, "words", short(path)))
        stop.update(strings(table, "stop", short(path)))
        joined.update(strings(data.get("joined", {}), "before", short(path)))
        abbreviated.update(strings(data.get("abbreviated", {}), "words", short(path)))
        for entry in data.get("rule", []):
            words.update(strings(entry, "typos", short(path)))
    return Triggers(frozenset(words), frozenset(stop), frozenset(joined), frozenset(abbreviated))


def _files(root: Path, lang: str | None, beside: Path | None) -> Iterator[Path]:
    for folder in (root,) if beside is None else (root, beside):
        for tag in languages(folder) if lang is None else [lang]:
            yield from sorted((folder / tag).glob("*.toml"))


def _language_rules(folder: Path, shared: Lists) -> Iterator[Rule | RuleError]:
    if not folder.is_dir():
        raise RuleError(f"{folder}: there are no rules for the language {folder.name}")
    try:
        lists = read_lists(folder / "lists.toml", shared)
    except RuleError as fault:
        yield fault
        return
    for path in sorted(folder.glob("*.toml")):
        if path.name not in OTHER_FILES:
            yield from _file_rules(path, folder.name, lists)


def _file_rules(path: Path, tag: str, lists: Lists) -> Iterator[Rule | RuleError]:
    name = short(path)
    try:
        data = read_toml(path)
    except RuleError as fault:
        yield fault
        return
    if set(data) - {"rule", "file"}:
        yield RuleError(f"{name}:1: only the tables [[rule]] and [file] are known")
    if set(data.get("file", {})) - _FILE_KEYS:
        yield RuleError(f"{name}:1: [file] knows only {sorted(_FILE_KEYS)}")
    lines = entry_lines(path.read_text(encoding="utf-8"))
    for entry, line in zip_longest(data.get("rule", []), lines, fillvalue=0):
        if isinstance(entry, dict):
            try:
                yield _rule(entry, f"{name}:{line}", tag, lists)
            except RuleError as fault:
                yield fault


def _rule(
    entry: dict[str, Any],
    where: str,
    tag: str,
    lists: Lists,
) -> Rule:
    name = entry.get("id")
    if not isinstance(name, str) or not name:
        raise RuleError(f"{where}: a rule has no id")
    where_rule = f"{where} ({name})"
    _check_keys(entry, where_rule)
    texts = {key: strings(entry, key, where_rule) for key in _TEXTS}
    if not texts["find"] and not texts["label"]:
        raise RuleError(f"{where_rule}: `find` is missing")
    if not texts["flag"] or not texts["pass"]:
        missing = "flag" if not texts["flag"] else "pass"
        raise RuleError(f"{where_rule}: no `{missing}` example; a rule needs both to load")
    parsed = {
        key: read_phrases(texts[key], where_rule, key, lists)
        for key in ("find", "label", "but_not")
    }
    return Rule(
        id=name,
        kind=Kind(entry["kind"]),
        lang=tag,
        means=entry["means"],
        find=parsed["find"],
        label=parsed["label"],
        but_not=parsed["but_not"],
        flag=texts["flag"],
        passes=texts["pass"],
        todo=texts["todo"],
        only_in_ask=entry.get("only_in") == "ask",
        labels=entry.get("where") == "label",
        capitals=entry.get("case") == "upper",
        place=where,
    )


def _check_keys(entry: dict[str, Any], where: str) -> None:
    unknown = set(entry) - _KEYS
    if unknown:
        raise RuleError(f"{where}: unknown key {sorted(unknown)}; known are {sorted(_KEYS)}")
    kinds = [str(kind) for kind in Kind]
    if entry.get("kind") not in kinds:
        raise RuleError(f"{where}: `kind` must be one of {', '.join(kinds)}")
    if not isinstance(entry.get("means"), str):
        raise RuleError(f"{where}: `means` must say in a sentence what the rule finds")
    for key, value in _SINGLE_VALUES.items():
        if entry.get(key, value) != value:
            raise RuleError(f'{where}: `{key}` can only be "{value}", or be left out')
