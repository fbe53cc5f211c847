"""Lists of phrases in TOML, each group with right and wrong examples, run by the guard's engine.

For whoever looks for something else than the guard does, on the same folded text, so that capitals,
missing accents and look-alike letters hide nothing.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from safecall.guard.compile import compile_plan
from safecall.guard.kinds import Kind
from safecall.guard.matching import Engine
from safecall.guard.phrases import PhraseError, Sequence, parse
from safecall.guard.rules import Rule, Triggers

_KEYS: Final = ("id", "means", "find")


class WordListError(ValueError):
    """A list cannot be used; the message names the file, the group and what to change."""


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases of one meaning; `yes` and `no` are its right and wrong examples."""

    id: str
    means: str
    find: tuple[Sequence, ...]
    but_not: tuple[Sequence, ...]
    yes: tuple[str, ...]
    no: tuple[str, ...]

    @property
    def code(self) -> str:
        """What stands after the language in the id: `shelter` of `en.shelter`."""
        return self.id.rpartition(".")[2]


@dataclass(frozen=True)
class WordList:
    """The groups of one language, the words whose typing errors are seen through, and the small
    words that are written together with the next one (`[joined]`, as in the guard's rules)."""

    lang: str
    confirmed: str
    groups: tuple[Group, ...]
    typos: Triggers

    def groups_in(self, text: str) -> tuple[str, ...]:
        """The ids of the groups that the text touches."""
        found = {match.rule.id for match in self._engine.matches(text)}
        return tuple(group.id for group in self.groups if group.id in found)

    @cached_property
    def _engine(self) -> Engine:
        return Engine(compile_plan((self._rule(group) for group in self.groups), self.typos))

    def _rule(self, group: Group) -> Rule:
        return Rule(
            id=group.id,
            kind=Kind.STATEMENT,
            lang=self.lang,
            means=group.means,
            find=group.find,
            label=(),
            but_not=group.but_not,
            flag=group.yes,
            passes=group.no,
            todo=(),
            only_in_ask=False,
            labels=False,
            capitals=False,
            place=group.id,
        )


def load(path: Path, table: str, examples: tuple[str, str] = ("yes", "no")) -> WordList:
    """Read one language's list, whose groups are `[[table]]`.

    `examples` are the names of a group's right and wrong examples in the file.

    Raises:
        WordListError: at the first fault; a group without both kinds of example is one.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        entries, file = data[table], data["file"]
        lang, confirmed = str(file["lang"]), str(file["confirmed"])
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise WordListError(
            f"{path.name}: write [file] with lang and confirmed, and [[{table}]] groups ({error})"
        ) from None
    typos = data.get("typos", {})
    triggers = Triggers(
        words=frozenset(typos.get("words", ())),
        stop=frozenset(typos.get("stop", ())),
        joined=frozenset(data.get("joined", {}).get("before", ())),
    )
    groups = tuple(_group(path.name, entry, examples) for entry in entries)
    return WordList(lang, confirmed, groups, triggers)


def _group(file: str, entry: Mapping[str, Any], examples: tuple[str, str]) -> Group:
    name = f"{file}, {entry.get('id', 'a group without id')}"
    needed = {*_KEYS, *examples}
    if unknown := entry.keys() - needed - {"but_not"}:
        raise WordListError(f"{name}: {', '.join(sorted(unknown))} is not known here")
    for key in sorted(needed):
        if not entry.get(key):
            raise WordListError(f"{name}: `{key}` is missing")
    yes, no = examples
    return Group(
        entry["id"],
        entry["means"],
        _parsed(name, entry["find"]),
        _parsed(name, entry.get("but_not", [])),
        tuple(entry[yes]),
        tuple(entry[no]),
    )


def _parsed(name: str, phrases: list[str]) -> tuple[Sequence, ...]:
    try:
        return tuple(parse(phrase, {}) for phrase in phrases)
    except PhraseError as error:
        raise WordListError(f"{name}: {error}") from None
