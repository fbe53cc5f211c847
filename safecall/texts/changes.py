"""What changed between two versions, passage by passage."""

import difflib
from collections.abc import Iterator
from functools import lru_cache
from typing import Literal, NamedTuple


class Change(NamedTuple):
    """One passage that is new, or that was taken out."""

    kind: Literal["added", "removed"]
    text: str


def _passages(body: str) -> list[str]:
    """Lines that stand together are one passage: a re-wrapped paragraph has not changed."""
    found: list[str] = []
    for block in body.replace("\r\n", "\n").split("\n\n"):
        lines = [line.strip() for line in block.strip().split("\n") if line.strip()]
        joined: list[str] = []
        for line in lines:
            starts = line.startswith(("-", "*", "#", "+", ">")) or line[:1].isdigit()
            if joined and not starts:
                joined[-1] += f" {line}"
            else:
                joined.append(line)
        found += joined
    return found


@lru_cache(maxsize=200)
def changes(before: str, after: str) -> tuple[Change, ...]:
    """Passages that were taken out and that are new, in the order of the text."""
    return tuple(_changes(_passages(before), _passages(after)))


def _changes(old: list[str], new: list[str]) -> Iterator[Change]:
    matcher = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            yield from (Change("removed", text) for text in old[a:b])
            yield from (Change("added", text) for text in new[c:d])
