"""The scale: which sentences say somebody's status, and in which words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from safecall.guard.fold import BARRIER
from safecall.guard.kinds import GuardUnavailable, RuleError
from safecall.guard.weighing.windows import Sentence, Span, sentences

if TYPE_CHECKING:
    from safecall.guard.weighing.weigher import Weigher

FOLDER: Final = Path(__file__).parent
ANCHORS: Final = FOLDER / "anchors.txt"
LEARNT: Final = FOLDER / "learnt.npz"
#: The languages that it was learnt from.
LEARNT_LANGUAGES: Final = ("en", "es")


class Scale:
    """Weighs what straight texts say round words of status; safe to share between threads.

    Most texts hold no anchor and are done with that. What it takes to weigh one is loaded when
    the first is met, as numpy takes longer to import than all rules to load.

    Raises:
        RuleError: the list of anchors, or what was learnt, is missing.
    """

    def __init__(self) -> None:
        self.anchors = frozenset(anchors(ANCHORS))
        if not LEARNT.exists():
            raise RuleError(f"{LEARNT}: is missing; install safecall again")

    @cached_property
    def _weigher(self) -> Weigher:
        from safecall.guard.weighing.weigher import Weigher  # noqa: PLC0415 - imports numpy

        try:
            return Weigher(LEARNT)
        except RuleError as error:
            raise GuardUnavailable(f"the guard's rules cannot be loaded: {error}") from None

    def found(
        self, low: str, words: Collection[str], free: Callable[[int, int], bool]
    ) -> list[list[Span]]:
        """The words that say somebody's status in sentences of ``low`` that no rule has marked.

        ``words`` are those of ``low``; ``free`` says whether a sentence is to be weighed.
        """
        if self.anchors.isdisjoint(words):
            return []
        some = [one for one in _untouched(low) if free(one.start, one.end)]
        out = [self._heaviest(one) for one in some]
        return [spans for spans in out if spans]

    def _heaviest(self, sentence: Sentence) -> list[Span]:
        windows = list(sentence.windows(self.anchors))
        rows = [sentence.words(one.start, one.stop) for one in windows]
        out = dict[Span, None]()
        for window, words, heavy in zip(windows, rows, self._weigher.heavy(rows), strict=True):
            if heavy:
                tokens = sentence.tokens[window]
                for first, last in self._weigher.heaviest(words):
                    out[tokens[first][0], tokens[last][1]] = None
        return list(out)

    def overruled(self, low: str, found: Sequence[tuple[int, int, str]]) -> list[bool]:
        """Which of the findings in ``low``, each with its rule, stand among words that say nobody's
        status.
        """
        may = [self._weigher.may_overrule(rule) for *_, rule in found]
        if not any(may):
            return may
        some = list(_untouched(low))
        return [
            one and self._is_light(some, start, end)
            for one, (start, end, _) in zip(may, found, strict=True)
        ]

    def _is_light(self, some: list[Sentence], start: int, end: int) -> bool:
        within = [one for one in some if one.start <= start and end <= one.end]
        rows = [
            one.words(window.start, window.stop)
            for one in within
            for window in (one.window(start, end),)
        ]
        return bool(rows) and all(self._weigher.light(rows))

    def heavy(self, lows: Sequence[str]) -> list[bool]:
        """Which of many straight texts say somebody's status."""
        rows: list[list[str]] = []
        numbers: list[int] = []
        for number, low in enumerate(lows):
            for one in _untouched(low):
                some = [
                    one.words(window.start, window.stop) for window in one.windows(self.anchors)
                ]
                rows += some
                numbers += [number] * len(some)
        out = [False] * len(lows)
        if rows:
            for number, heavy in zip(numbers, self._weigher.heavy(rows), strict=True):
                out[number] |= heavy
        return out


def _untouched(low: str) -> Iterator[Sentence]:
    """The sentences of which nothing has been taken out yet."""
    return (one for one in sentences(low) if BARRIER not in low[one.start : one.end])


def anchors(path: Path) -> list[str]:
    """The words of a list: parted by spaces, with remarks behind ``#``.

    Raises:
        RuleError: there is no such file.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise RuleError(f"{path}: cannot be read ({error}); install safecall again") from None
    return [word for line in lines for word in line.partition("#")[0].split()]
