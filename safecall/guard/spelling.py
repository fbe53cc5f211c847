"""How a folded text is spelt: the words it is cut into, and the symbol that stands for each.

Words may be elided (French ``l'``), written together with the next one (Arabic articles), or not
parted at all (Chinese, Lao); numbers of the immigration system are one word.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cached_property, lru_cache
from itertools import accumulate
from typing import Final

from safecall.guard.alphabet import OTHER_SIGN, SIGNS, UNKNOWN, WALL, WORD, number_symbol
from safecall.guard.fold import BARRIER, Folded, fold
from safecall.guard.notes import Span, notes, without
from safecall.guard.plan import Plan
from safecall.guard.segments import NUMBER, PARTING, Segmenter, is_unspaced
from safecall.guard.straighten import straighten

_ASCII_WORDS: Final = re.compile(r"[a-z0-9]+")
_WORDS: Final = re.compile(rf"{WORD}+")
_ASCII_UNITS: Final = re.compile(rf"[a-z0-9]+(?:'[a-z0-9]+)*|[^{PARTING}]")
_UNITS: Final = re.compile(rf"{WORD}+(?:'{WORD}+)*|[^{PARTING}]")
_UNITS_WITH_NUMBERS: Final = re.compile(rf"{NUMBER}|{_UNITS.pattern}")
_NUMBERS: Final = re.compile(NUMBER)
_NUMBER_ABBREVIATED: Final = re.compile(r"\b(no|nos|nr|num|reg|ref)\.(?= ?[a-z]{0,3}[0-9])")
#: A word with a full stop after it that another word follows.
_BEFORE_STOP: Final = re.compile(r"\b([^\W\d_]{1,12})\.(?=[ \t-]*[^\W_])")
_NUMBER_BEFORE: Final = re.compile(rf"(?:{NUMBER})'[a-z]")
_DIGIT_RUN: Final = re.compile(r"[0-9]{3}")
_SENTENCE_ENDS: Final = dict.fromkeys("\u3002\uff01\uff1f\u061f\u06d4\u0964\u1362\u104b\u17d4", ".")
_SIGN_SYMBOLS: Final = {
    **{sign: sign for sign in (*SIGNS, *".!?;,()")}, **_SENTENCE_ENDS, BARRIER: WALL
}  # fmt: skip
#: Behind an apostrophe it is no word of its own.
_POSSESSIVE: Final = "s"
#: So many first letters of a word say whether a beginning of a word can fit.
_HEAD: Final = 4
_KEPT: Final = 1 << 15
#: No word of the rules has so many letters.
_LONGEST: Final = 64


class Spelt:
    """A folded text as symbols, one for each of its units.

    ``low`` is the text, letter for letter, with spaces for full stops that end no sentence.
    """

    def __init__(self, low: str, symbols: str, spans: list[Span], numbers: bool) -> None:
        self.low, self.symbols = low, symbols
        self._spans, self._numbers = spans, numbers

    def spans(self) -> list[Span]:
        """The place of each unit in ``low``."""
        if not self._spans:
            found = _pattern(self.low, numbers=self._numbers).finditer(self.low)
            self._spans = [match.span() for match in found]
        return self._spans


class Spelling:
    """The spelling of the words of a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._heads: dict[str, int] = {}
        for prefix in sorted(plan.prefixes, key=len):
            self._heads[prefix[:_HEAD]] = len(prefix)
        every = [word for words in plan.joined.values() for word in words]
        self._joined = {word[0] for word in every if not word.endswith("'")}
        self._joins_no_ascii = not any(letter.isascii() for letter in self._joined)
        self.elided = [word[:-1] for word in every if word.endswith("'")]
        before, own = "|".join(self.elided), rf"{_POSSESSIVE}(?!{WORD})"
        self._elision = re.compile(rf"(?<!{WORD})(?:{before})'(?!{own})(?={WORD})")

    @cached_property
    def _other(self) -> Callable[[str, bool], str]:
        """The symbol of a unit that is no known word; the same come again and again."""
        return lru_cache(maxsize=_KEPT)(self._symbol)

    @cached_property
    def _segmenter(self) -> Segmenter:
        return Segmenter((*self._plan.words, *self._plan.prefixes))

    def straightened(self, text: str) -> tuple[Folded, list[str]]:
        """The folded text that phrases are looked for in, and its words."""
        folded = fold(text)
        words = words_of(folded.text)
        straight = straighten(folded, words, self._plan)
        return (folded, words) if straight is folded else (straight, words_of(straight.text))

    def as_words(self, low: str, words: list[str]) -> list[str]:
        """A straight text as words with spaces between, given these; where words are elided, or
        notes may count as spaces, in several ways. Together they hold every phrase that the text
        may hold; none where nothing can be said of that, as in a script without spaces.
        """
        if ends_number(low) or self.is_unspaced(low):
            return []
        plain = " ".join(words)
        some = notes(low)
        if not some and "''" not in low and not self.may_elide(low):
            return [plain]
        return [plain, self._whole(low), *([self._whole(without(low, some))] if some else ())]

    def _whole(self, low: str) -> str:
        """The words as symbols stand for them: without what is elided."""
        units = _pattern(low, numbers=False).findall(low)
        return " ".join(self._unelided(unit, numbers=False) for unit in units if _WORDS.match(unit))

    def may_elide(self, low: str) -> bool:
        """Whether a word may be written together with the next one, such as ``l'``."""
        return bool(self.elided) and "'" in low and self._elision.search(low) is not None

    def without_elisions(self, low: str) -> str:
        """The text without words that are written together with the next one by an apostrophe."""
        return self._elision.sub("", low)

    def may_join(self, low: str, words: list[str]) -> bool:
        """Whether one of the text's words may be a known one, with one before it, in one."""
        if self._joins_no_ascii and low.isascii():
            return False
        return any(
            word[0] in self._joined and self._symbol(word, False) != UNKNOWN for word in set(words)
        )

    def is_unspaced(self, low: str) -> bool:
        """Whether words of the text are not parted, in a writing that has known words."""
        return not low.isascii() and is_unspaced(low) and self._segmenter.knows_words

    def spelt(self, low: str) -> Spelt:
        """The units of a straight text, as symbols."""
        numbers = _DIGIT_RUN.search(low) is not None and _NUMBERS.search(low) is not None
        # Full stops that end no sentence, "Lugar de nac.: ..." and "no. 4821", are spaces.
        low = low.replace(".:", " :")
        if "." in low:
            low = _BEFORE_STOP.sub(self._without_stop, low)
        if numbers:
            low = _NUMBER_ABBREVIATED.sub(r"\1 ", low)
        units, spans = self._units(low, numbers=numbers)
        known = self._plan.words.get
        other = self._other
        symbols = "".join([known(unit) or other(unit, numbers) for unit in units])
        return Spelt(low, symbols, spans, numbers)

    def _without_stop(self, found: re.Match[str]) -> str:
        word = found[1]
        return f"{word} " if word in self._plan.abbreviated else f"{word}."

    def _units(self, low: str, *, numbers: bool) -> tuple[list[str], list[tuple[int, int]]]:
        """The units of a folded text, with their places where those are known."""
        if self.is_unspaced(low):
            spans = self._segmenter.spans(low)
            return [low[start:end] for start, end in spans], spans
        return _pattern(low, numbers=numbers).findall(low), []

    def symbol(self, word: str) -> str:
        """The symbol of a word of straight text."""
        return self._symbol(word, numbers=False)

    def _symbol(self, unit: str, numbers: bool) -> str:
        """The symbol of one unit of folded text."""
        unit = self._unelided(unit, numbers)
        symbol = self._plan.words.get(unit) or _SIGN_SYMBOLS.get(unit)
        if symbol is None and numbers and len(unit) > 5:
            symbol = number_symbol(unit)
        if symbol is None:
            symbol = self._prefix_symbol(unit)
            if symbol == UNKNOWN and unit[0] in self._joined:
                symbol = self._joined_symbol(unit)
        return symbol

    def _joined_symbol(self, unit: str) -> str:
        """The symbol of the word after one that is written together with it."""
        for before in self._plan.joined[unit[0]]:
            if unit.startswith(before) and len(unit) > len(before) + 1:
                rest = unit[len(before) :]
                symbol = self._plan.words.get(rest) or self._prefix_symbol(rest)
                if symbol != UNKNOWN:
                    return symbol
        return UNKNOWN

    def _unelided(self, unit: str, numbers: bool) -> str:
        """A unit without apostrophes: the whole, or what follows ``l'`` if rules know it.

        From the end on, as what is elided may stand before what is elided.
        """
        if "'" not in unit:
            return unit
        heads = unit.split("'")
        stands = len(heads) - 1  # what stands are the parts from here on, put together
        known = self._is_known(heads[stands], numbers)
        lengths = list(accumulate(map(len, reversed(heads)), initial=0))[::-1]
        for at in range(stands - 1, -1, -1):
            whole = "".join(heads[at:]) if lengths[at] <= _LONGEST else ""
            rest = heads[at + 1] if at + 2 == len(heads) else ""
            elided = f"{heads[at]}'" in self._plan.joined.get(heads[at][:1], ())
            if not elided or not known or rest == _POSSESSIVE or whole in self._plan.words:
                stands = at
                known = self._is_known("".join(heads[at : at + _LONGEST])[:_LONGEST], numbers)
        return "".join(heads[stands:])

    def _is_known(self, word: str, numbers: bool) -> bool:
        return bool(word) and self._symbol(word, numbers) != UNKNOWN

    def _prefix_symbol(self, unit: str) -> str:
        """The symbol of the longest known beginning of ``unit``, which is no known word."""
        prefixes = self._plan.prefixes
        for end in range(self._heads.get(unit[:_HEAD], _HEAD - 1), 0, -1):
            symbol = prefixes.get(unit[:end])
            if symbol is not None:
                return symbol
        return UNKNOWN if unit[:1].isalnum() else OTHER_SIGN


def _pattern(low: str, *, numbers: bool) -> re.Pattern[str]:
    """What cuts a text in units: words, numbers of the immigration system, signs."""
    if numbers:
        return _UNITS_WITH_NUMBERS
    return _ASCII_UNITS if low.isascii() else _UNITS


def ends_number(low: str) -> bool:
    """Whether an apostrophe may end a number of the immigration system that letters follow."""
    return "'" in low and _NUMBER_BEFORE.search(low) is not None


def words_of(low: str) -> list[str]:
    """The words of a folded text, without apostrophes."""
    if "'" in low:
        low = low.replace("'", "")
    return (_ASCII_WORDS if low.isascii() else _WORDS).findall(low)
