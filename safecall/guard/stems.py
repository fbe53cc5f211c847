"""The choice of stems: the words that every match of a phrase must hold one of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from safecall.guard.frequent import cost
from safecall.guard.phrases import (
    WORD,
    Gap,
    Marked,
    Node,
    Sequence,
    Shape,
    Word,
    longest,
)

#: Stands for "a run of three digits or more", the stem of numbers.
DIGITS: Final = "#"
#: How far before a run of digits a number may begin: its letters and signs.
_BEFORE_DIGITS: Final = 16
_PIECES = re.compile(rf"{WORD}+")
_Priced = tuple[float, "dict[Stem, int]"]


@dataclass(frozen=True, slots=True)
class Stem:
    """A word of folded text; with ``prefix``, the beginning of a word."""

    text: str
    prefix: bool = False


def choose(sequence: Sequence) -> dict[Stem, int]:
    """The cheapest set of stems of ``sequence``, each with how far before it a match may begin."""
    best = _best(sequence)
    if best is None:
        raise ValueError("a phrase without anything obligatory")
    return best[1]


def pieces(word: str) -> list[str]:
    """The words of folded text that ``word`` is made of: several, if it has a hyphen."""
    return _PIECES.findall(word)


@lru_cache(maxsize=8192)
def _best(sequence: Sequence) -> _Priced | None:
    best: _Priced | None = None
    before = 0
    for number, node in enumerate(sequence.nodes):
        found = _stems(node)
        if found is not None and _is_ending(sequence.nodes[number + 1 : number + 2]):
            # Without its apostrophe the ending is part of the word.
            found = found[0] * 2, {Stem(stem.text, True): at for stem, at in found[1].items()}
        if found is not None:
            # A window that opens before the stem costs a search; a match at the stem does not.
            price = found[0] * (1.3 if before else 1.0)
            if best is None or price < best[0]:
                best = price, {stem: before + inner for stem, inner in found[1].items()}
        before += longest(node) + 4
    return best


def _is_ending(nodes: tuple[Node, ...]) -> bool:
    return any(isinstance(node, Word) and node.glued for node in nodes)


@lru_cache(maxsize=8192)
def _stems(node: Node) -> _Priced | None:
    if isinstance(node, Word):
        return None if node.glued else _word_stems(node)
    if isinstance(node, Shape):
        return 15.0, {Stem(DIGITS): _BEFORE_DIGITS}
    if isinstance(node, Marked):
        return _best(node.inside)
    if isinstance(node, Gap) or node.optional:
        return None
    return _union(node.branches)


def _union(branches: tuple[Sequence, ...]) -> _Priced | None:
    total = 0.0
    union: dict[Stem, int] = {}
    for branch in branches:
        found = _best(branch)
        if found is None:
            return None
        total += found[0] if any(stem not in union for stem in found[1]) else 0.0
        for stem, inner in found[1].items():
            union[stem] = max(inner, union.get(stem, 0))
    return total, union


def _word_stems(word: Word) -> _Priced | None:
    """A word with an apostrophe or a hyphen may be typed as one word or as several."""
    parts = pieces(word.text)
    if not parts:
        return None
    if len(parts) == 1:
        return cost(parts[0]) * (2 if word.prefix else 1), {Stem(parts[0], word.prefix): 0}
    at = min(range(len(parts)), key=lambda number: cost(parts[number]))
    stems = {
        Stem("".join(parts), word.prefix): 0,
        Stem(parts[at], word.prefix and at == len(parts) - 1): sum(
            len(part) + 3 for part in parts[:at]
        ),
    }
    if len(parts) > 2:
        # One joint may be closed and another open: some word then begins with the first part.
        stems = {Stem(parts[0], prefix=True): 0}
    return sum(cost(stem.text) for stem in stems), stems
