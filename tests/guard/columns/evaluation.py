"""Headers and value sets written apart from the rules, and what is made of them.

One case a line: ``kind`` is what should be found ("" for nothing), ``found`` the values that have
to be named. Rules are improved on ``tune`` alone; ``held`` shows what they do on the rest.

``python -m tests.guard.columns.evaluation [tune|held]`` prints figures and what went wrong.
"""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from safecall.guard.columns import ColumnFinding, judge

HERE = Path(__file__).parent


@dataclass(frozen=True)
class Case:
    """One column and what should be found of it."""

    id: str
    name: str
    kind: str
    split: str
    beside: tuple[str, ...] = ()
    values: dict[str, int] = field(default_factory=dict)
    found: tuple[str, ...] = ()

    def judged(self) -> ColumnFinding | None:
        """What is made of it."""
        return judge(self.name, self.values, self.beside)


@cache
def cases(name: str) -> list[Case]:
    """All cases of ``headers`` or ``values``."""
    lines = (HERE / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    lists = ("beside", "found")
    entries = [json.loads(line) for line in lines]
    return [Case(**{key: tuple(value) if key in lists else value
                    for key, value in entry.items()}) for entry in entries]  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What was missed, found where nothing is, or found as another kind."""

    cases: list[Case]
    missed: list[Case]
    wrong: list[Case]
    other_kind: list[Case]

    def __str__(self) -> str:
        carry = sum(bool(case.kind) for case in self.cases)
        clean = len(self.cases) - carry
        right = carry - len(self.missed)
        return (
            f"found {right}/{carry}, as the right kind {right - len(self.other_kind)}/{right}; "
            f"clean left {clean - len(self.wrong)}/{clean}"
        )


def outcome(name: str, split: str) -> Outcome:
    """The outcome of a part of a set."""
    missed: list[Case] = []
    wrong: list[Case] = []
    other_kind: list[Case] = []
    some = [case for case in cases(name) if case.split == split]
    for case in some:
        made = case.judged()
        named = {one.value for one in made.values} if made else set()
        if not case.kind:
            wrong += [case] if made else []
        elif made is None or not named.issuperset(case.found):
            missed.append(case)
        elif made.kind != case.kind:
            other_kind.append(case)
    return Outcome(some, missed, wrong, other_kind)


def main(splits: list[str]) -> int:
    """Print the figures; see the module."""
    for name in ("headers", "values"):
        for split in splits or ["tune"]:
            result = outcome(name, split)
            for title in ("missed", "wrong", "other_kind"):
                for case in getattr(result, title):
                    sys.stdout.write(f"{title} {case.id} {case.name} {case.kind} ")
                    sys.stdout.write(f"{list(case.values)} {case.judged()}\n")
            sys.stdout.write(f"{name} {split}: {result}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
