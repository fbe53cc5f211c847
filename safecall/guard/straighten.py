"""Words that are written to be read past a filter, or in haste, made straight.

Spaced-out letters (``u n d o c``), dotted abbreviations (``U.S.C.``), digits for letters
(``und0cumented``), typing errors in trigger words and long runs of spaces. The common text has
none of these, and is recognised as such by a few cheap tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from safecall.guard.fold import Folded, edited
from safecall.guard.phrases import WORD

if TYPE_CHECKING:
    from safecall.guard.compile import Plan

_LEET = str.maketrans("013457", "oieast")
_SPACED = re.compile(r"(?<![^\W_])(?:[^\W\d_]([ .\-*/|,]{1,3})(?=[^\W_])){2,}[^\W\d_](?![^\W_])\.?")
_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
_LETTER = re.compile(r"[^\W\d_]")
_LONG_GAP = re.compile(r"[\s\-/]{4,}")
_TOKENS = re.compile(rf"{WORD}+")


def straighten(folded: Folded, words: list[str], plan: Plan) -> Folded:
    """``folded`` itself if there is nothing to do, else a new one."""
    low = folded.text
    if "   " in low or "--" in low or "\n\n" in low or "\t\t" in low:
        gaps = [
            (m.start(), m.end(), "\n" if "\n" in m.group() else " ")
            for m in _LONG_GAP.finditer(low)
        ]
        if gaps:
            folded = edited(folded, gaps)
    if sum(1 for word in words if len(word) == 1) > 1:
        folded = _close(folded, plan)
    variants = plan.variants
    distinct = set(words)
    if not variants.keys().isdisjoint(distinct) or any(
        not word.isalpha() and not word.isdigit() for word in distinct
    ):
        edits = list(_word_edits(folded.text, plan))
        if edits:
            folded = edited(folded, edits)
    return folded


def _word_edits(low: str, plan: Plan) -> Iterator[tuple[int, int, str]]:
    for match in _TOKENS.finditer(low):
        word = match.group()
        better = plan.variants.get(word)
        if better is None and not word.isalpha() and not word.isdigit():
            better = _unleet(word, plan)
        if better is not None:
            yield match.start(), match.end(), better


def _unleet(word: str, plan: Plan) -> str | None:
    """The word meant, if most of it is letters and it is a word of the rules."""
    letters = sum(char.isalpha() for char in word)
    if letters < 3 or letters * 2 <= len(word) or not word.isascii():
        return None
    for plain in (word.translate(_LEET), word.replace("1", "l").translate(_LEET)):
        if (
            plain.isalpha()
            and len(plain) > 4
            and (plain in plan.vocabulary or plain in plan.variants)
        ):
            return plan.variants.get(plain, plain)
    return None


def _close(folded: Folded, plan: Plan) -> Folded:
    """Close up spaced-out letters and dotted abbreviations."""
    edits: list[tuple[int, int, str]] = []
    for match in _DOTTED.finditer(folded.text):
        edits.append((match.start(), match.end(), "".join(_LETTER.findall(match.group()))))
    if edits:
        folded, edits = edited(folded, edits), []
    for match in _SPACED.finditer(folded.text):
        letters = "".join(_LETTER.findall(match.group()))
        parts = _segment(letters, plan)
        if parts is not None:
            edits.append((match.start(), match.end(), " ".join(parts)))
    return edited(folded, edits) if edits else folded


def _segment(letters: str, plan: Plan) -> list[str] | None:
    """``letters`` cut into words of the rules, the fewest; None if they are not such words."""
    if len(letters) > 400:
        return [letters]
    if letters in plan.vocabulary or letters in plan.variants:
        return [letters]
    best: list[list[str] | None] = [[]] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - 24), end):
            head = best[start]
            piece = letters[start:end]
            if head is None or piece not in plan.vocabulary:
                continue
            current = best[end]
            if current is None or len(head) + 1 < len(current):
                best[end] = [*head, piece]
    return best[-1]
