"""A column of texts screened at once: the same findings as one by one, in a fraction of the time.

Threads take a batch each. What costs most, cutting batches into words and following trails
(`kernels`), runs without the interpreter's lock; only the few texts that remain (`sieve`) are
looked at one by one.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from safecall.guard.known import Known
from safecall.guard.matching import Engine
from safecall.guard.sieve import Sieve

BATCH: Final = 16_384
#: The first batch is so much smaller.
_SHARE: Final = 4


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
    """Screen texts in order, a batch of `BATCH` at a time, the first smaller; a few at once.

    Args:
        texts: any number of texts, of any length.
        lang: as for `screen`.
        workers: threads; as many as there are processors by default.

    Raises:
        GuardUnavailable: the rules cannot be loaded.
    """
    rest = iter(texts)
    count = workers or os.cpu_count() or 1
    # What all batches need, such as the values of common words, is made once: by the first.
    if first := list(islice(rest, BATCH // _SHARE)):
        yield screen_batch(first, lang)
    batches = _batches(rest)
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


def _batches(rest: Iterator[str | None]) -> Iterator[list[str | None]]:
    while batch := list(islice(rest, BATCH)):
        yield batch


def screen_batch(texts: Sequence[str | None], lang: str | None = None) -> ScreenedColumn:
    """Screen all of a batch in this thread."""
    kept = list(texts)
    found: dict[int, tuple[Finding, ...]] = {}
    changed: dict[int, str] = {}
    remaining = _sieve(engine()).remains(texts)
    looked = [(texts[place] or "", one) for place, one in remaining.items()]
    for place, findings in zip(remaining, find(looked, lang), strict=True):
        if findings:
            text = texts[place] or ""
            kept[place], found[place] = redact(text, findings), tuple(findings)
            # A text that only mentions an authority stays as it is.
            if kept[place] != text:
                changed[place] = kept[place] or ""
    for place in _with_more(changed, remaining, lang):
        screened = screen(texts[place] or "", lang)
        kept[place], found[place] = screened.text, screened.findings
    return ScreenedColumn(kept, found)


def _with_more(
    changed: Mapping[int, str], known: Mapping[int, Known], lang: str | None
) -> Iterator[int]:
    """Where something is to be removed still: a removal may take with it the words that had
    cancelled another finding. No phrase is in the rest of a straight text that was not in it, but
    where a note in brackets may have become short enough to be one.
    """
    among = [
        known[place].phrases if known[place].straight and ")" not in text else None
        for place, text in changed.items()
    ]
    weighed = [known[place].may_be_heavy for place in changed]
    looked = [
        (text, Known(phrases, may_be_heavy=heavy))
        for text, phrases, heavy in zip(changed.values(), among, weighed, strict=True)
    ]
    for place, findings in zip(changed, find(looked, lang), strict=True):
        if any(one.removed for one in findings):
            yield place


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
