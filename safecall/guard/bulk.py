"""A column of texts screened at once: the same findings as one by one, in a fraction of the time.

A batch becomes one string, which one automaton passes over. It looks for what opens the gate, for
misspelt words, and for the signs of words that are written to be read past a filter; only texts
where it finds some are looked at one by one. So are texts that are not ASCII when straightened.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice, product
from multiprocessing import get_context
from string import ascii_lowercase, digits
from typing import Final

import ahocorasick_rs

from safecall.guard.engine import Finding, engine, screen, use
from safecall.guard.fold import MARKER
from safecall.guard.grams import OPENS
from safecall.guard.matching import Engine
from safecall.guard.plan import Plan
from safecall.guard.shapes import STARTS
from safecall.guard.straighten import (
    LONGEST_DISGUISED,
    is_disguised,
    may_be_hyphened,
    may_be_parted,
    may_be_signed,
    may_be_spaced_out,
)

BATCH: Final = 32_768


@dataclass(frozen=True, slots=True)
class ScreenedColumn:
    """A batch of texts as they may be kept; `findings` by their place in the batch.

    A place without a text (None) stays without one.
    """

    texts: list[str | None]
    findings: dict[int, tuple[Finding, ...]]


def screen_column(
    texts: Iterable[str | None], *, lang: str | None = None, workers: int | None = None
) -> Iterator[ScreenedColumn]:
    """Screen texts in order, a batch of `BATCH` at a time; no more than a few are held at once.

    Args:
        texts: any number of texts, of any length.
        lang: as for `screen`.
        workers: processes; as many as there are processors by default, 1 for this process alone.

    Raises:
        GuardUnavailable: the rules cannot be loaded.
    """
    batches = _batches(texts)
    count = workers or os.cpu_count() or 1
    if count == 1:
        for batch in batches:
            yield _joined(batch, screen_batch(batch, lang))
        return
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    rules = (engine().plan,)  # those in force here, which may not be what a new process loads
    with ProcessPoolExecutor(count, context, _put_in_force, rules) as pool:
        waiting: list[tuple[list[str | None], Future[_Changed]]] = []
        for batch in batches:
            waiting.append((batch, pool.submit(screen_batch, batch, lang)))
            if len(waiting) > count:
                done, changed = waiting.pop(0)
                yield _joined(done, changed.result())
        for done, changed in waiting:
            yield _joined(done, changed.result())


def _put_in_force(plan: Plan) -> None:
    use(Engine(plan))


_Changed = dict[int, tuple[str, tuple[Finding, ...]]]


def _batches(texts: Iterable[str | None]) -> Iterator[list[str | None]]:
    rest = iter(texts)
    while batch := list(islice(rest, BATCH)):
        yield batch


def _joined(batch: list[str | None], changed: _Changed) -> ScreenedColumn:
    for place, (text, _) in changed.items():
        batch[place] = text
    return ScreenedColumn(batch, {place: findings for place, (_, findings) in changed.items()})


def screen_batch(texts: Sequence[str | None], lang: str | None = None) -> _Changed:
    """The texts that have findings, by place: as they may be kept, and what was found."""
    guard = engine()
    sieve = _sieve(guard)
    out: _Changed = {}
    for place in sieve.remains(texts):
        text = texts[place]
        if text is not None:
            screened = screen(text, lang)
            if screened.findings:
                out[place] = screened.text, screened.findings
    return out


class _Sieve:
    """What a batch is looked through for; made once for an engine."""

    def __init__(self, guard: Engine) -> None:
        self.guard = guard
        calls = self._patterns()
        self._calls = [frozenset(called) for called in calls.values()]
        self._automaton = ahocorasick_rs.AhoCorasick(list(calls))
        self._disguised: dict[str, bool] = {}
        every = [word for words in guard.plan.joined.values() for word in words]
        elided = "|".join(word for word in every if word.endswith("'")) or "'"
        self._elision = re.compile(rf"\b(?:{elided})\w", re.IGNORECASE)

    def _patterns(self) -> dict[str, set[int]]:
        """What to look for, and what each calls; words may be up to three spaces apart."""
        calls: dict[str, set[int]] = defaultdict(set)
        for pattern, called in zip(self.guard.gate.patterns, self.guard.gate.calls, strict=True):
            if pattern.isascii():
                calls[pattern].update(called)
        for word in self.guard.plan.variants:
            calls[f" {word} "].add(OPENS)
        for pattern, called_one in _signs(self.guard.gate.shapes):
            calls[pattern].add(called_one)
        for pattern in [one for one in calls if " " in one[1:-1]]:
            for gap in ("  ", "   "):
                calls[pattern[0] + pattern[1:-1].replace(" ", gap) + pattern[-1]] |= calls[pattern]
        return calls

    def remains(self, texts: Sequence[str | None]) -> list[int]:
        """The places of texts that have to be looked at one by one."""
        closer: set[int] = set()
        plain: list[str] = []
        for place, text in enumerate(texts):
            if text is None or (text.isascii() and not self._odd(text)):
                plain.append(text or "")
                continue
            straight = self.guard.straight(text)
            if straight.isascii() and "\0" not in straight and not self._elided(straight):
                plain.append(straight)
            else:
                closer.add(place)
                plain.append("")
        return sorted(closer.union(self._found(plain)))

    def _odd(self, text: str) -> bool:
        """Whether an ASCII text has signs that the automaton does not see."""
        return (
            "&" in text
            or "\0" in text
            or MARKER in text
            or ("-" in text and may_be_hyphened(text, self.guard.plan))
            or may_be_parted(text, self.guard.plan)
            or (("@" in text or "$" in text) and may_be_signed(text))
            or ("'" in text and self._elided(text))
        )

    def _elided(self, text: str) -> bool:
        return self.guard.elides and self._elision.search(text) is not None

    def _found(self, plain: list[str]) -> Iterator[int]:
        text = _spaced(plain)
        hits = self._automaton.find_matches_as_indexes(text, overlapping=True)
        place, start, end = 0, 0, _end(text, 0)
        called: set[int] = set()
        for number, at, _ in [*hits, (0, len(text), 0)]:
            if at >= end:
                if called and self._settles(called, text[start:end], plain[place]):
                    yield place
                called = set()
                while at >= end and end < len(text):
                    place, start, end = place + 1, end, _end(text, end)
            calls = self._calls[number]
            if calls != _MIXED_ALONE:
                called |= calls
            elif self._is_disguised(_word_at(text, at)):
                called.add(OPENS)

    def _settles(self, called: set[int], row: str, original: str) -> bool:
        """Whether a row with the patterns that called these has to be looked at."""
        return (
            OPENS in called
            or self.guard.gate.settles(called - _SIGNS, row, row.replace("\0", " ").split())
            or (_LETTERS in called and may_be_spaced_out(original))
            or (_NUMBER in called and self.guard.gate.has_number(row))
        )

    def _is_disguised(self, word: str) -> bool:
        if word.isalpha() or word.isdigit():
            return False
        known = self._disguised.get(word)
        if known is None:
            if len(self._disguised) > _REMEMBERED:
                self._disguised.clear()
            known = self._disguised[word] = is_disguised(word, self.guard.plan)
        return known


def _signs(shapes: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Signs of letters written one by one, of digits for letters, and of numbers."""
    for one, other in product(ascii_lowercase, repeat=2):
        yield f" {one} {other} ", _LETTERS
    for letter, digit in product(ascii_lowercase, digits):
        yield letter + digit, _MIXED
        yield digit + letter, _MIXED
    for shape in shapes:
        for start, digit in product(STARTS[shape], digits):
            yield f" {start}{digit}", _NUMBER


