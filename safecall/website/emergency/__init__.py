"""Words in a report that mean: call 911 first.

One TOML file a language, in the guard's phrase signs and on the guard's folded text, so that
capitals, missing accents and look-alike letters do not hide an emergency. All languages are run
on every text: people write as they speak, whatever page they are on.
"""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from safecall.guard.fold import fold
from safecall.guard.patterns import any_pattern, source
from safecall.guard.phrases import PhraseError, parse
from safecall.guard.rules import Triggers
from safecall.guard.typos import one_edit_variants

FOLDER: Final = Path(__file__).parent
_GROUP_KEYS: Final = frozenset({"id", "means", "find", "but_not", "alarm", "calm"})
_WORD: Final = re.compile(r"[^\W\d_]{5,}")
_SPACES: Final = re.compile(r"[ \t]{4,}")


class EmergencyListError(ValueError):
    """A list cannot be used; the message names the file, the group and what to change."""


@dataclass(frozen=True, slots=True)
class Group:
    """Phrases of one kind of emergency; `alarm` and `calm` are its right and wrong examples."""

    id: str
    find: re.Pattern[str]
    but_not: re.Pattern[str] | None
    alarm: tuple[str, ...]
    calm: tuple[str, ...]

    def matches(self, folded: str) -> bool:
        """Whether the folded text holds a phrase that no `but_not` overlaps."""
        cancelled = (
            [match.span() for match in self.but_not.finditer(folded)] if self.but_not else []
        )
        return any(
            all(match.end() <= start or end <= match.start() for start, end in cancelled)
            for match in self.find.finditer(folded)
        )


@dataclass(frozen=True, slots=True)
class EmergencyList:
    """The groups of one language, and its common typing errors as wrong word -> right word."""

    lang: str
    groups: tuple[Group, ...]
    typos: dict[str, str]

    def groups_in(self, text: str) -> tuple[str, ...]:
        """The ids of the groups that the text touches."""
        folded = _SPACES.sub(" ", fold(text).text)
        straight = _WORD.sub(lambda match: self.typos.get(match[0], match[0]), folded)
        return tuple(group.id for group in self.groups if group.matches(straight))


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
    triggers = Triggers(frozenset(typos.get("words", ())), frozenset(typos.get("stop", ())))
    return EmergencyList(
        lang,
        tuple(_group(path.name, entry) for entry in entries),
        one_edit_variants(triggers, frozenset()),
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
        _compiled(name, entry["find"]),
        _compiled(name, entry["but_not"]) if entry.get("but_not") else None,
        tuple(entry["alarm"]),
        tuple(entry["calm"]),
    )


def _compiled(name: str, phrases: list[str]) -> re.Pattern[str]:
    lists: dict[str, str] = {}
    try:
        return re.compile(
            any_pattern([source(parse(phrase, {}), lists) for phrase in phrases], lists)
        )
    except PhraseError as error:
        raise EmergencyListError(f"{name}: {error}") from None


#: Read when the service starts: one with a broken list does not start.
LISTS: Final = tuple(load(path) for path in sorted(FOLDER.glob("*.toml")))


def is_emergency(*texts: str) -> bool:
    """Whether any of the texts says that somebody needs help now."""
    return any(one.groups_in(text) for text in texts if text for one in LISTS)
