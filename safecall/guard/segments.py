"""Units of texts in scripts that are written without spaces: their known words, else letters."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Final

from safecall.guard.alphabet import WORD
from safecall.guard.shapes import SHAPES, standing_alone

#: Spaces, hyphens, slashes and quotes part words and are no sign.
PARTING: Final = r"""\s\-/"'*~"""
#: A number of the immigration system.
NUMBER: Final = standing_alone(SHAPES)
# Thai, Lao, Burmese and Karen, Khmer, kana, Han.
_UNSPACED: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"
_IS_UNSPACED: Final = re.compile(f"[{_UNSPACED}]")
_SPACED: Final = rf"(?:(?![{_UNSPACED}]){WORD})+"
_CHUNKS: Final = re.compile(
    rf"(?P<run>[{_UNSPACED}]+)|{NUMBER}|{_SPACED}(?:'{_SPACED})*|[^{PARTING}]"
)


def is_unspaced(text: str) -> bool:
    """Whether ``text`` holds a letter of a script that is written without spaces."""
    return _IS_UNSPACED.search(text) is not None


class Segmenter:
    """Cuts texts by the words that rules know, the longest first."""

    def __init__(self, words: Iterable[str]) -> None:
        by_first: dict[str, list[str]] = defaultdict(list)
        for word in sorted(words, key=len, reverse=True):
            if _IS_UNSPACED.match(word):
                by_first[word[0]].append(word)
        self._by_first = dict(by_first)
        self.knows_words = bool(by_first)

    def spans(self, low: str) -> list[tuple[int, int]]:
        """The place of each unit of a folded text."""
        out: list[tuple[int, int]] = []
        for match in _CHUNKS.finditer(low):
            if match["run"]:
                out += self._run(low, *match.span())
            else:
                out.append(match.span())
        return out

    def _run(self, low: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
        while start < stop:
            end = start + 1
            for word in self._by_first.get(low[start], ()):
                if low.startswith(word, start):
                    end = start + len(word)
                    break
            yield start, end
            start = end
