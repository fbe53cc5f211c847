"""The rules on columns: ``names.toml``, ``values.toml``, ``niem.toml``; read once.

Phrases are those of the guard's rules (see ``docs/guard.md``). Besides ``find`` and ``but_not``:

- ``whole``: counts only where nothing else but words that say nothing stands round it;
- ``beside`` and ``not_beside``: what another header must, or may not, say;
- ``needs``: the values must be ``countries`` or ``status``; ``unless``: they may not be
  ``numbers``, nor other ``words``;
- for values: ``header`` or ``among`` (the other values) must speak for it, ``not_header`` and
  ``not_among`` must not speak against it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

from safecall.guard.columns.phrases import Phrases
from safecall.guard.columns.words import HERE, Reader, read_words
from safecall.guard.kinds import RULES_DIR, GuardUnavailable, Kind, RuleError
from safecall.guard.phrases import Choice
from safecall.guard.reading import read_lists, read_phrases, read_toml, strings

_PHRASES: Final = (
    "find", "whole", "but_not", "beside", "not_beside",
    "header", "not_header", "among", "not_among",
)  # fmt: skip
_TEXTS: Final = ("id", "kind", "means", "source", "unless")
_LISTS: Final = ("needs", "flag", "pass")


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One rule, on names or on values; see the module."""

    id: str
    kind: Kind
    means: str
    source: str
    phrases: Mapping[str, Phrases]
    needs: tuple[str, ...]
    unless: str
    flag: tuple[str, ...]
    passes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Rules:
    """Everything that is known of columns."""

    names: tuple[Rule, ...]
    values: tuple[Rule, ...]
    niem: Mapping[str, Rule]
    skipped: Phrases
    not_skipped: Phrases
    persons: Phrases
    kept: Phrases
    alone: frozenset[str]
    domestic: frozenset[str]
    reader: Reader


@cache
def rules() -> Rules:
    """The rules of this process.

    Raises:
        GuardUnavailable: a file cannot be used.
    """
    try:
        return load(HERE)
    except (RuleError, OSError) as error:
        raise GuardUnavailable(f"the rules on columns cannot be loaded: {error}") from None


def load(folder: Path) -> Rules:
    """The rules of a folder.

    Raises:
        RuleError: a file cannot be used.
    """
    shared = read_lists(RULES_DIR / "lists.toml", {})
    countries = read_lists(folder / "countries.toml", shared)
    names = _read(folder / "names.toml", countries)
    values = _read(folder / "values.toml", countries)
    data = read_toml(folder / "values.toml")
    skip, alone = data.get("skip", {}), data.get("alone", {})
    used = {word for rule in names for phrases in rule.phrases.values()
            for word in phrases.vocabulary}  # fmt: skip
    domestic = read_toml(folder / "countries.toml").get("list", {})
    return Rules(
        names,
        values,
        _niem(folder / "niem.toml"),
        _phrases(skip, "headers", "values.toml: [skip]", {}),
        _phrases(skip, "but_not", "values.toml: [skip]", {}),
        _phrases(data.get("persons", {}), "headers", "values.toml: [persons]", {}),
        _phrases(
            read_toml(folder / "names.toml").get("kept", {}), "headers", "names.toml: [kept]", {}
        ),
        frozenset(strings(alone, "words", "values.toml: [alone]")),
        frozenset(strings(domestic, "domestic", "countries.toml")),
        Reader(read_words(folder / "words.toml", used)),
    )


def _read(path: Path, shared: Mapping[str, Choice]) -> tuple[Rule, ...]:
    lists = read_lists(path, shared)
    data = read_toml(path)
    source = str(data.get("file", {}).get("source", ""))
    return tuple(_rule(entry, path.name, source, lists) for entry in data.get("rule", []))


def _rule(entry: dict[str, Any], file: str, source: str, lists: Mapping[str, Choice]) -> Rule:
    where = f"{file} ({entry.get('id')})"
    unknown = set(entry) - {*_PHRASES, *_TEXTS, *_LISTS}
    if unknown:
        raise RuleError(f"{where}: unknown key {sorted(unknown)}")
    if not entry.get("flag") or not entry.get("pass"):
        raise RuleError(f"{where}: a rule needs `flag` and `pass` examples")
    if entry.get("kind") not in list(Kind) or not entry.get("id") or not entry.get("means"):
        raise RuleError(f"{where}: a rule needs `id`, `kind` and `means`")
    return Rule(
        entry["id"],
        Kind(entry["kind"]),
        entry["means"],
        entry.get("source", source),
        {key: _phrases(entry, key, where, lists) for key in _PHRASES},
        strings(entry, "needs", where),
        str(entry.get("unless", "")),
        strings(entry, "flag", where),
        strings(entry, "pass", where),
    )


def _phrases(
    entry: Mapping[str, Any], key: str, where: str, lists: Mapping[str, Choice]
) -> Phrases:
    return Phrases(read_phrases(strings(entry, key, where), where, key, lists), where)


def bare(name: str) -> str:
    """A field's name without namespace, separators and capitals."""
    return "".join(char for char in name.rpartition(":")[2].casefold() if char.isalnum())


def _niem(path: Path) -> dict[str, Rule]:
    """NIEM's names as rules, by their bare name."""
    data = read_toml(path)
    source = str(data["file"]["source"])
    out = {}
    for entry in data["fields"]:
        means = f"is the NIEM field {{}} of {entry['type']}"
        for name in entry["names"]:
            out[bare(name)] = Rule(
                f"column.niem.{name}", Kind(entry["kind"]), means.format(name), source,
                {}, (), "", (), (),
            )  # fmt: skip
    return out
