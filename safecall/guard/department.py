"""A department's own rules: held to the same checks as ours, together with ours."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from safecall.guard import store
from safecall.guard.check import check_rules, count_examples, unmark
from safecall.guard.compile import compile_plan
from safecall.guard.contexts import Context, load_contexts
from safecall.guard.kinds import RULES_DIR, Kind, RuleError
from safecall.guard.matching import Engine
from safecall.guard.reading import read_toml, short
from safecall.guard.rules import CONTEXTS, Rule, load_rules, load_triggers

_TAG: Final = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")
#: The tables that files other than those of rules may hold.
_TABLES: Final = {"lists.toml": {"list"}, "triggers.toml": {"triggers", "joined", "abbreviated"}}


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of a department's folder has told.

    Attributes:
        faults: each with file, line and reason; none if the rules can be put in force.
        rules, examples: of the department's own, as far as they could be read.
    """

    faults: tuple[str, ...]
    rules: int
    examples: int


def check(folder: Path, root: Path = RULES_DIR) -> Checked:
    """Check the rules in ``folder`` together with ours, and tell every fault.

    Files, ids and phrases first; then, with all rules together, every example of the
    department's; and if there is no fault yet every example of ours too, and that no rule of the
    department's takes words out of a sentence that ours hold to stay whole. What passed is kept
    compiled. It takes up to a minute.

    Raises:
        RuleError: our own rules cannot be used.
    """
    ours = load_rules(root)
    found: list[RuleError] = list(_layout(folder))
    theirs: list[Rule] = []
    if folder.is_dir():
        try:
            theirs = load_rules(root, faults=found, beside=folder)[len(ours) :]
        except OSError as error:
            found.append(RuleError(f"{folder.name}: {error.strerror or 'cannot be read'}"))
    if not theirs and not found:
        found.append(RuleError(f"{folder.name}: there are no rules in this folder"))
    faults = dict.fromkeys(_placed(str(fault), folder) for fault in found)
    if theirs:
        faults |= dict.fromkeys(_examples(ours, theirs, root, folder, sound=not faults))
    return Checked(tuple(faults), len(theirs), count_examples(theirs))


def _examples(
    ours: list[Rule], theirs: list[Rule], root: Path, folder: Path, *, sound: bool
) -> Iterator[str]:
    """Examples that do not hold with all rules together."""
    try:
        triggers, contexts = load_triggers(root, beside=folder), load_contexts(root)
        plan = compile_plan([*ours, *theirs], triggers, contexts)
    except RuleError as fault:
        yield _placed(str(fault), folder)
        return
    engine = Engine(plan)
    for failure in check_rules(theirs, engine):
        sound = False
        yield _placed(_told(failure.where, str(failure)), folder)
    if not sound:
        return
    for failure in check_rules(ours, engine):
        sound = False
        yield f"with these rules an example of ours no longer holds: {failure}"
    for taken in _taken([*ours, *contexts], {rule.id: rule for rule in theirs}, engine):
        sound = False
        yield _placed(taken, folder)
    if sound:
        store.keep(store.digest(root, folder), plan)


def _told(where: str, failure: str) -> str:
    """A failure in one paragraph that begins with file and line."""
    lines = [line.strip() for line in failure.removeprefix(where).strip().splitlines()]
    return f"{where}: {'; '.join(lines)}"


def _taken(ours: list[Rule | Context], theirs: dict[str, Rule], engine: Engine) -> Iterator[str]:
    """Rules that take words out of our ``pass`` sentences, where no rule of ours takes them."""
    for holding in ours:
        for example in holding.passes:
            text = unmark(example)[0]
            found = [one for one in engine.matches(text) if one.rule.kind != Kind.AUTHORITY]
            own = [one for one in found if one.rule.id not in theirs]
            for one in found:
                their = theirs.get(one.rule.id)
                if their and not any(a.start < one.end and one.start < a.end for a in own):
                    words = text[one.start : one.end]
                    yield (
                        f"{their.place}: {their.id} takes [{words}] out of a sentence that "
                        f"{holding.id} holds to stay whole: {text}"
                    )


def layout(folder: Path) -> tuple[str, ...]:
    """Faults of the folder itself: what is missing, lies in the wrong place or is no TOML."""
    return tuple(_placed(str(fault), folder) for fault in _layout(folder))


def _layout(folder: Path) -> Iterator[RuleError]:
    """Files and folders that would not be read, and would be missed without a word."""
    if not folder.is_dir():
        yield RuleError(f"{folder.name}: there is no such folder, or it may not be read")
        return
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if path.is_dir() and any(path.glob("*.toml")) and not _TAG.fullmatch(path.name):
            yield RuleError(f"{path.name}: a folder is named by its language's tag, such as en")
        elif path.is_dir() and any(path.glob("*/**/*.toml")):
            yield RuleError(f"{path.name}: rules lie in the language's folder itself")
        elif path.suffix == ".toml" and path.name != "lists.toml":
            yield RuleError(f"{path.name}:1: put the file into its language's folder, such as en")
    for path in store.rule_files(folder):
        yield from _tables(path)


def _tables(path: Path) -> Iterator[RuleError]:
    if path.name == CONTEXTS:
        yield RuleError(
            f"{short(path)}:1: contexts are ours alone, since they switch rules off; "
            "write a but_not in the rule instead"
        )
    known = _TABLES.get(path.name)
    if known is None:
        return
    try:
        unknown = set(read_toml(path)) - known
    except RuleError as fault:
        yield fault
        return
    if unknown:
        names = ", ".join(f"[{name}]" for name in sorted(known))
        yield RuleError(f"{short(path)}:1: only {names} may stand here, not {sorted(unknown)}")


def _placed(fault: str, folder: Path) -> str:
    """A fault with the whole path of its file, as far as that is one of the department's."""
    name = fault.split(":", 1)[0]
    for base in (folder, folder.parent):
        if (base / name).exists():
            return f"{base}/{fault}"
    if name == folder.name:
        return f"{folder}{fault[len(name) :]}"
    return fault if "/" in name else f"{folder}/{fault}"
