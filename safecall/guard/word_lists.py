"""Lists of phrases in TOML, each group with right and wrong examples, run by the guard's engine.

For whoever looks for something else than the guard does, on the same folded text, so that capitals,
missing accents and look-alike letters hide nothing.
"""

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Final

from safecall.guard import store
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


@dataclass(frozen=True, slots=True)
class WordList:
    """The groups of one language, the words whose typing errors are seen through, and the small
    words that are written together with the next one (`[joined]`, as in the guard's rules)."""

    lang: str
    confirmed: str
    groups: tuple[Group, ...]
    triggers: Triggers


class WordLists:
    """The lists of all languages, `folder/*.toml`.

    One engine runs them on every text, because people write as they speak, whatever page they are
    on. Its plan is kept as the guard's own is (`store`), so that a process that finds one need not
    read the lists.
    """

    def __init__(self, folder: Path, table: str, examples: tuple[str, str] = ("yes", "no")) -> None:
        """`table` and `examples` as in `load`."""
        self.folder = folder
        self._table = table
        self._examples = examples

    def __iter__(self) -> Iterator[WordList]:
        return iter(self.lists)

    @cached_property
    def lists(self) -> tuple[WordList, ...]:
        """The lists, by file name. Raises `WordListError` at the first fault of one."""
        paths = sorted(self.folder.glob("*.toml"))
        return tuple(load(path, self._table, self._examples) for path in paths)

    def groups_in(self, text: str) -> frozenset[str]:
        """The ids of the groups that the text touches. Raises `WordListError`."""
        return frozenset(match.rule.id for match in self._engine.matches(text))

    def make_ready(self) -> None:
        """Keep the plan for later processes, if it is not kept yet."""
        if not store.holds(self._name):
            _ = self._engine

    @cached_property
    def _name(self) -> str:
        return f"{store.digest(self.folder)}-{self._table}"

    @cached_property
    def _engine(self) -> Engine:
        plan = store.recall(self._name)
        if plan is None:
            rules = (_rule(one.lang, group) for one in self for group in one.groups)
            plan = compile_plan(rules, _union(one.triggers for one in self))
            store.keep(self._name, plan)
        return Engine(plan)


def _union(triggers: Iterable[Triggers]) -> Triggers:
    words, stop, joined = zip(*((one.words, one.stop, one.joined) for one in triggers), strict=True)
    # A word of one language may be the typing error of another's.
    empty: frozenset[str] = frozenset()
    return Triggers(empty.union(*words), empty.union(*stop), empty.union(*joined))


def _rule(lang: str, group: Group) -> Rule:
    return Rule(
        id=group.id,
        kind=Kind.STATEMENT,
        lang=lang,
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
