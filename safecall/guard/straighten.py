"""Words that are written to be read past a filter, or in haste, made straight.

Spaced-out letters (``u n d o c``), dotted abbreviations (``U.S.C.``), digits for letters
(``und0cumented``) and typing errors in trigger words. The common text has
none of these, and is recognised as such by a few cheap tests.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import accumulate, filterfalse, pairwise
from typing import TYPE_CHECKING, Final

from safecall.guard.alphabet import WORD
from safecall.guard.fold import Folded, as_latin, edited

if TYPE_CHECKING:
    from safecall.guard.plan import Plan

_LEET: Final = str.maketrans("013457@$", "oieastas")
#: Ornaments, arrows, dingbats and emoji.
_ORNAMENTS: Final = "\u2000-\u2bff\u3003-\u303f\U0001f000-\U0001fbff"
#: What may part the letters of a word: any sign but a quote or the place of a marker.
_PARTS: Final = rf"[\t\n !#-&(-/:-@\[-`{{-~{_ORNAMENTS}]"
# The s of "she's" is no letter that stands alone.
_SPACED: Final = re.compile(
    rf"(?<![^\W_])(?<![^\W_]')(?:[^\W\d_]{_PARTS}{{1,3}}(?=[^\W_])){{2,}}[^\W\d_](?![^\W_])\.?"
)
_DOTTED: Final = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![^\W_]))?")
_ALONE: Final = re.compile(r"(?![^\W_])")
_LETTER: Final = re.compile(r"[^\W\d_]")
_SIGNED: Final = re.compile(r"[a-z0-9@$]+")
_SIGNED_WORD: Final = re.compile(r"[A-Za-z0-9][@$]|[@$][A-Za-z]|[@$][0-9]+[A-Za-z]")
#: Signs that part one word at one place, besides the hyphen.
PARTING_SIGNS: Final = ".*~+|"
_HYPHENED: Final = re.compile(
    rf"(?<![^\W_])([a-z]+)(?:-[ \t]*(?:\n[ \t]*)?|[{PARTING_SIGNS}{_ORNAMENTS}]{{1,3}})"
    r"([a-z]+)(?!'?[^\W_])"  # what goes on behind an apostrophe is another word (``o'brien``)
)
_SIGN: Final = f"[{PARTING_SIGNS}{_ORNAMENTS}]"
#: The sign comes first: most texts have none, and are done with at once.
_PARTED: Final = re.compile(rf"{_SIGN}(?<=[A-Za-z].){_SIGN}{{0,2}}[A-Za-z]")
_TOKENS: Final = re.compile(rf"{WORD}+")
#: The longest word that spaced-out letters are tried against, in letters.
_LONGEST_WORD: Final = 24
#: Shorter words are not put together again.
FEWEST_PARTED: Final = 6
#: No longer word is looked at for what it stands for; the longest of the rules has 26 letters.
_LONGEST_DISGUISED: Final = 40

_Edit = tuple[int, int, str]


def straighten(folded: Folded, words: list[str], plan: Plan) -> Folded:
    """``folded`` itself if there is nothing to do, else a new one."""
    low = folded.text
    letters = _lengths(words)
    if _TWO_LETTERS in letters:
        folded = _edited(folded, _dotted(folded.text, plan))
        if _THREE_LETTERS in letters:
            folded = _edited(folded, _spaced(folded.text, plan))
    if "-" in low or _PARTED.search(low) is not None:
        folded = _edited(folded, _hyphened(folded.text, plan))
    if "@" in low or "$" in low:
        folded = _edited(folded, _signed(folded.text, plan))
    better = _better(words, plan)
    if better:
        folded = _edited(folded, _misspelt(folded.text, better))
    return folded


_TWO_LETTERS: Final = b"\1\1"
_THREE_LETTERS: Final = b"\1\1\1"


def _lengths(words: list[str]) -> bytes:
    """How long each word is, one byte a word."""
    try:
        return bytes(map(len, words))
    except ValueError:
        return bytes(min(len(word), 255) for word in words)


def _better(words: list[str], plan: Plan) -> dict[str, str]:
    """The words that are misspelt, and what each should be."""
    found = {word: plan.variants[word] for word in plan.variants.keys() & words}
    odd = [word for word in filterfalse(str.isalpha, words) if not word.isdigit()]
    if not odd and " ".join(words).isascii():
        return found  # as most texts
    for word in words:
        if not word.isalpha() and not word.isdigit() and (plain := _unleet(word, plan)):
            found.setdefault(word, plain)
        elif not word.isascii() and len(word) <= _LONGEST_WORD and not _begins_as_known(word, plan):
            plain = as_latin(word)
            if plain is not None and _known(plain, plan):
                found.setdefault(word, plan.variants.get(plain, plain))
    return found


def corrected(word: str, plan: Plan) -> str:
    """A folded word as it was meant."""
    if word.isascii() and word.isalpha():  # as most words; without the detour
        return plan.variants.get(word, word)
    return _better([word], plan).get(word, word)


def _begins_as_known(word: str, plan: Plan) -> bool:
    return word in plan.words or any(word[:end] in plan.prefixes for end in range(2, len(word) + 1))


def respelled(low: str, plan: Plan, spelled: bool, parted: bool) -> str | None:
    """A small ASCII text with its dotted abbreviations joined, and if it has such words those that
    are ``spelled`` or ``parted`` by signs; None if that may not make all of these straight.
    """
    steps = ((_dotted, True), (_spaced, spelled), (_hyphened, parted))
    for edits in (one for one, wanted in steps if wanted):
        parts: list[str] = []
        at = 0
        for start, end, text in edits(low, plan):
            if _parted_off(low, start - 1, -1) or _parted_off(low, end, 1):
                return None
            parts += (low[at:start], text)
            at = end
        if parts:
            low = "".join((*parts, low[at:]))
    return low


def _parted_off(low: str, at: int, step: int) -> bool:
    """Whether the first sign from ``at`` on, past spaces, may part one word, of which an
    abbreviation would then be a half. No copy of the text: it may be long.
    """
    while 0 <= at < len(low) and low[at].isspace():
        at += step
    return 0 <= at < len(low) and (low[at] == "-" or low[at] in PARTING_SIGNS)


def may_be_signed(text: str) -> bool:
    """Whether a word holds a sign that may stand for a letter; ASCII alone."""
    return _SIGNED_WORD.search(text) is not None


def _edited(folded: Folded, edits: Iterable[_Edit]) -> Folded:
    listed = list(edits)
    return edited(folded, listed) if listed else folded


def _misspelt(low: str, better: dict[str, str]) -> Iterator[_Edit]:
    for match in _TOKENS.finditer(low):
        word = better.get(match.group())
        if word is not None:
            yield match.start(), match.end(), word


def _signed(low: str, plan: Plan) -> Iterator[_Edit]:
    for match in _SIGNED.finditer(low):
        word = match.group()
        signed = "@" in word or "$" in word
        better = _unleet(word, plan) if signed else None
        if better is not None:
            yield match.start(), match.end(), better


def _unleet(word: str, plan: Plan) -> str | None:
    """The word meant, if most of it is letters and it is a word of the rules."""
    if len(word) > _LONGEST_DISGUISED:
        return None
    letters = sum(char.isalpha() for char in word)
    if letters < 2 or letters * 2 < len(word) or not word.isascii():
        return None
    for plain in (word.translate(_LEET), word.replace("1", "l").translate(_LEET)):
        if plain.isalpha() and len(plain) > 3 and _known(plain, plan):
            return plan.variants.get(plain, plain)
    return None


def _known(word: str, plan: Plan) -> bool:
    return word in plan.words or word in plan.variants


def _hyphened(low: str, plan: Plan) -> Iterator[_Edit]:
    """Words that were parted at a line's end, or by a hyphen where none belongs."""
    for match in _HYPHENED.finditer(low):
        joined = match[1] + match[2]
        if len(joined) >= FEWEST_PARTED and _known(joined, plan):
            yield match.start(), match.end(), plan.variants.get(joined, joined)


