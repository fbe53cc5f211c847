"""Typing errors: the one-edit variants of a few trigger words, looked up like any word."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from string import ascii_lowercase

from safecall.guard.fold import fold_word
from safecall.guard.rules import Triggers

#: Shorter words have too many neighbours that are words themselves.
_SHORTEST = 6
_CYRILLIC = "абвгдежзиклмнопрстуфхцчшщъыьэюяіє"


def one_edit_variants(
    triggers: Triggers, known: AbstractSet[str], beginnings: AbstractSet[str] = frozenset()
) -> dict[str, str]:
    """Misspelt word -> trigger word, for every spelling one edit away.

    A variant that is a word of the rules, begins as one, is a trigger or on the stop list is left
    out. Where the trigger begins so too, only another last letter keeps it out: it may be another
    form of the word (``refugiadas``). One that two triggers share is the first one's.
    """
    words = sorted({fold_word(word) for word in triggers.words})
    stop = {fold_word(word) for word in triggers.stop} | set(known) | set(words)
    out: dict[str, str] = {}
    letters = _letters_of(words)
    for word in words:
        if len(word) < _SHORTEST:
            continue
        for variant in _edits(word, letters[word.isascii()]):
            if variant not in stop and not _begins(variant, word, beginnings):
                out.setdefault(variant, word)
    return out


def _begins(variant: str, word: str, beginnings: AbstractSet[str]) -> bool:
    heads = (variant[:end] for end in range(_SHORTEST - 2, len(variant) + 1))
    same_end = variant[-1] == word[-1]
    return any(head in beginnings and not (same_end and word.startswith(head)) for head in heads)


def _letters_of(words: list[str]) -> dict[bool, str]:
    """The letters that may be typed by mistake: of ASCII words, and of the others."""
    others = {char for word in words if not word.isascii() for char in word if not char.isascii()}
    return {True: ascii_lowercase, False: "".join(sorted(others & set(_CYRILLIC)))}


def _edits(word: str, letters: str) -> Iterator[str]:
    for at in range(len(word)):
        head, tail = word[:at], word[at + 1 :]
        if len(word) > _SHORTEST:
            yield head + tail
        if tail:
            yield head + tail[0] + word[at] + tail[1:]
        for letter in letters:
            if letter != word[at] and at > 0:
                yield head + letter + tail
    for at in range(1, len(word) + 1):
        for letter in letters:
            yield word[:at] + letter + word[at:]
