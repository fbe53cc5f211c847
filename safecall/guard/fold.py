"""Folding: one spelling for every way of typing the same words.

The folded text is lower case, without accents, with plain quotes, dashes and spaces. It has
as many characters as the original wherever that is possible, so that offsets survive; only
where something is deleted (zero-width characters, combining marks) or splits (ligatures, HTML
entities) does an offset table come into being.

Source of the decompositions: Unicode NFKD, through ``unicodedata``.
"""

from __future__ import annotations

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass

#: Stands where the text already says ``[removed]``: no word, no separator, so that no phrase
#: reads across it.
BARRIER = "\ue002"
MARKER = "[removed]"
#: The least of a line to fill in, and what it is in folded text: it parts words as a space does.
BLANK = "___"
TO_FILL = "\x1f"
_BLANKS = re.compile(f"{BLANK}_*")
_DELETED = "\ue000"
_SPLITS = "\ue001"

_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u02bc\u02b9\u02bb\u02bd\u00b4\u0060\ua78c\uff07"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb\u2039\u203a"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d\u00b7\u2022"
_LETTERS = {
    "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ħ": "h", "ı": "i", "ŧ": "t", "ƒ": "f", "ɓ": "b",
    "ɗ": "d", "ŋ": "n", "ɩ": "i", "ƙ": "k", "ƴ": "y", "ɛ": "e", "ɔ": "o", "ʋ": "v", "ə": "e",
    "ɑ": "a", "ɡ": "g", "ᴀ": "a", "ʙ": "b", "ᴄ": "c", "ᴅ": "d", "ᴇ": "e", "ꜰ": "f", "ɢ": "g",
    "ʜ": "h", "ɪ": "i", "ᴊ": "j", "ᴋ": "k", "ʟ": "l", "ᴍ": "m", "ɴ": "n", "ᴏ": "o", "ᴘ": "p",
    "\u0649": "\u064a", "\u0629": "\u0647", "\u06cc": "\u064a", "\u06a9": "\u0643",
    "ʀ": "r", "ꜱ": "s", "ᴛ": "t", "ᴜ": "u", "ᴠ": "v", "ᴡ": "w", "ʏ": "y", "ᴢ": "z",
}  # fmt: skip
_LIGATURES = {
    "\u0eb3": "\u0ecd\u0eb2",  # Lao and Thai AM, and Lao HO with N and M
    "\u0e33": "\u0e4d\u0e32",
    "\u0edc": "\u0eab\u0e99",
    "\u0edd": "\u0eab\u0ea1",
    "ß": "ss",
    "ẞ": "ss",
    "æ": "ae",
    "Æ": "ae",
    "œ": "oe",
    "Œ": "oe",
    "þ": "th",
}

