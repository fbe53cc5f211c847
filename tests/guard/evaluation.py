"""Evaluation sets: sentences written apart from the rules, and what the guard makes of them.

``eval/<lang>.jsonl`` holds one case a line: ``kinds`` (what should be found, [] for nothing),
``must_go`` (words that may not survive), ``must_stay`` (words that must) and ``split``: rules are
improved on ``tune`` alone; ``held`` shows what they do on sentences that they were not fitted to.

``python -m tests.guard.evaluation so`` prints the figures of a language, and what was missed.
``--alone`` runs with that language's rules only, ``--split held`` on the other part.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from safecall.guard import engine, kinds

SETS = Path(__file__).parent / "eval"
#: What ends like this is a question or a label, which has to be refused as well.
_ASKING = ("?", "\uff1f", "\u061f", ":", "\uff1a", "____", "\u1367")


@dataclass(frozen=True)
class Case:
    """One sentence and what should become of it."""

    id: str
    text: str
    kinds: tuple[str, ...]
    must_go: tuple[str, ...]
    must_stay: tuple[str, ...]
    split: str


@dataclass(frozen=True)
class Outcome:
    """What became of a case: words that survived, and those that were lost."""

    case: Case
    found: frozenset[str]
    survived: tuple[str, ...]
    lost: tuple[str, ...]
    text: str

    def __str__(self) -> str:
        wrong = self.survived or self.lost
        return f"{self.case.id}  {self.case.text}\n      left: {self.text}  {wrong}"


def languages() -> list[str]:
    """The languages that have a set."""
    return sorted(path.stem for path in SETS.glob("*.jsonl"))


def cases(lang: str) -> list[Case]:
    """All cases of a language."""
    lines = (SETS / f"{lang}.jsonl").read_text(encoding="utf-8").splitlines()
    lists = ("kinds", "must_go", "must_stay")
    entries = [json.loads(line) for line in lines if line.strip()]
    return [Case(**{**entry, **{key: tuple(entry[key]) for key in lists}}) for entry in entries]


def outcome(case: Case, lang: str) -> Outcome:
    """Screen a case, and ask it where it is a question or a label."""
    screened = engine.screen(case.text, lang)
    asked = engine.ask(case.text, lang) if _asks(case) else ()
    found = frozenset(str(one.kind) for one in (*screened.findings, *asked))
    left = screened.text.casefold()
    refused = case.kinds == ("question",) and bool(asked)
    survived = [words for words in case.must_go if words.casefold() in left and not refused]
    if "question" in case.kinds and _asks(case) and not asked:
        survived.append("(may be asked)")
    if "authority" in case.kinds and "authority" not in found:
        survived.append("(not counted)")
    lost = [words for words in case.must_stay if words.casefold() not in left]
    if not case.kinds and found:
        lost.append(f"({', '.join(sorted(found))})")
    return Outcome(case, found, tuple(survived), tuple(lost), screened.text)


def _asks(case: Case) -> bool:
    return "question" in case.kinds or case.text.rstrip().endswith(_ASKING)


def outcomes(lang: str, split: str | None = None) -> list[Outcome]:
    """The outcomes of a part of the set, or of all of it."""
    return [outcome(case, lang) for case in cases(lang) if split in (None, case.split)]


def missed(results: list[Outcome]) -> list[Outcome]:
    """Cases of which status survives, or an authority is not counted."""
    return [one for one in results if one.case.kinds and one.survived]


def changed(results: list[Outcome]) -> list[Outcome]:
    """Clean cases that were changed or refused."""
    return [one for one in results if not one.case.kinds and one.lost]


def damaged(results: list[Outcome]) -> list[Outcome]:
    """Cases of which more went than had to."""
    return [one for one in results if one.case.kinds and one.lost]


def summary(results: list[Outcome]) -> str:
    """Caught and left whole, per kind and in all, as text."""
    due = Counter(kind for one in results for kind in one.case.kinds)
    lost = Counter(kind for one in missed(results) for kind in one.case.kinds)
    kinds_ = ", ".join(f"{kind} {due[kind] - lost[kind]}/{due[kind]}" for kind in sorted(due))
    stated = sum(bool(one.case.kinds) for one in results)
    clean = len(results) - stated
    return (
        f"caught {stated - len(missed(results))}/{stated} ({kinds_}); "
        f"clean left whole {clean - len(changed(results))}/{clean}; "
        f"rest of a text kept {stated - len(damaged(results))}/{stated}"
    )


def main() -> int:
    """Print the figures; see the module."""
    parser = argparse.ArgumentParser(description="The guard on a language's evaluation set.")
    parser.add_argument("lang", choices=languages(), metavar="LANG", help="such as so")
    parser.add_argument("--alone", action="store_true", help="with this language's rules only")
    parser.add_argument("--split", choices=["tune", "held"], default="tune")
    wanted = parser.parse_args()
    if wanted.alone:
        engine.use(engine.load(kinds.RULES_DIR, wanted.lang))
    results = outcomes(wanted.lang, wanted.split)
    for title, some in (("MISSED", missed), ("CHANGED", changed), ("DAMAGED", damaged)):
        for one in some(results):
            sys.stdout.write(f"{title} {one}\n")
    sys.stdout.write(f"{wanted.lang} {wanted.split}: {summary(results)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
