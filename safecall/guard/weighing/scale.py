"""The scale: which sentences say somebody's status, and in which words."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import cached_property
from itertools import compress
from pathlib import Path
from typing import TYPE_CHECKING, Final

from safecall.guard.fold import BARRIER
from safecall.guard.kinds import GuardUnavailable, RuleError
from safecall.guard.weighing.anchors import Anchors, listed
from safecall.guard.weighing.windows import Sentence, Span, sentences

if TYPE_CHECKING:
    from safecall.guard.weighing.weighers import Weighers

#: The languages that it knows, those together that are often mixed; a file for each (``so.npz``).
GROUPS: Final = (
    ("en", "es"), ("am",), ("ar",), ("de",), ("fr",), ("hmn",), ("ht",), ("ko",), ("om",), ("pt",),
    ("ru",), ("so",), ("sw",), ("tl",), ("uk",), ("vi",), ("zh",),
)  # fmt: skip
LEARNT: Final = Path(__file__).parent / "learnt"


class Scale:
    """Weighs what straight texts say round words of status; safe to share between threads.

    Most texts hold no anchor and are done with that. What it takes to weigh one is loaded when
    the first is met, as numpy takes longer to import than all rules to load.

    Raises:
        RuleError: the list of anchors, or what was learnt of a language, is missing.
    """

    def __init__(self) -> None:
        self.anchors = Anchors(listed())
        for path in learnt():
            if not path.exists():
                raise RuleError(f"{path}: is missing; install safecall again")

    @cached_property
    def _weighers(self) -> Weighers:
        # These import numpy.
        from safecall.guard.weighing.learnt import load  # noqa: PLC0415
        from safecall.guard.weighing.weighers import Weighers  # noqa: PLC0415

        try:
            return Weighers(map(load, learnt()))
        except RuleError as error:
            raise GuardUnavailable(f"the guard's rules cannot be loaded: {error}") from None

    def found(
        self, low: str, words: Collection[str], free: Callable[[int, int], bool]
    ) -> list[list[Span]]:
        """The words that say somebody's status in sentences of ``low`` that no rule has marked.

        ``words`` are those of ``low``; ``free`` says whether a sentence is to be weighed.
        """
        if not self.anchors.among(words):
            return []
        some = [one for one in self._windows(low) if free(one[0].start, one[0].end)]
        heavy = self._weighers.heavy([one.words[window] for one, window in some])
        out = defaultdict[int, dict[Span, None]](dict)
        for one, window in compress(some, heavy):
            places = one.places()[window]
            for first, last in self._weighers.heaviest(one.words[window]):
                out[one.start][places[first][0], places[last][1]] = None
        return [list(spans) for spans in out.values()]

    def overruled(
        self, texts: Iterable[tuple[str, Sequence[tuple[int, int, str]]]]
    ) -> list[list[bool]]:
        """Which of the findings in each straight text, each with its rule, stand among words that
        say nobody's status.
        """
        rows: list[list[str]] = []
        numbers: list[list[range]] = []
        for low, found in texts:
            numbers.append([])
            for start, end, rule in found:
                within = self._round(low, start, end) if self._weighers.may_overrule(rule) else ()
                first = len(rows)
                rows += within
                numbers[-1].append(range(first, len(rows)))
        light = self._weighers.light(rows) if rows else []
        return [[bool(of) and all(light[at] for at in of) for of in every] for every in numbers]

    def _round(self, low: str, start: int, end: int) -> Iterator[list[str]]:
        """The words round a piece of a text, if it is in a sentence that nothing was taken from."""
        for one in _untouched(low, lambda first, last: first <= start and end <= last):
            yield one.words[one.window(start, end)]

    def heavy(self, lows: Sequence[str]) -> list[bool]:
        """Which of many straight texts say somebody's status."""
        rows: list[list[str]] = []
        numbers: list[int] = []
        for number, low in enumerate(lows):
            some = [one.words[window] for one, window in self._windows(low)]
            rows += some
            numbers += [number] * len(some)
        out = [False] * len(lows)
        if rows:
            for number, heavy in zip(numbers, self._weighers.heavy(rows), strict=True):
                out[number] |= heavy
        return out

    def _windows(self, low: str) -> Iterator[tuple[Sentence, slice]]:
        """The words round each anchor, with the sentence that they are of."""
        for one in _untouched(low, anchors=self.anchors):
            for window in one.windows(self.anchors):
                yield one, window


def _untouched(
    low: str, wanted: Callable[[int, int], bool] | None = None, anchors: Anchors | None = None
) -> Iterator[Sentence]:
    """Those of the sentences of which nothing has been taken out yet."""
    some = sentences(low, wanted, anchors)
    return (one for one in some if low.find(BARRIER, one.start, one.end) < 0)


def learnt() -> list[Path]:
    """The files of what was learnt."""
    return [learnt_of(one) for one in GROUPS]


def learnt_of(group: Sequence[str]) -> Path:
    """The file of what was learnt of these languages."""
    return LEARNT / f"{'-'.join(group)}.npz"
