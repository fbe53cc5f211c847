"""A column of texts screened at once: the same findings as one by one, in a fraction of the time.

Threads take a batch each. What costs most, cutting batches into words and following trails
(`passes`), runs without the interpreter's lock; only the few texts that remain (`sieve`) are
looked at one by one.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from safecall.guard.engine import (
    Finding,
    Screened,
    engine,
    find,
    redact,
    screen,
    untouched,
)
from safecall.guard.matching import Engine
from safecall.guard.sieve import Batch, Sieve

BATCH: Final = 16_384
#: Of what needs the interpreter's lock one thread does a batch after the other: if two shared it,
#: both would hold it or neither, and one processor would wait.
_turn: Final = threading.Lock()


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
        workers: threads; as many as there are processors by default.

    Raises:
        GuardUnavailable: the rules cannot be loaded.
    """
    batches = _batches(texts)
    count = workers or os.cpu_count() or 1
    # What all batches need, such as the values of common words, is made once: by the first.
    for batch in islice(batches, 1):
        yield screen_batch(batch, lang)
    if count == 1:
        for batch in batches:
            yield screen_batch(batch, lang)
        return
    with ThreadPoolExecutor(count, "guard") as pool:
        waiting: deque[Future[ScreenedColumn]] = deque()
        for batch in batches:
            waiting.append(pool.submit(screen_batch, batch, lang))
            if len(waiting) > count:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def _batches(texts: Iterable[str | None]) -> Iterator[list[str | None]]:
    rest = iter(texts)
    while batch := list(islice(rest, BATCH)):
        yield batch


def screen_batch(texts: Sequence[str | None], lang: str | None = None) -> ScreenedColumn:
    """Screen all of a batch in this thread."""
    sieve = _sieve(engine())
    batch = sieve.passed_over(texts)
    with _turn:
        return _screened(sieve, batch, lang)


def _screened(sieve: Sieve, batch: Batch, lang: str | None) -> ScreenedColumn:
    kept = list(batch.texts)
    found: dict[int, tuple[Finding, ...]] = {}
    changed: dict[int, str] = {}
    for place, findings in _found(sieve, batch, lang).items():
        text = batch.texts[place] or ""
        without = redact(text, findings)
        kept[place], found[place] = without, tuple(findings)
        # A text that only mentions an authority stays as it is.
        if without != text:
            changed[place] = without
    # A removal may take with it the words that had cancelled another finding.
    again = sieve.passed_over(list(changed.values()))
    places = list(changed)
    for number, findings in _found(sieve, again, lang).items():
        if any(one.removed for one in findings):
            place = places[number]
            screened = screen(batch.texts[place] or "", lang)
            kept[place], found[place] = screened.text, screened.findings
    return ScreenedColumn(kept, found)


def _found(sieve: Sieve, batch: Batch, lang: str | None) -> dict[int, list[Finding]]:
    """What is found at first, by the places of the texts; nothing is in the others."""
    remaining = sieve.remains(batch)
    every = find(((batch.texts[place] or "", one) for place, one in remaining.items()), lang)
    return {place: one for place, one in zip(remaining, every, strict=True) if one}


def screened(texts: Sequence[str], lang: str | None = None) -> Iterator[Screened]:
    """Each text of a batch as `screen` returns it.

    Raises:
        GuardUnavailable: the rules cannot be loaded.
    """
    found = screen_batch(texts, lang).findings
    for place, text in enumerate(texts):
        yield screen(text, lang) if place in found else untouched(text)


@lru_cache(maxsize=2)
def _sieve(guard: Engine) -> Sieve:
    return Sieve(guard)
