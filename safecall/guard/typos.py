"""Typing errors: the one-edit variants of a few trigger words, looked up like any word."""

from __future__ import annotations

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from string import ascii_lowercase

from safecall.guard.fold import fold_word
from safecall.guard.rules import Triggers

#: Shorter words have too many neighbours that are words themselves.
_SHORTEST = 6


def one_edit_variants(triggers: Triggers, known: AbstractSet[str]) -> dict[str, str]:
    """Misspelt word -> trigger word, for every spelling one edit away.

    A variant that is a word of the rules, a trigger or on the stop list is left out, and so is
    one that two triggers share: nobody can say which was meant, and both phrases may differ.
    """
    words = sorted({fold_word(word) for word in triggers.words})
    stop = {fold_word(word) for word in triggers.stop} | set(known) | set(words)
    out: dict[str, str] = {}
    for word in words:
        if len(word) < _SHORTEST:
            continue
        for variant in _edits(word):
            if variant not in stop:
                out.setdefault(variant, word)
    return out


def _edits(word: str) -> Iterator[str]:
    for at in range(len(word)):
        head, tail = word[:at], word[at + 1 :]
        if len(word) > _SHORTEST:
            yield head + tail
        if tail:
            yield head + tail[0] + word[at] + tail[1:]
        for letter in ascii_lowercase:
            if letter != word[at] and at > 0:
                yield head + letter + tail
    for at in range(1, len(word) + 1):
        for letter in ascii_lowercase:
            yield word[:at] + letter + word[at:]
