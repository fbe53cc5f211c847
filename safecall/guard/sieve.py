"""Which texts of a batch have to be looked at one by one, and for which phrases.

A batch becomes arrays of words (`tokens`), and only texts that follow the trail of a phrase
(`trails`), or hold a number of the immigration system, remain. Words that are written to be read
past a filter are made straight first, in the texts that may have some.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from itertools import compress, count
from operator import not_
from typing import Final, NamedTuple

import numpy as np

from safecall.guard.alphabet import SYMBOL
from safecall.guard.fold import BLANK, MARKER, Folded, fold, may_have_entity
from safecall.guard.known import Known
from safecall.guard.matching import Engine
from safecall.guard.notes import notes
from safecall.guard.numerals import Numerals, starts
from safecall.guard.passes import Marks, Passes, Seen
from safecall.guard.plan import ActivePhrase
from safecall.guard.spelling import ends_number
from safecall.guard.straighten import (
    PARTING_SIGNS,
    has_dotted,
    may_be_signed,
    respelled,
    without_dots,
)
from safecall.guard.tokens import Tokens, Words
from safecall.guard.trails import Trails

Phrases = frozenset[ActivePhrase]


class Batch(NamedTuple):
    """A batch, and what can be told of all its texts at once.

    Attributes:
        texts: as they are given.
        plain: the same in ASCII.
        crooked: the places of those that cannot be written so.
        words, marks, seen: of all that are plain.
    """

    texts: Sequence[str | None]
    plain: list[str]
    crooked: frozenset[int]
    words: Words
    marks: Marks
    seen: Seen


class Sieve:
    """What a batch is looked through for; made once for an engine, and shared by threads."""

    def __init__(self, guard: Engine) -> None:
        self._guard = guard
        trails = Trails(guard.plan)
        self._numerals, self._of_numbers = Numerals(trails.shapes), trails.of_numbers
        self._tokens = Tokens(guard, starts(trails.shapes))
        whole = guard.plan.words.keys() | guard.plan.variants.keys()
        self._passes = Passes(trails, whole, guard.spelling.elided)
        # Once a block of this size is free, glibc keeps the memory of a batch for the next one.
        np.empty(_BLOCK, np.uint8)

    def passed_over(self, texts: Sequence[str | None]) -> Batch:
        """What can be told of all texts at once, most of it without the interpreter's lock."""
        plain, crooked = _plain(texts)
        raw = "\0".join(plain).encode()
        words = self._tokens.words(raw)
        return Batch(texts, plain, frozenset(crooked), words, *self._passes.over(raw, words))

    def remains(self, batch: Batch) -> dict[int, Known]:
        """The texts that remain, by place, in order."""
        texts, plain, _, words, marks, seen = batch
        crooked = set(batch.crooked)
        crooked.update(row for row in marks.signs if self._odd(plain[row]))
        apart = dict(self._apart(set(self._parted(words, marks.joints)), set(marks.letters), plain))
        crooked.update(row for row, joined in apart.items() if joined is None)
        joined = {row: text for row, text in apart.items() if text and row not in crooked}
        found = self._respelt({place: texts[place] or "" for place in crooked}, joined)
        crooked |= joined.keys()
        anchored = [row for row in seen.anchored if row not in crooked]
        corrected = frozenset(seen.corrected)
        straight = ((texts[row] or "", _straight(plain[row], row, corrected)) for row in anchored)
        heavy = dict(self._heavy(anchored, straight))
        for place, phrases in self._found(seen, plain).items():
            # What was not ASCII has no capitals any more.
            small = plain[place] is texts[place] and _are_small(words, place, phrases)
            if place not in crooked and not small:
                known = _straight(plain[place], place, corrected)
                found[place] = Known(phrases, known, place in heavy)
        return dict(sorted((heavy | found).items()))

    def _respelt(self, crooked: dict[int, str], joined: dict[int, str]) -> dict[int, Known]:
        """Those that remain of texts whose words have to be made straight first, and of texts in
        which words were ``joined``.
        """
        out: dict[int, Known] = {}
        texts, straight = list(joined.values()), dict[int, Folded]()
        places = list(joined)
        for place, text in crooked.items():
            folded, words = self._guard.spelling.straightened(text)
            straight[place] = folded
            ways = self._guard.spelling.as_words(folded.text, words)
            texts += ways
            places += [place] * len(ways)
            if not ways:
                out[place] = Known(None, folded)
        # Between words that were made straight any sign may have stood.
        seen = self._passes.over_words(self._words(texts), len(texts))
        signed = [straight[place].text if place in straight else joined[place] for place in places]
        some = {places[row]: (signed[row], straight.get(places[row])) for row in seen.anchored}
        heavy = dict(self._heavy(list(some), some.values()))
        by_place = defaultdict[int, set[ActivePhrase]](set)
        for row, phrases in self._found(seen, signed).items():
            by_place[places[row]] |= phrases
        for place, every in by_place.items():
            out[place] = Known(every, straight.get(place), place in heavy)
        return heavy | out

    def _heavy(
        self, places: Sequence[int], texts: Iterable[tuple[str, Folded | None]]
    ) -> Iterator[tuple[int, Known]]:
        """Those of the texts at these places, each with its straight form where known, in which
        the scale finds something.
        """
        if self._guard.scale is None:
            return
        some = list(texts)
        straightened = self._guard.spelling.straightened
        lows = [(known or straightened(text)[0]).text for text, known in some]
        heavy = self._guard.scale.heavy(lows)
        for place, (_, known), one in zip(places, some, heavy, strict=True):
            if one:
                yield place, Known(frozenset(), known)

    def _words(self, texts: Iterable[str]) -> Words:
        """The words of texts in ASCII, none of which holds a zero byte."""
        return self._tokens.words("\0".join(texts).encode())

    def _apart(
        self, parted: set[int], spelled: set[int], texts: Sequence[str]
    ) -> Iterator[tuple[int, str | None]]:
        """The rows with words that a sign parts or whose letters stand one by one, and the text
        with these joined where that makes it straight.
        """
        for row in parted | spelled:
            low = texts[row].lower()
            joined = respelled(low, self._guard.plan, row in spelled, row in parted)
            if joined != low:
                yield row, joined

    def _found(self, seen: Seen, texts: Sequence[str]) -> dict[int, Phrases]:
        """The rows that remain, and the phrases that each may hold."""
        found = seen.phrases
        for row in seen.numbered:
            low = _low(texts[row])
            among = self._numerals.among
            if among(low) or (has_dotted(low) and among(without_dots(low))):
                found[row].update(self._of_numbers)
        phrases = self._guard.phrases
        return {
            row: frozenset(phrases[number] for number in numbers) for row, numbers in found.items()
        }

    def _odd(self, text: str) -> bool:
        """Whether a text has such signs indeed."""
        return (
            ("&" in text and may_have_entity(text))
            or MARKER in text
            or BLANK in text
            or (")" in text and bool(notes(text)))
            or ("'" in text and self._odd_apostrophe(text))
            or (("@" in text or "$" in text) and may_be_signed(text))
        )

    def _odd_apostrophe(self, text: str) -> bool:
        """Whether an apostrophe may do more than go."""
        spelling, low = self._guard.spelling, _low(text)
        if "''" in text or spelling.may_elide(low) or ends_number(low):
            return True
        may_part = _NEAR_PARTING.search(low) is not None
        if may_part and respelled(low, self._guard.plan, spelled=False, parted=True) != low:
            return True
        if _NEAR_STOP.search(text) is None:
            return False
        return without_dots(text.replace("'", "")) != without_dots(text).replace("'", "")

    def _parted(self, words: Words, joints: list[int]) -> Iterator[int]:
        """The rows in which a sign parts a word of the rules, after one of these words."""
        first = np.array(joints, np.int64)
        plan = self._guard.plan
        places = (words.starts[first], words.ends[first], words.starts[first + 1])
        every = (*places, words.ends[first + 1], words.rows[first])
        for start, end, again, stop, row in zip(*(one.tolist() for one in every), strict=True):
            both = (words.raw[start:end] + words.raw[again:stop]).lower().decode().replace(".", "")
            if both in plan.words or both in plan.variants:
                yield row


