"""A header as the words that it is made of, however an export writes it.

``CTZNSHP_CD``, ``citizenshipCode`` and ``Citizenship code`` are the same two words. What is short
for what stands in ``words.toml``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from safecall.guard.fold import fold
from safecall.guard.reading import read_toml, strings

HERE: Final = Path(__file__).parent

_CAMEL: Final = re.compile(r"(?<=[^\W\dA-Z_])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_CHUNK: Final = re.compile(r"[^\W_]+|#")
_SEPARATORS: Final = re.compile(r"[_\-./\\|:;,]+")
_PIECE: Final = re.compile(r"[^\W\d_]+|\d+|#")
#: Letters with full stops: U.S., P.O.
_INITIALS: Final = re.compile(r"\b([Uu])\.\s?([Ss])\b\.?|\b([Pp])\.\s?([Oo])\b\.?")
_NAMESPACE: Final = re.compile(r"^[a-z]{1,6}:(?=[A-Za-z])")
#: Words of two letters that a header without separators may hold.
_TWO_LETTERS: Final = frozenset({"us", "of", "no", "id", "cd", "is", "in", "to", "dt", "yn", "po"})
_LONGEST: Final = 64
_LONGEST_PREFIX: Final = 7
_LONG_PIECE: Final = 4


@dataclass(frozen=True, slots=True)
class Words:
    """The words that headers are made of, from ``words.toml``."""

    canonical: dict[str, str]
    before: frozenset[str]
    after: frozenset[str]
    known: frozenset[str]
    apart: frozenset[str]


def read_words(path: Path, used: Iterable[str] = ()) -> Words:
    """The words of a file, and those that rules use.

    Raises:
        RuleError: it cannot be read.
    """
    data = read_toml(path)
    short, around = data.get("short", {}), data.get("around", {})
    canonical = {
        abbreviation: word
        for word in short
        for abbreviation in strings(short, word, f"{path.name}: [short]")
    }
    before = frozenset(strings(around, "before", path.name))
    after = frozenset(strings(around, "after", path.name))
    plain = strings(data.get("plain", {}), "words", path.name)
    known = frozenset({*used, *canonical, *short, *before, *after, *plain})
    apart = frozenset(strings(data.get("apart", {}), "words", path.name))
    return Words(canonical, before, after, known, apart)


class Reader:
    """Reads headers and codes as words."""

    def __init__(self, words: Words) -> None:
        self.words = words
        self._read = lru_cache(maxsize=8192)(self._fresh)

    def read(self, text: str) -> tuple[str, ...]:
        """The words of ``text`` in their full form."""
        return self._read(text[:400])

    def literal(self, text: str) -> tuple[str, ...]:
        """The words of ``text`` as they stand."""
        return tuple(_PIECE.findall(fold(text[:400]).text))

    def bare(self, words: tuple[str, ...], start: int, end: int) -> bool:
        """Whether all round ``words[start:end]`` says nothing."""
        before, after = self.words.before, self.words.after
        return all(word in before or word.isdigit() for word in words[:start]) and all(
            word in after or word.isdigit() for word in words[end:]
        )

    def _fresh(self, text: str) -> tuple[str, ...]:
        text = _NAMESPACE.sub("", text.strip()).replace("#", " number ")
        parts: list[str] = []
        for chunk in _CHUNK.findall(_INITIALS.sub(_initials, text)):
            whole = fold(chunk).text
            spaced = whole if whole in self.words.known else fold(_CAMEL.sub(" ", chunk)).text
            parts += (piece for one in _PIECE.findall(spaced) for piece in self._apart(one))
        return tuple(self.words.canonical.get(part, part) for part in parts)

    def _apart(self, word: str) -> list[str]:
        """The fewest known words that ``word`` is written together from; else itself.

        A table's own prefix may stand before them (``OFFNCITYBORN``), if they are long.
        """
        if word in self.words.known or len(word) < 5 or len(word) > _LONGEST:
            return [word]
        if whole := self._pieces(word, 2):
            return whole
        for start in range(1, min(_LONGEST_PREFIX, len(word) // 2) + 1):
            if rest := self._pieces(word[start:], _LONG_PIECE):
                return [word[:start], *rest]
        return [word]

    def _pieces(self, word: str, shortest: int) -> list[str]:
        """The fewest known words of at least ``shortest`` letters that ``word`` is made of."""
        best: list[list[str] | None] = [[]]
        for end in range(1, len(word) + 1):
            found: list[str] | None = None
            for start in range(end - shortest, -1, -1):
                before, piece = best[start], word[start:end]
                if before is None or not self._may_be_piece(piece):
                    continue
                if found is None or len(before) + 1 < len(found):
                    found = [*before, piece]
            best.append(found)
        return best[-1] or []

    def _may_be_piece(self, piece: str) -> bool:
        if piece not in self.words.known or piece in self.words.apart:
            return False
        return len(piece) > 2 or piece in _TWO_LETTERS


def _initials(match: re.Match[str]) -> str:
    return "".join(letter for letter in match.groups() if letter)


def spaced_out(name: str) -> str:
    """A header as a label would have it: its words apart, in small letters."""
    return " ".join(_SEPARATORS.sub(" ", _CAMEL.sub(" ", name)).lower().split())
