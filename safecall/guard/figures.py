"""What there is of each language: rules, contexts, examples, and who has confirmed them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from safecall.guard.kinds import RULES_DIR
from safecall.guard.reading import read_toml
from safecall.guard.rules import CONTEXTS, OTHER_FILES, languages

NOT_CONFIRMED: Final = "not confirmed by a speaker"
#: Who and when: words with a day, such as "Asha Warsame, court interpreter, 2026-12-01".
_WHO_AND_WHEN: Final = re.compile(r"(?=.*[^\W\d_]{2}).*\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b.*", re.DOTALL)
_DENIED: Final = re.compile(r"\b(not|never|un)[ -]?confirmed", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts of one language.

    Attributes:
        examples: sentences of rules and contexts, to be found and to be left; `todo`: known
            misses.
        cases: sentences of the evaluation set; None where there are no sets.
        confirmed: "not confirmed by a speaker", or which of its files are, by whom and when.
    """

    lang: str
    rules: int
    contexts: int
    examples: int
    todo: int
    cases: int | None
    confirmed: str


def figures(roots: Iterable[Path] = (RULES_DIR,), sets: Path | None = None) -> list[Figures]:
    """The figures of every language with rules under ``roots``, by tag.

    ``sets`` is the folder of evaluation sets, ``<lang>.jsonl``.

    Raises:
        RuleError: a rule file cannot be read.
    """
    folders = tuple(roots)
    tags = sorted({tag for root in folders for tag in languages(root)})
    return [_of(tag, folders, sets) for tag in tags]


def _of(tag: str, roots: tuple[Path, ...], sets: Path | None) -> Figures:
    files = [
        read_toml(path)
        for root in roots
        for path in sorted((root / tag).glob("*.toml"))
        if path.name not in OTHER_FILES or path.name == CONTEXTS
    ]
    rules = [rule for file in files for rule in file.get("rule", [])]
    contexts = [one for file in files for one in file.get("context", [])]
    return Figures(
        lang=tag,
        rules=len(rules),
        contexts=len(contexts),
        examples=sum(_count(one, "flag") + _count(one, "pass") for one in (*rules, *contexts)),
        todo=sum(_count(rule, "todo") for rule in rules),
        cases=None if sets is None else _cases(sets / f"{tag}.jsonl"),
        confirmed=_confirmed(files),
    )


def _count(rule: dict[str, Any], key: str) -> int:
    found = rule.get(key, [])
    return len(found) if isinstance(found, list) else 0


def _cases(path: Path) -> int:
    if not path.exists():
        return 0
    return sum(bool(line.strip()) for line in path.read_text(encoding="utf-8").splitlines())


def _confirmed(files: list[dict[str, Any]]) -> str:
    """Only a text that says who and when counts, and none that says "not confirmed"."""
    texts = [str(file.get("file", {}).get("confirmed", "")) for file in files]
    told = [text for text in texts if _WHO_AND_WHEN.fullmatch(text) and not _DENIED.search(text)]
    if not told:
        return NOT_CONFIRMED
    who = "; ".join(dict.fromkeys(told))
    return who if len(told) == len(files) else f"{len(told)} of {len(files)} files: {who}"