def _plain(texts: Sequence[str | None]) -> tuple[list[str], set[int]]:
    """The texts in ASCII without a zero byte, and the places of those that cannot be written so,
    which are empty.
    """
    plain = [text or "" for text in texts]
    crooked: set[int] = set()
    # Most are ASCII, and are seen to be so here.
    odd = list(compress(count(), map(not_, map(str.isascii, plain))))
    if "\0" in "".join(plain):
        odd = [place for place, text in enumerate(plain) if "\0" in text or not text.isascii()]
    for place in odd:
        plain[place] = "" if "\0" in plain[place] else _as_ascii(plain[place])
        if not plain[place]:
            crooked.add(place)
    return plain, crooked


def _as_ascii(text: str) -> str:
    """The text in ASCII, letter for letter; empty if it cannot be."""
    if not text.isascii():
        folded = fold(text)
        text = folded.text if folded.starts is None and folded.text.isascii() else ""
    return text


def _straight(plain: str, row: int, corrected: AbstractSet[int]) -> Folded | None:
    """The straight form of a text, if only its capitals have to go."""
    return None if row in corrected or has_dotted(plain) else Folded(_low(plain))


def _are_small(words: Words, row: int, phrases: Phrases) -> bool:
    """Whether all of these phrases stand for a finding in capitals alone, and none of their words
    does so here (``ice``).
    """
    if not all(one.rule.capitals and one.codes for one in phrases):
        return False
    here = words.of_row(row)
    codes = frozenset[int]().union(*(one.codes for one in phrases))
    every = (one[here].tolist() for one in (words.values, words.starts, words.ends))
    return not any(
        value & SYMBOL in codes and words.raw[start:end].isupper()
        for value, start, end in zip(*every, strict=True)
    )


def _low(plain: str) -> str:
    return plain.lower().replace("_", " ")


#: In bytes; 32 MiB is the most that glibc takes for a sign of what is to come.
_BLOCK: Final = 31 << 20
#: An apostrophe near a full stop.
_NEAR_STOP: Final = re.compile(r"\.'|'.?\.")
#: An apostrophe before letters that a sign parts from what follows.
_NEAR_PARTING: Final = re.compile(rf"'[a-z]+[-{PARTING_SIGNS}]")