# Letters of other scripts that look like Latin ones (Unicode TR 39, the common ones).
_LOOK_ALIKES = str.maketrans(
    {
        "\u0430": "a", "\u0435": "e", "\u043e": "o", "\u0440": "p", "\u0441": "c", "\u0443": "y",
        "\u0445": "x", "\u0456": "i", "\u0458": "j", "\u0455": "s", "\u0501": "d", "\u051b": "q",
        "\u051d": "w", "\u04bb": "h", "\u04cf": "l", "\u0432": "b", "\u043a": "k", "\u043c": "m",
        "\u043d": "h", "\u0442": "t", "\u043f": "n", "\u0433": "r", "\u0437": "z", "\u0475": "v",
        "\u03b1": "a", "\u03b5": "e", "\u03bf": "o", "\u03c1": "p", "\u03c4": "t", "\u03c5": "u",
        "\u03bd": "v", "\u03b9": "i", "\u03ba": "k", "\u03c7": "x", "\u03b2": "b", "\u03b7": "n",
        "\u03c9": "w", "\u03bc": "u", "\u0585": "o", "\u057d": "u", "\u0578": "n", "\u0581": "g",
    }
)  # fmt: skip
#: Letters that no Latin one looks like: a word that has one is Cyrillic.
_ONLY_CYRILLIC = frozenset(
    "\u0431\u0434\u0436\u0438\u043b\u0444\u0446\u0447\u0448\u0449\u044a\u044b\u044c\u044d\u044e\u044f"
)
_AS_CYRILLIC = str.maketrans(
    "aeopcyxibkmht",
    "\u0430\u0435\u043e\u0440\u0441\u0443\u0445\u0456\u0432\u043a\u043c\u043d\u0442",
)
# Ethiopic letters that sound alike and are written one for the other, by the first of seven orders;
# of those with a guttural the fourth sounds like the first.
_SOUND_ALIKE = {0x1210: 0x1200, 0x1280: 0x1200, 0x1220: 0x1230, 0x12D0: 0x12A0, 0x1340: 0x1338}
_ETHIOPIC = {
    chr(series + order): chr(plain + order)
    for series, plain in _SOUND_ALIKE.items()
    for order in range(7)
}
_ETHIOPIC.update(
    {
        chr(series + 3): chr(plain)
        for series, plain in _SOUND_ALIKE.items()
        if plain in (0x1200, 0x12A0)
    }
)
_ETHIOPIC.update({"\u1203": "\u1200", "\u12a3": "\u12a0"})
_LETTERS.update(_ETHIOPIC)
_LATIN = re.compile("[a-z]")
_MIXED_WORD = re.compile(r"[^\W_]+")
# Korean syllables in parts, as some systems write them.
_JAMO = re.compile("[\u1100-\u11ff]+")
_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});")

# Scripts whose vowel signs are part of the word; in the others a combining mark is dropped.
_MARKS_KEPT = (0x0900, 0x1AFF)


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, where lengths differ, the original offset of each of its characters.

    ``starts`` has one entry more than ``text``: the length of the original.
    """

    text: str
    starts: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The offsets in the original text of folded ``[start, end)``, in code points.

        What ends within letters that one piece of the original stands for ends behind that piece.
        """
        starts = self.starts
        if starts is None or start == end:
            return start, end
        if starts[end - 1] == starts[end]:
            end = bisect_right(starts, starts[end], end)
        return starts[start], starts[end]


def fold(text: str) -> Folded:
    """Fold ``text``; never fails, whatever it holds."""
    if BLANK in text:
        text = _BLANKS.sub(lambda run: TO_FILL * len(run[0]), text)
    if text.isascii():
        low = text.lower()
        if "_" in low:
            low = low.replace("_", " ")
        return _finish(Folded(low), text)
    low = text.translate(_TABLE)
    odd = _DELETED in low or _SPLITS in low
    folded = _with_offsets(text, low) if odd else Folded(low)
    if not folded.text.isascii():
        folded = Folded(_unmixed(folded.text), folded.starts)
    return _finish(folded, text)


def fold_word(word: str) -> str:
    """Fold a word of a rule, by the same table as the text."""
    return fold(word).text


def edited(folded: Folded, edits: Iterable[tuple[int, int, str]]) -> Folded:
    """``folded`` with each ``(start, end, replacement)`` put in; in order, not overlapping."""
    text, starts = folded.text, folded.starts
    if starts is None:
        starts = list(range(len(text) + 1))
    out: list[str] = []
    offsets: list[int] = []
    at = 0
    for start, end, new in edits:
        out.append(text[at:start])
        offsets += starts[at:start]
        out.append(new)
        if len(new) == end - start:
            offsets += starts[start:end]
        else:
            offsets += [starts[start]] * len(new)
        at = end
    out.append(text[at:])
    offsets += starts[at:]
    return Folded("".join(out), offsets)


def may_have_entity(text: str) -> bool:
    """Whether there may be an HTML entity in the text."""
    return _ENTITY.search(text) is not None