@lru_cache(maxsize=2)
def _sieve(guard: Engine) -> _Sieve:
    return _Sieve(guard)


_MIXED: Final = 1_000_001
_NUMBER: Final = 1_000_002
_LETTERS: Final = 1_000_003
_SIGNS: Final = frozenset({_MIXED, _NUMBER, _LETTERS})
_MIXED_ALONE: Final = frozenset({_MIXED})
_REMEMBERED: Final = 100_000
#: Every sign becomes a space, capitals become small.
_PLAIN: Final = bytes(
    ord(chr(code).lower()) if chr(code).isalnum() and code < 128 else (32 if code else 0)
    for code in range(256)
)


def _spaced(texts: list[str]) -> str:
    """The words of all texts parted by up to three spaces; a zero stands between texts."""
    joined = "\0".join(texts).encode("ascii").translate(_PLAIN, b"'").replace(b"\0", b" \0 ")
    while b"    " in joined:
        joined = joined.replace(b"    ", b" ")
    return f" {joined.decode('ascii')} "


def _word_at(text: str, at: int) -> str:
    """The word round a place; an empty one if it is too long to stand for another."""
    start = text.rfind(" ", max(0, at - LONGEST_DISGUISED), at + 1)
    end = text.find(" ", at, at + LONGEST_DISGUISED + 1)
    return text[start + 1 : end] if start >= 0 and end >= 0 else ""


def _end(text: str, start: int) -> int:
    found = text.find("\0", start + 1)
    return len(text) if found < 0 else found
