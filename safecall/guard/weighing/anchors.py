"""Anchors: the words of status of which a sentence that is weighed holds one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import groupby
from pathlib import Path
from typing import Final

from safecall.guard.kinds import RuleError

LIST: Final = Path(__file__).parent / "anchors.txt"
#: Beginnings are told apart by so many letters; none is shorter.
_KEY: Final = 2


class Anchors:
    """Words, and beginnings of words (``nation*``); asked by ``in``."""

    def __init__(self, entries: Iterable[str]) -> None:
        every = frozenset(entries)
        self._whole = frozenset(entry for entry in every if not entry.endswith("*"))
        begun = sorted(entry.removesuffix("*") for entry in every - self._whole)
        by_key = groupby(begun, lambda stem: stem[:_KEY])
        self._begun = {key: tuple(stems) for key, stems in by_key}
        self._has = lru_cache(maxsize=1 << 16)(self._is_one)

    def __contains__(self, word: object) -> bool:
        return isinstance(word, str) and self._has(word)

    def among(self, words: Iterable[str]) -> bool:
        """Whether one of these words is an anchor."""
        return any(map(self._has, words))

    def _is_one(self, word: str) -> bool:
        return word in self._whole or word.startswith(self._begun.get(word[:_KEY], ()))


def listed(path: Path = LIST) -> list[str]:
    """The entries of a list: parted by spaces, with remarks behind ``#``.

    Raises:
        RuleError: there is no such file.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise RuleError(f"{path}: cannot be read ({error}); install safecall again") from None
    return [entry for line in lines for entry in line.partition("#")[0].split()]
