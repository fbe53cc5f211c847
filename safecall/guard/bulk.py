"""A column of texts screened at once: the same findings as one by one, in a fraction of the time.

A batch becomes arrays of words (`tokens`), and only texts that follow the trail of a phrase
(`trails`), or hold a number of the immigration system, are looked at one by one. Words that are
written to be read past a filter are made straight first, in the texts that may have some.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from multiprocessing import get_context
from typing import Final

import numpy as np

from safecall.guard.engine import (
    Finding,
    Screened,
    engine,
    find,
    redact,
    screen,
    untouched,
    use,
)
from safecall.guard.fold import MARKER, may_have_entity
from safecall.guard.matching import Engine
from safecall.guard.numerals import Numerals, starts
from safecall.guard.plan import ActivePhrase, Plan
from safecall.guard.straighten import (
    FEWEST_PARTED,
    PARTING_SIGNS,
    may_be_signed,
    may_be_spaced_out,
)
from safecall.guard.tokens import HAS_DIGIT, NO_LETTER, Ints, Tokens, Words
from safecall.guard.trails import Trails

BATCH: Final = 8_192


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
    sieve = _sieve(engine())
    out: _Changed = {}
    for place, among in sieve.remains(texts).items():
        text = texts[place] or ""
        findings = find(text, lang, among)
        if findings:
            out[place] = redact(text, findings), tuple(findings)
    # A removal may take with it the words that had cancelled another finding.
    for number in sieve.remains([text for text, _ in out.values()]):
        place = list(out)[number]
        screened = screen(texts[place] or "", lang)
        out[place] = screened.text, screened.findings
    return out


#: The phrases that a text may hold; None if that is not known.
_Phrases = frozenset[ActivePhrase] | None
_NO_PHRASE: Final[frozenset[ActivePhrase]] = frozenset()


def screened(texts: Sequence[str], lang: str | None = None) -> Iterator[Screened]:
    """Each text of a batch as `screen` returns it.

    Raises:
        GuardUnavailable: the rules cannot be loaded.
    """
    changed = screen_batch(texts, lang)
    for place, text in enumerate(texts):
        yield screen(text, lang) if place in changed else untouched(text)


class _Sieve:
    """What a batch is looked through for; made once for an engine."""

    def __init__(self, guard: Engine) -> None:
        self._guard = guard
        self._trails = Trails(guard.plan)
        self._numerals = Numerals(self._trails.shapes)
        self._tokens = Tokens(guard, starts(self._trails.shapes))
        known = (*guard.plan.words, *guard.plan.variants)
        self._known = {word.encode() for word in known if word.isascii()}

    def remains(self, texts: Sequence[str | None]) -> dict[int, _Phrases]:
        """The places of texts that have to be looked at one by one, and the phrases to look for."""
        plain = [text if text and text.isascii() and "\0" not in text else "" for text in texts]
        words = self._tokens.words(plain)
        found = self._found(words, plain)
        crooked = {place for place, text in enumerate(texts) if text and not plain[place]}
        crooked.update(row for row in _signed("\0".join(plain)) if self._odd(plain[row]))
        crooked |= self._parted(words)
        crooked.update(row for row in _spelled(words).tolist() if may_be_spaced_out(plain[row]))
        found |= self._made_straight({place: texts[place] or "" for place in crooked})
        return {place: found[place] for place in sorted(found) if found[place] != _NO_PHRASE}

    def _made_straight(self, texts: dict[int, str]) -> dict[int, _Phrases]:
        """The same for texts whose words have to be made straight first."""
        out: dict[int, _Phrases] = {}
        straight: dict[int, tuple[str, list[str]]] = {}
        for place, text in texts.items():
            both = self._guard.straight(text)
            if both is None:
                out[place] = None
            else:
                straight[place] = both
        words = self._tokens.words([" ".join(words) for _, words in straight.values()])
        places = list(straight)
        found = self._found(words, [low for low, _ in straight.values()])
        return out | {place: found.get(row, _NO_PHRASE) for row, place in enumerate(places)}

    def _found(self, words: Words, texts: Sequence[str]) -> dict[int, _Phrases]:
        phrases = self._guard.phrases
        out: dict[int, _Phrases] = {
            row: frozenset(phrases[number] for number in numbers)
            for row, numbers in self._trails.followed(words).items()
        }
        return out | dict.fromkeys(self._with_number(words, texts))

    def _odd(self, text: str) -> bool:
        """Whether an ASCII text has signs that may be more than what parts words."""
        return (
            ("&" in text and may_have_entity(text))
            or MARKER in text
            or ("'" in text and ("''" in text or self._guard.may_elide(text.lower())))
            or (("@" in text or "$" in text) and may_be_signed(text))
        )

    def _with_number(self, words: Words, texts: Sequence[str]) -> Iterator[int]:
        rows = self._numerals.rows(words)
        return (row for row in rows if self._numerals.among(texts[row].lower()))

    def _parted(self, words: Words) -> set[int]:
        """The rows in which a sign parts a word of the rules."""
        ends, starts = words.ends[:-1], words.starts[1:]
        raw = np.frombuffer(words.raw, np.uint8)
        signs = _PARTING[raw[ends]] & (starts - ends <= _WIDEST) & _PARTING[raw[starts - 1]]
        length = words.ends[1:] - words.starts[:-1] - (starts - ends)
        letters = words.values & HAS_DIGIT == 0
        may_be = (raw[ends] == ord("-")) | signs
        may_be &= length >= FEWEST_PARTED
        may_be &= letters[:-1] & letters[1:] & (np.diff(words.rows) == 0)
        at = np.flatnonzero(may_be)
        edges = zip(words.starts[at], ends[at], starts[at], words.ends[at + 1], strict=True)
        parted = [words.raw[start:end] + words.raw[other:last] for start, end, other, last in edges]
        return {
            row
            for row, both in zip(words.rows[at].tolist(), parted, strict=True)
            if both.lower() in self._known
        }


def _signed(joined: str) -> list[int]:
    """The rows that hold one of `_SIGNS`."""
    raw = np.frombuffer(joined.encode(), np.uint8)
    rows = np.searchsorted(np.flatnonzero(raw == 0), np.flatnonzero(_SIGNS[raw]))
    out: list[int] = np.unique(rows).tolist()
    return out


def _spelled(words: Words) -> Ints:
    """The rows in which letters stand one by one: three in a row, or two with a dot between."""
    raw = np.frombuffer(words.raw, np.uint8)
    letters = (words.ends - words.starts == 1) & (words.values & NO_LETTER == 0)
    both = letters[:-1] & letters[1:] & (np.diff(words.rows) == 0)
    dotted = both & (words.starts[1:] - words.ends[:-1] == 1) & (raw[words.ends[:-1]] == ord("."))
    dotted[:-1] |= both[:-1] & both[1:]
    return np.unique(words.rows[:-1][dotted])


@lru_cache(maxsize=2)
def _sieve(guard: Engine) -> _Sieve:
    return _Sieve(guard)


#: The most signs that part one word.
_WIDEST: Final = 3
_PARTING: Final = np.isin(np.arange(256), list(PARTING_SIGNS.encode()))
#: What else than parting words a sign may do: `_Sieve._odd` looks at them.
_SIGNS: Final = np.isin(np.arange(256), list(b"&['@$"))
