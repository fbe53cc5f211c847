"""Words that are written to be read past a filter, or in haste, made straight.

Spaced-out letters (``u n d o c``), dotted abbreviations (``U.S.C.``), digits for letters
(``und0cumented``) and typing errors in trigger words. The common text has
none of these, and is recognised as such by a few cheap tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Final

from safecall.guard.fold import Folded, edited
from safecall.guard.phrases import WORD

if TYPE_CHECKING:
    from safecall.guard.plan import Plan

_LEET: Final = str.maketrans("013457@$", "oieastas")
_SPACED: Final = re.compile(
    r"(?<![^\W_])(?:[^\W\d_][ .\-*/|,]{1,3}(?=[^\W_])){2,}[^\W\d_](?![^\W_])\.?"
)
_DOTTED: Final = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
_LETTER: Final = re.compile(r"[^\W\d_]")
_SIGNED: Final = re.compile(r"[a-z0-9@$]*[@$][a-z0-9@$]*")
_HYPHENED: Final = re.compile(r"(?<![^\W_])([a-z]+)-[ \t]*\n?[ \t]*([a-z]+)(?![^\W_])")
_TOKENS: Final = re.compile(rf"{WORD}+")
#: The longest word that spaced-out letters are tried against, in letters.
_LONGEST_WORD: Final = 24

_Edit = tuple[int, int, str]


def straighten(folded: Folded, words: list[str], plan: Plan) -> Folded:
    """``folded`` itself if there is nothing to do, else a new one."""
    low = folded.text
    if [*map(len, words)].count(1) > 1:
        folded = _edited(folded, _dotted(folded.text))
        folded = _edited(folded, _spaced(folded.text, plan))
    if "-" in low:
        folded = _edited(folded, _hyphened(folded.text, plan))
    if "@" in low or "$" in low:
        folded = _edited(folded, _signed(folded.text, plan))
    if not plan.variants.keys().isdisjoint(words) or _mixed(words):
        folded = _edited(folded, _misspelt(folded.text, plan))
    return folded


def _edited(folded: Folded, edits: Iterable[_Edit]) -> Folded:
    listed = list(edits)
    return edited(folded, listed) if listed else folded


def _mixed(words: list[str]) -> bool:
    """Whether a word has letters and digits."""
    odd = [word for word in words if not word.isalpha()]
    return any(not word.isdigit() for word in odd)


def _misspelt(low: str, plan: Plan) -> Iterator[_Edit]:
    for match in _TOKENS.finditer(low):
        word = match.group()
        better = plan.variants.get(word)
        if better is None and not word.isalpha() and not word.isdigit():
            better = _unleet(word, plan)
        if better is not None:
            yield match.start(), match.end(), better


def _signed(low: str, plan: Plan) -> Iterator[_Edit]:
    for match in _SIGNED.finditer(low):
        better = _unleet(match.group(), plan)
        if better is not None:
            yield match.start(), match.end(), better


def _unleet(word: str, plan: Plan) -> str | None:
    """The word meant, if most of it is letters and it is a word of the rules."""
    letters = sum(char.isalpha() for char in word)
    if letters < 2 or letters * 2 < len(word) or not word.isascii():
        return None
    for plain in (word.translate(_LEET), word.replace("1", "l").translate(_LEET)):
        if plain.isalpha() and len(plain) > 3 and _known(plain, plan):
            return plan.variants.get(plain, plain)
    return None


def _known(word: str, plan: Plan) -> bool:
    return word in plan.words or word in plan.variants


def _hyphened(low: str, plan: Plan) -> Iterator[_Edit]:
    """Words that were parted at a line's end, or by a hyphen where none belongs."""
    for match in _HYPHENED.finditer(low):
        joined = match[1] + match[2]
        if len(joined) > 5 and _known(joined, plan):
            yield match.start(), match.end(), joined


def _dotted(low: str) -> Iterator[_Edit]:
    """Abbreviations with dots: ``u.s.c.`` is ``usc``."""
    for match in _DOTTED.finditer(low):
        yield match.start(), match.end(), "".join(_LETTER.findall(match.group()))


def _spaced(low: str, plan: Plan) -> Iterator[_Edit]:
    """Words written letter by letter: what parts the letters of a word goes."""
    for match in _SPACED.finditer(low):
        letters = list(_LETTER.finditer(low, *match.span()))
        parts = _segment("".join(letter.group() for letter in letters), plan)
        if parts is None:
            continue
        ends = set(accumulate(map(len, parts)))
        for count, (one, following) in enumerate(pairwise(letters), 1):
            yield one.end(), following.start(), " " if count in ends else ""


def _segment(letters: str, plan: Plan) -> list[str] | None:
    """``letters`` cut into words of the rules, the fewest; None if they are not such words."""
    if _known(letters, plan):
        return [letters]
    best: list[tuple[int, int] | None] = [(0, 0)] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            head = best[start]
            if head is None or not _known(letters[start:end], plan):
                continue
            current = best[end]
            if current is None or head[0] + 1 < current[0]:
                best[end] = head[0] + 1, start
    return _walk_back(letters, best)


def _walk_back(letters: str, best: list[tuple[int, int] | None]) -> list[str] | None:
    parts: list[str] = []
    end = len(letters)
    while end:
        step = best[end]
        if step is None:
            return None
        parts.append(letters[step[1] : end])
        end = step[1]
    return parts[::-1]