def _finish(folded: Folded, original: str) -> Folded:
    """Hide the marker of an earlier screening, and resolve HTML entities."""
    if MARKER in original:
        hidden = folded.text.replace(MARKER, BARRIER * len(MARKER))
        folded = Folded(hidden, folded.starts)
    if not folded.text.isascii() and _JAMO.search(folded.text):
        syllables = [
            (found.start(), found.end(), unicodedata.normalize("NFC", found.group()))
            for found in _JAMO.finditer(folded.text)
        ]
        folded = edited(folded, syllables)
    if "&" in folded.text:
        found = list(_ENTITY.finditer(folded.text))
        if found:
            return edited(folded, [(m.start(), m.end(), _entity(m.group())) for m in found])
    return folded


def _entity(name: str) -> str:
    plain = html.unescape(name)
    if plain == name or "&" in plain:
        return " "
    return fold(plain).text or " "


def _with_offsets(text: str, low: str) -> Folded:
    out: list[str] = []
    starts: list[int] = []
    for at, char in enumerate(low):
        if char == _DELETED:
            continue
        if char == _SPLITS:
            parts = _split_letter(text[at])
            out.append(parts)
            starts += [at] * len(parts)
        else:
            out.append(char)
            starts.append(at)
    starts.append(len(text))
    return Folded("".join(out), starts)


def _unmixed(low: str) -> str:
    """Words of mixed scripts in one: look-alike letters as those that they imitate."""
    return _MIXED_WORD.sub(_unmix, low) if _LATIN.search(low) else low


def _unmix(match: re.Match[str]) -> str:
    word = match.group()
    if word.isascii() or not _LATIN.search(word):
        return word
    if any(char in _ONLY_CYRILLIC for char in word):
        return word.translate(_AS_CYRILLIC)
    return word.translate(_LOOK_ALIKES)


def as_latin(word: str) -> str | None:
    """A folded word of nothing but look-alikes of another script in Latin letters, else None."""
    if word.isascii() or not all(ord(char) in _LOOK_ALIKES for char in word):
        return None
    return word.translate(_LOOK_ALIKES)


def _split_letter(char: str) -> str:
    if char in _LIGATURES:
        return _LIGATURES[char]
    return "".join(_base_letters(char)).lower()


def _base_letters(char: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", char)
    return [part for part in plain if not unicodedata.category(part).startswith("M")]


class _Table(dict[int, str]):
    """One character to one character, worked out when a character is first met."""

    def __missing__(self, code: int) -> str:
        folded = _fold_char(chr(code))
        self[code] = folded
        return folded


def _fold_char(char: str) -> str:
    if char in _LIGATURES:
        return _SPLITS
    category = unicodedata.category(char)
    if category == "Cf":
        return _DELETED
    if category in ("Mn", "Me", "Mc"):
        kept = _MARKS_KEPT[0] <= ord(char) <= _MARKS_KEPT[1]
        return char if kept else _DELETED
    if category == "Co":
        return "\ufffd"
    return _fold_visible(char, category)


def _fold_visible(char: str, category: str) -> str:
    if category.startswith("Z"):
        return "\n" if char in "\u2028\u2029" else " "
    if 0xAC00 <= ord(char) <= 0xD7A3 or category == "Cs":
        return char
    if category == "Nd":
        return str(unicodedata.digit(char))
    base = _base_letters(char)
    plain = "".join(base).lower() if base else char
    plain = _LETTERS.get(plain, plain)
    if len(plain) == 1:
        return plain
    if plain.isascii() and plain.isalnum():
        return _SPLITS
    return char.lower() if len(char.lower()) == 1 else char


def _table() -> _Table:
    table = _Table({code: chr(code).lower() for code in range(128)})
    table[ord("_")] = " "
    for first in (0x1F150, 0x1F170):  # white letters on black, which Unicode does not take apart
        table.update((first + at, chr(ord("a") + at)) for at in range(26))
    table[0x0640] = _DELETED  # the Arabic letter stretcher
    for chars, plain in ((_QUOTES, "'"), (_DOUBLE_QUOTES, '"'), (_DASHES, "-")):
        table.update((ord(char), plain) for char in chars)
    return table


_TABLE = _table()
