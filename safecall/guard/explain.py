"""Findings that explain themselves: the rule, what it means, who says so, and its nearest examples.

Rule files are read when the first finding of their language is explained, and not before.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any, Final

from safecall.guard.check import unmark
from safecall.guard.engine import SENTENCE_END, Finding
from safecall.guard.fold import fold
from safecall.guard.kinds import RULES_DIR
from safecall.guard.matching import WEIGHED
from safecall.guard.reading import entry_lines, short
from safecall.guard.weighing.scale import GROUPS, LEARNT

_WORDS: Final = re.compile(r"\w+")
#: A sentence without a full stop is looked at no further than this from the finding.
_REACH: Final = 300


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a finding was made. Nothing in it is taken from the text that was screened.

    Attributes:
        rule: its id; `place` is its file and line, such as ``en/visa.toml:12``.
        means: what the rule finds, in a sentence; "" if its file is gone.
        source: where the rule comes from; `confirmed`: by whom. "" where the file does not say.
        flag: the rule's own example most like the sentence, its found words in ``[ ]``.
        passes: the most alike of the examples in which the rule finds nothing.
    """

    rule: str
    place: str = ""
    means: str = ""
    source: str = ""
    confirmed: str = ""
    flag: str = ""
    passes: str = ""

    def as_dict(self) -> dict[str, str]:
        """For JSON: rule, file, means, source, confirmed, flag and pass."""
        return {
            "rule": self.rule,
            "file": self.place,
            "means": self.means,
            "source": self.source,
            "confirmed": self.confirmed,
            "flag": self.flag,
            "pass": self.passes,
        }


@dataclass(frozen=True, slots=True)
class _Rule:
    """A rule as it stands in its file."""

    entry: Mapping[str, Any]
    file: Mapping[str, Any]
    place: str

    def says(self, key: str) -> str:
        return str(self.entry.get(key) or self.file.get(key) or "")

    def examples(self, key: str) -> list[str]:
        found = self.entry.get(key, [])
        return [str(one) for one in found] if isinstance(found, list) else []


class Explainer:
    """Explains findings from the rule files under ``roots``."""

    def __init__(self, roots: Iterable[Path] = (RULES_DIR,)) -> None:
        self._roots = tuple(roots)
        self._rules: dict[str, dict[str, _Rule]] = {}

    def explain(self, finding: Finding, text: str) -> Explanation:
        """Why ``finding`` was made in ``text``, the original text that was screened.

        A rule that its file no longer holds gives an explanation with its id alone.
        """
        near = _traits(_sentence(text, finding))
        if finding.rule == WEIGHED.id:
            return self._weighed(near, _traits(text[finding.start : finding.end]))
        rule = self._of(finding.lang).get(finding.rule)
        if rule is None:
            return Explanation(finding.rule)
        return Explanation(
            rule=finding.rule,
            place=rule.place,
            means=rule.says("means") if "means" in rule.entry else "",
            source=rule.says("source"),
            confirmed=rule.says("confirmed"),
            flag=_nearest(rule.examples("flag"), near),
            passes=_nearest(rule.examples("pass"), near),
        )

    def _of(self, lang: str) -> dict[str, _Rule]:
        """The rules of a language, by their ids."""
        if lang not in self._rules:
            self._rules[lang] = _read(self._roots, lang)
        return self._rules[lang]

    def _weighed(self, near: frozenset[str], found: frozenset[str]) -> Explanation:
        """Why words were found that no rule knows."""
        rules = [one for lang in chain(*GROUPS) for one in self._of(lang).values()]
        flags, passes = (
            _nearest((example for rule in rules for example in rule.examples(key)), near, found)
            for key in ("flag", "pass")
        )
        return Explanation(
            rule=WEIGHED.id,
            place=f"{LEARNT.parent.name}/{LEARNT.name}/",
            means="No rule knows these words; they weigh most in a sentence that is like those "
            "that say somebody's status.",
            source="sentences that the project's writers made up (docs/guard.md)",
            confirmed="written by developers, not confirmed by a speaker",
            flag=flags,
            passes=passes,
        )


def _read(roots: tuple[Path, ...], lang: str) -> dict[str, _Rule]:
    out: dict[str, _Rule] = {}
    for root in roots:
        for path in sorted((root / lang).glob("*.toml")):
            for rule in _rules_of(path):
                out.setdefault(str(rule.entry.get("id")), rule)
    return out


def _rules_of(path: Path) -> list[_Rule]:
    try:
        content = path.read_text(encoding="utf-8")
        data = tomllib.loads(content)
    except (OSError, ValueError):  # it changed since its rules were loaded
        return []
    file, entries = data.get("file", {}), data.get("rule", [])
    if not isinstance(file, dict) or not isinstance(entries, list):
        return []
    lines = entry_lines(content)
    exact = len(lines) == len(entries)
    return [
        _Rule(entry, file, f"{short(path)}:{lines[number]}" if exact else short(path))
        for number, entry in enumerate(entries)
        if isinstance(entry, dict)
    ]


def _sentence(text: str, finding: Finding) -> str:
    """The sentence round a finding."""
    low, high = max(0, finding.start - _REACH), min(len(text), finding.end + _REACH)
    for match in SENTENCE_END.finditer(text, low, finding.start):
        low = match.end()
    ending = SENTENCE_END.search(text, finding.end, high)
    return text[low : ending.start() if ending else high]


def _traits(text: str) -> frozenset[str]:
    """Folded words; of writing that is not Latin also pairs of letters, as words may run on."""
    words = _WORDS.findall(fold(text).text)
    pairs = (
        word[at : at + 2] for word in words if not word.isascii() for at in range(len(word) - 1)
    )
    return frozenset((*words, *pairs))


def _nearest(
    examples: Iterable[str], near: frozenset[str], found: frozenset[str] = frozenset()
) -> str:
    """The example that shares most with what was found, if that counts, then with the sentence;
    of equals the shorter; "" of none.
    """

    def likeness(example: str) -> tuple[int, int, int]:
        traits = _traits(unmark(example)[0])
        return len(traits & found), len(traits & near), -len(traits)

    return max(examples, key=likeness, default="")
