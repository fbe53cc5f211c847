"""Finds anchors: words of status that few other texts hold.

    python -m training.anchoring so ar    prints anchors for these languages

Word for word the one is taken that the most texts of status without an anchor hold among the words
that say it, for the fewest clean texts and English ones that hold it, too; until no word is in two
of those that are left. What is printed is for `safecall/guard/weighing/anchors.txt`, to be read
before it is kept.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator

from safecall.guard.frequent import cost, cost_of_beginning
from safecall.guard.weighing.anchors import Anchors, listed
from safecall.guard.weighing.scale import GROUPS
from safecall.guard.weighing.windows import TOKEN
from training.material import straight, texts

#: Beginnings of words have so many letters; fewer of scripts in which a letter is a syllable.
_BEGINNINGS = range(5, 9)
_SYLLABIC = range(2, 5)
#: A word of fewer letters of Latin is no anchor, one that so few texts hold brings nothing.
_SHORTEST = 3
_FEWEST = 2
#: The most that an anchor may cost for each text that it brings.
_MOST = 3
#: How far what it costs counts beside what it brings.
_THRIFT = 0.7


def main() -> int:
    """See --help."""
    parser = argparse.ArgumentParser(
        prog="python -m training.anchoring",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("lang", nargs="+", choices=sorted({one for some in GROUPS for one in some}))
    wanted = parser.parse_args()
    known = Anchors(listed())
    english = _held(words for words, _ in _read("en"))
    for lang in wanted.lang:
        found = chosen(list(_read(lang)), english, known)
        print(f"# {lang}\n{' '.join(sorted(found))}", flush=True)
    return 0


Words = frozenset[str]


def chosen(read: list[tuple[Words, Words]], english: Counter[str], known: Anchors) -> list[str]:
    """Anchors for texts, given the words of each and those of them that say a status."""
    clean = _held(words for words, says in read if not says)
    status = [says for _, says in read if says]
    left = {number for number, says in enumerate(status) if not known.among(says)}
    held = defaultdict[str, set[int]](set)
    for number in left:
        for word in status[number]:
            for entry in _entries(word):
                held[entry].add(number)
    prices = {entry: 1 + clean[entry] + _english(entry, english) for entry in held}
    may = {entry for entry in held if prices[entry] <= max(_MOST, _MOST * len(held[entry]))}
    out: list[str] = []
    while may:
        best = max(
            sorted(may), key=lambda entry: len(held[entry] & left) / prices[entry] ** _THRIFT
        )
        if len(held[best] & left) < _FEWEST:
            break
        left -= held[best]
        may = {entry for entry in may if len(held[entry] & left) >= _FEWEST}
        out.append(best)
    return out


def _english(entry: str, english: Counter[str]) -> float:
    """What it costs that English texts hold an entry."""
    stem = entry.removesuffix("*")
    if not stem.isascii():
        return 0
    return english[entry] + (cost(stem) if stem == entry else cost_of_beginning(stem))


def _read(lang: str) -> Iterator[tuple[Words, Words]]:
    for one in texts([lang]):
        yield _words(one.text), frozenset[str]().union(*map(_words, one.says))


def _words(text: str) -> Words:
    return frozenset(word for word in TOKEN.findall(straight(text)) if word[0].isalpha())


def _entries(word: str) -> Iterator[str]:
    """A word as an anchor, and its beginnings."""
    if len(word) >= _SHORTEST or not word.isascii():
        yield word
    lengths = _BEGINNINGS if ord(word[0]) < ord("\u0600") else _SYLLABIC
    for length in lengths:
        if length < len(word):
            yield f"{word[:length]}*"


def _held(some: Iterator[Words]) -> Counter[str]:
    """How many texts hold each entry."""
    return Counter(
        entry for words in some for entry in {one for word in words for one in _entries(word)}
    )


if __name__ == "__main__":
    sys.exit(main())
