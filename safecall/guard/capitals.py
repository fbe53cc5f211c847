"""Words that stand for something in capitals alone, such as ICE."""

from __future__ import annotations

import re
from typing import Final

from safecall.guard.fold import MARKER

_ELIDED: Final = re.compile("^[a-z]{1,2}['\u2019]")


def is_mixed(text: str) -> bool:
    """Whether capitals say something in a text, as it has other letters too.

    Letters of a script without capitals are others.
    """
    rest = text.replace(MARKER, "")
    return rest != rest.upper() or any(map(_is_caseless, rest))


def in_capitals(words: str) -> bool:
    """Whether words are in capitals, but for an elided one before them (``d'ICE``)."""
    return _ELIDED.sub("", words).isupper()


def _is_caseless(letter: str) -> bool:
    return letter.isalpha() and letter.upper() == letter.lower()
