"""Rules: TOML files that a court interpreter can read, write and extend.

``rules/<lang>/<topic>.toml`` holds rules; ``rules/<lang>/lists.toml`` and ``rules/lists.toml``
hold named lists; ``rules/<lang>/triggers.toml`` holds the words whose typing errors are seen
through. The format is described in ``docs/guard.md``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import zip_longest
from pathlib import Path
from typing import Any, Final

from safecall.guard.phrases import PhraseError, Sequence, parse

RULES_DIR: Final = Path(__file__).parent / "rules"


class Kind(StrEnum):
    """What a finding is; each kind has one action (see the guard's policy)."""

    STATEMENT = "statement"
    QUESTION = "question"
    IDENTIFIER = "identifier"
    PROXY = "proxy"
    AUTHORITY = "authority"


class RuleError(ValueError):
    """A rule file cannot be used; the message names file, line and rule, and what to change."""


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
    """Words whose one-letter typing errors are seen through, and words that are no such error."""

    words: frozenset[str]
    stop: frozenset[str]


_TEXTS: Final = ("find", "label", "but_not", "flag", "pass", "todo")
_SINGLE_VALUES: Final = {"only_in": "ask", "where": "label", "case": "upper", "remove": "whole"}
_KEYS: Final = frozenset(
    {"id", "kind", "means", "source", "confirmed", "typos", *_TEXTS, *_SINGLE_VALUES}
)
_FILE_KEYS: Final = frozenset({"source", "confirmed", "means", "lang"})


def languages(root: Path = RULES_DIR) -> list[str]:
    """The languages that have rules, as BCP 47 tags."""
    return sorted(
        path.name for path in root.iterdir() if path.is_dir() and any(path.glob("*.toml"))
    )


def load_rules(
    root: Path = RULES_DIR, lang: str | None = None, faults: list[RuleError] | None = None
) -> list[Rule]:
    """All rules under ``root``, or those of one language.

    With ``faults`` every rule that cannot be used is told there and left out.

    Raises:
        RuleError: at the first fault; a rule without both kinds of example is one.
    """
    rules: dict[str, Rule] = {}
    for tag in languages(root) if lang is None else [lang]:
        for rule in _language_rules(root, tag):
            fault = rule if isinstance(rule, RuleError) else _used_twice(rule, rules)
            if fault is not None and faults is None:
                raise fault
            if fault is not None and faults is not None:
                faults.append(fault)
            elif isinstance(rule, Rule):
                rules[rule.id] = rule
    return list(rules.values())


def _used_twice(rule: Rule, rules: Mapping[str, Rule]) -> RuleError | None:
    if rule.id not in rules:
        return None
    return RuleError(f"{rule.place}: the id {rule.id} is already used at {rules[rule.id].place}")


def load_triggers(root: Path = RULES_DIR, lang: str | None = None) -> Triggers:
    """The trigger words of all languages, from ``triggers.toml`` and from ``typos`` of rules."""
    words: set[str] = set()
    stop: set[str] = set()
    for tag in languages(root) if lang is None else [lang]:
        for path in sorted((root / tag).glob("*.toml")):
            data = _read(path)
            table = data.get("triggers", {})
            words.update(_strings(table, "words", f"{path}"))
            stop.update(_strings(table, "stop", f"{path}"))
            for entry in data.get("rule", []):
                typos = entry.get("typos", [])
                if isinstance(typos, list):
                    words.update(typos)
    return Triggers(frozenset(words), frozenset(stop))


def _language_rules(root: Path, tag: str) -> Iterator[Rule | RuleError]:
    folder = root / tag
    if not folder.is_dir():
        raise RuleError(f"{folder}: there are no rules for the language {tag}")
    lists = _lists([root / "lists.toml", folder / "lists.toml"])
    for path in sorted(folder.glob("*.toml")):
        if path.name not in ("lists.toml", "triggers.toml"):
            yield from _file_rules(path, tag, lists)


def _file_rules(
    path: Path, tag: str, lists: Mapping[str, tuple[Sequence, ...]]
) -> Iterator[Rule | RuleError]:
    name = f"{path.parent.name}/{path.name}"
    data = _read(path)
    if set(data) - {"rule", "file"}:
        yield RuleError(f"{name}: only the tables [[rule]] and [file] are known")
    if set(data.get("file", {})) - _FILE_KEYS:
        yield RuleError(f"{name}: [file] knows only {sorted(_FILE_KEYS)}")
    for entry, line in zip_longest(data.get("rule", []), _rule_lines(path), fillvalue=0):
        if isinstance(entry, dict):
            try:
                yield _rule(entry, f"{name}:{line}", tag, lists)
            except RuleError as fault:
                yield fault


def _rule(
    entry: dict[str, Any],
    where: str,
    tag: str,
    lists: Mapping[str, tuple[Sequence, ...]],
) -> Rule:
    name = entry.get("id")
    if not isinstance(name, str) or not name:
        raise RuleError(f"{where}: a rule has no id")
    where_rule = f"{where} ({name})"
    _check_keys(entry, where_rule)
    texts = {key: _strings(entry, key, where_rule) for key in _TEXTS}
    if not texts["find"] and not texts["label"]:
        raise RuleError(f"{where_rule}: `find` is missing")
    if not texts["flag"] or not texts["pass"]:
        missing = "flag" if not texts["flag"] else "pass"
        raise RuleError(f"{where_rule}: no `{missing}` example; a rule needs both to load")
    parsed = {
        key: _phrases(texts[key], where_rule, key, lists) for key in ("find", "label", "but_not")
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
    if entry.get("only_in", "ask") != "ask":
        raise RuleError(f'{where}: `only_in` can only be "ask"')
    if entry.get("remove", "whole") != "whole":
        raise RuleError(f'{where}: `remove` can only be "whole"; mark a part with <> in `find`')


def _strings(entry: Mapping[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = entry.get(key, [])
    if not isinstance(value, list) or not all(isinstance(text, str) for text in value):
        raise RuleError(f"{where}: `{key}` must be a list of texts in quotes")
    return tuple(value)


def _phrases(
    texts: tuple[str, ...],
    where: str,
    key: str,
    lists: Mapping[str, tuple[Sequence, ...]],
) -> tuple[Sequence, ...]:
    try:
        return tuple(parse(text, lists) for text in texts)
    except PhraseError as error:
        raise RuleError(f"{where}: {key}: {error}") from None


def _lists(paths: list[Path]) -> dict[str, tuple[Sequence, ...]]:
    """Named lists; one may refer to another, in any order, but not to itself."""
    raw: dict[str, tuple[tuple[str, ...], str]] = {}
    for path in paths:
        where = f"{path.parent.name}/{path.name}"
        table = _read(path).get("list", {}) if path.exists() else {}
        raw.update((name, (_strings(table, name, where), where)) for name in table)
    done: dict[str, tuple[Sequence, ...]] = {}
    for name in raw:
        _build_list(name, raw, done, ())
    return done


def _build_list(
    name: str,
    raw: Mapping[str, tuple[tuple[str, ...], str]],
    done: dict[str, tuple[Sequence, ...]],
    above: tuple[str, ...],
) -> None:
    if name in done or name not in raw:
        return
    texts, where = raw[name]
    if name in above:
        raise RuleError(f"{where}: the list {name} refers to itself")
    for other in _LIST_REFERENCE.findall(" ".join(texts)):
        _build_list(other, raw, done, (*above, name))
    done[name] = _phrases(texts, where, f"list {name}", done)


_LIST_REFERENCE: Final = re.compile(r"\{([a-z0-9_]+)\}")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise RuleError(f"{path.parent.name}/{path.name}: {error}") from None


def _rule_lines(path: Path) -> list[int]:
    lines = path.read_text(encoding="utf-8").splitlines()
    return [number for number, line in enumerate(lines, 1) if line.strip() == "[[rule]]"]
