"""The passes over a batch that need no look at single texts, all without the interpreter's lock.

What belongs together is one call, since each return from one waits for the lock.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from safecall.guard.kernels import flagged
from safecall.guard.loops import compiled
from safecall.guard.numerals import FEWEST
from safecall.guard.signs import OUTLINES, marks, outline
from safecall.guard.straighten import FEWEST_PARTED, PARTING_SIGNS
from safecall.guard.tokens import ANCHOR, CORRECTED, HAS_DIGIT, NO_LETTER, START, Words
from safecall.guard.tracking import tracked
from safecall.guard.trails import Trails


class Marks(NamedTuple):
    """The rows with odd signs, the words that a sign parts from the next, and the rows with letters
    that stand one by one; of all these more than there are.
    """

    signs: list[int]
    joints: list[int]
    letters: list[int]


class Seen(NamedTuple):
    """What the words of a batch say.

    Attributes:
        phrases: of the rows that may hold some, their numbers.
        numbered: the rows in which digits enough follow what a number may begin with.
        anchored: those with a word of status (`weighing.anchors`).
        corrected: those with a misspelt word.
    """

    phrases: defaultdict[int, set[int]]
    numbered: list[int]
    anchored: list[int]
    corrected: list[int]


class Passes:
    """What batches are passed over for; made once, and shared by threads.

    ``whole`` are the words that a sign may part, ``elided`` those that an apostrophe joins to the
    next.
    """

    def __init__(self, trails: Trails, whole: Iterable[str], elided: Iterable[str]) -> None:
        self._arrays = trails.arrays
        self._tails, self._outlines = _tails(elided), _outlines(whole)

    def over(self, raw: bytes, words: Words) -> tuple[Marks, Seen]:
        """What the signs and the words of a batch say; ``raw`` is the batch with apostrophes."""
        signs = np.frombuffer(raw, np.uint8), _SIGNS, self._tails
        joints = words.letters, (_PARTING, FEWEST_PARTED, _WIDEST), self._outlines
        marked, found = _over_all(signs, joints, words.columns, self._arrays)
        return Marks(*marked), _seen(*found)

    def over_words(self, words: Words, rows: int) -> Seen:
        """What the words of so many rows say, between which any sign may stand."""
        quoted = np.ones(rows, bool)
        return _seen(*_over_words(words.letters, words.columns, quoted, self._arrays))


@compiled
def _over_all(signs: Any, joints: Any, words: Any, arrays: Any) -> Any:
    raw, _, _ = signs
    letters, _, _ = joints
    odd, quotes, joined, spelled = marks(signs, joints, words, (HAS_DIGIT, NO_LETTER))
    quoted = np.zeros(np.count_nonzero(raw == 0) + 1, np.bool_)
    for row in quotes:
        quoted[row] = True
    return (odd, joined, spelled), _over_words(letters, words, quoted, arrays)


@compiled
def _over_words(letters: Any, words: Any, quoted: Any, arrays: Any) -> Any:
    masks, pairs, trails, phrases = arrays
    rows, whose = tracked((letters, words, quoted), masks, pairs, trails, phrases)
    return rows, whose, flagged(words, HAS_DIGIT, START, FEWEST, (ANCHOR, CORRECTED))


def _seen(rows: list[int], phrases: list[int], flags: tuple[list[int], ...]) -> Seen:
    out = defaultdict[int, set[int]](set)
    for row, phrase in zip(rows, phrases, strict=True):
        out[row].add(phrase)
    return Seen(out, *flags)


def _tails(elided: Iterable[str]) -> NDArray[np.bool_]:
    """For each two bytes, the first times 256, whether they may end an elided word, with what
    stands before one of one letter.
    """
    out = np.zeros((256, 256), bool)
    no_letters = [byte for byte in range(256) if not chr(byte).isascii() or not chr(byte).isalpha()]
    for word in elided:
        last = [ord(one) for one in (word[-1].lower(), word[-1].upper())]
        both = (word[-2].lower(), word[-2].upper()) if len(word) > 1 else ()
        out[np.ix_(list(map(ord, both)) or no_letters, last)] = True
    return out.ravel()


def _outlines(words: Iterable[str]) -> NDArray[np.bool_]:
    """For each outline (`signs.outline`), whether one of the words has it."""
    some = [word for word in words if len(word) >= FEWEST_PARTED and word.isascii()]
    letters = np.frombuffer("".join(some).encode(), np.uint8).astype(np.int64)
    lengths = np.array(list(map(len, some)), np.int64)
    ends = np.cumsum(lengths)
    first, last = ends - lengths, ends - 1
    ending = letters[last - 1], letters[last]
    out = np.zeros(1 << OUTLINES, bool)
    out[outline.py_func(lengths, letters[first], letters[first + 1], *ending)] = True
    return out


#: The most signs that part one word.
_WIDEST: Final = 3
_PARTING: Final = np.isin(np.arange(256), list(PARTING_SIGNS.encode()))
#: What else than parting words a sign may do: `signed` and `sieve` look at them.
_SIGNS: Final = np.isin(np.arange(256), list(b"\0&[@$')_"))
