"""A column of texts screened at once: the same findings as one by one, in a fraction of the time.

Processes take a batch each. What costs most, cutting batches into words and following trails
(`kernels`), is machine code; only the few texts that remain (`sieve`) are looked at one by one.
"""

from __future__ import annotations

import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import get_all_start_methods, get_context
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
from safecall.guard.known import Known
from safecall.guard.matching import Engine
from safecall.guard.sieve import Sieve

BATCH: Final = 16_384


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
        workers: how many batches at once; as many as there are processors by default.

    Raises:
        GuardUnavailable: the rules cannot be loaded.
    """
    batches = _batches(texts)
    # What all need, such as the values of common words, is made once: by the first.
    for batch in islice(batches, 1):
        yield screen_batch(batch, lang)
    count = workers or os.cpu_count() or 1
    if count == 1:
        for batch in batches:
            yield screen_batch(batch, lang)
        return
    for second in islice(batches, 1):
        yield from _at_once(chain([second], batches), lang, count)


def _at_once(
    batches: Iterable[list[str | None]], lang: str | None, count: int
) -> Iterator[ScreenedColumn]:
    with _pool(count) as pool:
        waiting: deque[tuple[list[str | None], Future[_Changes]]] = deque()
        for batch in batches:
            waiting.append((batch, pool.submit(_changes, batch, lang)))
            if len(waiting) > count:
                yield _changed(*waiting.popleft())
        while waiting:
            yield _changed(*waiting.popleft())


def _pool(count: int) -> Executor:
    """Processes, as screening what remains is plain Python; threads where others run already, as a
    fork would copy the locks that they hold.
    """
    if threading.active_count() == 1 and "fork" in get_all_start_methods():
        return ProcessPoolExecutor(count, get_context("fork"))
    return ThreadPoolExecutor(count, "guard")


#: By its place in a batch: the text that differs, and the findings.
_Changes = tuple[dict[int, str | None], dict[int, tuple[Finding, ...]]]


def _changes(batch: list[str | None], lang: str | None) -> _Changes:
    """What becomes of a batch, without what stays as it is."""
    one = screen_batch(batch, lang)
    return {place: one.texts[place] for place in one.findings}, one.findings


def _changed(batch: list[str | None], future: Future[_Changes]) -> ScreenedColumn:
    texts, findings = future.result()
    for place, text in texts.items():
        batch[place] = text
    return ScreenedColumn(batch, findings)


def _batches(texts: Iterable[str | None]) -> Iterator[list[str | None]]:
    rest = iter(texts)
    while batch := list(islice(rest, BATCH)):
        yield batch


def screen_batch(texts: Sequence[str | None], lang: str | None = None) -> ScreenedColumn:
    """Screen all of a batch in this thread."""
    kept = list(texts)
    found: dict[int, tuple[Finding, ...]] = {}
    for place, one in _sieve(engine()).remains(texts).items():
        text = texts[place] or ""
        findings = find(text, lang, one)
        if not findings:
            continue
        without = redact(text, findings)
        # A text that only mentions an authority stays as it is.
        if without != text and _more(without, one, lang):
            screened = screen(text, lang)
            without, findings = screened.text, list(screened.findings)
        kept[place], found[place] = without, tuple(findings)
    return ScreenedColumn(kept, found)


def _more(text: str, one: Known, lang: str | None) -> bool:
    """Whether something is to be removed still: a removal may take with it the words that had
    cancelled another finding. No phrase is in the rest of a straight text that was not in it.
    """
    among = one.phrases if one.straight is not None else None
    known = Known(among, may_be_heavy=one.may_be_heavy)
    return any(more.removed for more in find(text, lang, known))


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
