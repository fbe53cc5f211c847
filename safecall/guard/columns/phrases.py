"""Phrases of the guard's rule format, matched on the words of a header or of a code."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from safecall.guard.kinds import RuleError
from safecall.guard.phrases import Choice, Gap, Node, Sequence, Word

_PIECE: Final = re.compile(r"[^\W\d_]+|\d+")
_LONGEST_GAP: Final = 4


class Phrases:
    """Several phrases, looked for together."""

    def __init__(self, sequences: tuple[Sequence, ...], where: str = "") -> None:
        self._by_first: dict[str, list[Sequence]] = {}
        self._open: list[Sequence] = []
        self.vocabulary: set[str] = set()
        for sequence in sequences:
            self.vocabulary |= _vocabulary(sequence, where)
            firsts = _firsts(sequence.nodes)
            if firsts is None:
                self._open.append(sequence)
            for first in firsts or ():
                self._by_first.setdefault(first, []).append(sequence)

    def __bool__(self) -> bool:
        return bool(self._open or self._by_first)

    def spans(self, words: tuple[str, ...]) -> Iterator[tuple[int, int]]:
        """Every ``[start, end)`` of ``words`` that a phrase fits."""
        for start, word in enumerate(words):
            for sequence in (*self._by_first.get(word, ()), *self._open):
                for end in _ends(sequence.nodes, words, start):
                    yield start, end

    def found(self, words: tuple[str, ...]) -> bool:
        """Whether a phrase fits anywhere."""
        return next(self.spans(words), None) is not None


def _ends(nodes: tuple[Node, ...], words: tuple[str, ...], at: int) -> set[int]:
    """Where the nodes can end that begin at ``at``."""
    ends = {at}
    for node in nodes:
        ends = {end for start in ends for end in _node_ends(node, words, start)}
        if not ends:
            break
    return ends


def _node_ends(node: Node, words: tuple[str, ...], at: int) -> set[int]:
    if isinstance(node, Word):
        return _word_ends(node, words, at)
    if isinstance(node, Gap):
        return set(range(at, min(at + _LONGEST_GAP, len(words)) + 1))
    if isinstance(node, Choice):
        ends = {end for branch in node.branches for end in _ends(branch.nodes, words, at)}
        return ends | {at} if node.optional else ends
    return set()


def _word_ends(node: Word, words: tuple[str, ...], at: int) -> set[int]:
    if node.prefix:
        return {at + 1} if at < len(words) and words[at].startswith(node.text) else set()
    parts = tuple(_PIECE.findall(node.text))
    return {at + len(parts)} if words[at : at + len(parts)] == parts else set()


def _firsts(nodes: tuple[Node, ...]) -> set[str] | None:
    """The words that the nodes can begin with; None if they cannot be listed."""
    out: set[str] = set()
    for node in nodes:
        if isinstance(node, Word) and not node.prefix:
            return out | set(_PIECE.findall(node.text)[:1])
        if not isinstance(node, Choice):
            return None
        for branch in node.branches:
            firsts = _firsts(branch.nodes)
            if firsts is None:
                return None
            out |= firsts
        if not node.optional:
            return out
    return None


def _vocabulary(sequence: Sequence, where: str) -> set[str]:
    out: set[str] = set()
    for node in sequence.nodes:
        if isinstance(node, Word) and not node.glued:
            out |= set() if node.prefix else set(_PIECE.findall(node.text))
        elif isinstance(node, Choice):
            for branch in node.branches:
                out |= _vocabulary(branch, where)
        elif not isinstance(node, Gap):
            raise RuleError(f"{where}: a phrase on columns knows only words, ( | ), [ ] and `...`")
    return out
