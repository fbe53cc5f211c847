"""Words in a report that mean: call 911 first.

One TOML file a language, in the guard's phrase signs and on the guard's folded text, so that
capitals, missing accents and look-alike letters do not hide an emergency. All languages are run
on every text: people write as they speak, whatever page they are on.
"""

import tomllib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from safecall.guard.compile import compile_plan
from safecall.guard.kinds import Kind
from safecall.guard.matching import Engine
from safecall.guard.phrases import PhraseError, Sequence, parse
from safecall.guard.rules import Rule, Triggers

FOLDER: Final = Path(__file__).parent
_GROUP_KEYS: Final = frozenset({"id", "means", "find", "but_not", "alarm", "calm"})


class EmergencyListError(ValueError):
    """A list cannot be used; the message names the file, the group and what to change."""


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases of one kind of emergency; `alarm` and `calm` are its right and wrong examples."""

    id: str
    means: str
    find: tuple[Sequence, ...]
    but_not: tuple[Sequence, ...]
    alarm: tuple[str, ...]
    calm: tuple[str, ...]


@dataclass(frozen=True)
class EmergencyList:
    """The groups of one language, the words whose typing errors are seen through, and the small
    words that are written together with the next one (``[joined]``, as in the guard's rules)."""

    lang: str
    groups: tuple[Group, ...]
    typos: Triggers

    def groups_in(self, text: str) -> tuple[str, ...]:
        """The ids of the groups that the text touches."""
        found = {match.rule.id for match in self._engine.matches(text)}
        return tuple(group.id for group in self.groups if group.id in found)

    @cached_property
    def _engine(self) -> Engine:
        """The guard's engine, at work on other phrases."""
        rules = (self._rule(group) for group in self.groups)
        return Engine(compile_plan(rules, self.typos))

    def _rule(self, group: Group) -> Rule:
        return Rule(
            id=group.id,
            kind=Kind.STATEMENT,
            lang=self.lang,
            means=group.means,
            find=group.find,
            label=(),
            but_not=group.but_not,
            flag=group.alarm,
            passes=group.calm,
            todo=(),
            only_in_ask=False,
            labels=False,
            capitals=False,
            place=group.id,
        )


def load(path: Path) -> EmergencyList:
    """Read one language's list.

    Raises:
        EmergencyListError: at the first fault; a group without both kinds of example is one.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = data["emergency"]
        lang = str(data["file"]["lang"])
    except (tomllib.TOMLDecodeError, KeyError) as error:
        raise EmergencyListError(
            f"{path.name}: write [file] lang = ... and [[emergency]] groups ({error})"
        ) from None
    typos = data.get("typos", {})
    triggers = Triggers(
        words=frozenset(typos.get("words", ())),
        stop=frozenset(typos.get("stop", ())),
        joined=frozenset(data.get("joined", {}).get("before", ())),
    )
    return EmergencyList(
        lang,
        tuple(_group(path.name, entry) for entry in entries),
        triggers,
    )


def _group(file: str, entry: dict[str, Any]) -> Group:
    name = f"{file}, {entry.get('id', 'a group without id')}"
    if unknown := entry.keys() - _GROUP_KEYS:
        raise EmergencyListError(f"{name}: {', '.join(sorted(unknown))} is not known here")
    for key in ("id", "means", "find", "alarm", "calm"):
        if not entry.get(key):
            raise EmergencyListError(f"{name}: `{key}` is missing")
    return Group(
        entry["id"],
        entry["means"],
        _parsed(name, entry["find"]),
        _parsed(name, entry.get("but_not", [])),
        tuple(entry["alarm"]),
        tuple(entry["calm"]),
    )


def _parsed(name: str, phrases: list[str]) -> tuple[Sequence, ...]:
    try:
        return tuple(parse(phrase, {}) for phrase in phrases)
    except PhraseError as error:
        raise EmergencyListError(f"{name}: {error}") from None


#: Read when the service starts: one with a broken list does not start.
LISTS: Final = tuple(load(path) for path in sorted(FOLDER.glob("*.toml")))


def is_emergency(*texts: str) -> bool:
    """Whether any of the texts says that somebody needs help now."""
    return any(one.groups_in(text) for text in texts if text for one in LISTS)