def _dotted(low: str, _: Plan) -> Iterator[_Edit]:
    """Abbreviations with dots: ``u.s.c.`` is ``usc``, whatever word follows at once."""
    return ((*match.span(), _joined(match)) for match in _DOTTED.finditer(low))


def has_dotted(text: str) -> bool:
    """Whether a text holds an abbreviation with dots."""
    return text.count(".") > 1 and _DOTTED.search(text) is not None


def without_dots(low: str) -> str:
    """A folded text with its abbreviations joined."""
    return _DOTTED.sub(_joined, low)


def _joined(match: re.Match[str]) -> str:
    space = "" if _ALONE.match(match.string, match.end()) else " "
    return match.group().replace(".", "") + space


def _spaced(low: str, plan: Plan) -> Iterator[_Edit]:
    """Words written letter by letter: what parts the letters of a word goes."""
    for match in _SPACED.finditer(low):
        letters = list(_LETTER.finditer(low, *match.span()))
        parts = _segment("".join(letter.group() for letter in letters), plan)
        if parts is None:
            continue
        ends = set(accumulate(map(len, parts)))
        for count, (one, following) in enumerate(pairwise(letters), 1):
            yield one.end(), following.start(), " " if count in ends else ""


def _segment(letters: str, plan: Plan) -> list[str] | None:
    """``letters`` cut into words of the rules, the fewest; None if they are not such words."""
    if _known(letters, plan):
        return [letters]
    best: list[tuple[int, int] | None] = [(0, 0)] + [None] * len(letters)
    for end in range(1, len(letters) + 1):
        for start in range(max(0, end - _LONGEST_WORD), end):
            head = best[start]
            if head is None or not _known(letters[start:end], plan):
                continue
            current = best[end]
            if current is None or head[0] + 1 < current[0]:
                best[end] = head[0] + 1, start
    return _walk_back(letters, best)


def _walk_back(letters: str, best: list[tuple[int, int] | None]) -> list[str] | None:
    parts: list[str] = []
    end = len(letters)
    while end:
        step = best[end]
        if step is None:
            return None
        parts.append(letters[step[1] : end])
        end = step[1]
    return parts[::-1]
