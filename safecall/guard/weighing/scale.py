"""The scale: which sentences say somebody's status, and in which words."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from safecall.guard.fold import BARRIER
from safecall.guard.kinds import GuardUnavailable, RuleError
from safecall.guard.spelling import words_of

if TYPE_CHECKING:
    from safecall.guard.weighing.weigher import Weigher

FOLDER: Final = Path(__file__).parent
ANCHORS: Final = FOLDER / "anchors.txt"
LEARNT: Final = FOLDER / "learnt.npz"

#: The languages that it was learnt from.
LEARNT_LANGUAGES: Final = ("en", "es")

Span = tuple[int, int]

#: What has fewer words is no sentence, and left to the rules.
_FEWEST: Final = 3


class Scale:
    """Weighs the sentences of straight texts; safe to share between threads.

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
        some = [span for span in self._weighable(low) if free(*span)]
        return self._weigher.found(low, some) if some else []

    def overruled(self, low: str, found: Sequence[tuple[int, int, str]]) -> list[bool]:
        """Which of the findings in ``low``, each with its rule, stand in a sentence that says
        nobody's status.
        """
        may = [self._weigher.may_overrule(rule) for *_, rule in found]
        if not any(may):
            return may
        every = self._sentences(low)
        light = self._weigher.light([low[start:end] for start, end in every])
        over = [
            span
            for span, one in zip(every, light, strict=True)
            if one and BARRIER not in low[slice(*span)]
        ]
        return [
            one and any(first <= start and end <= last for first, last in over)
            for one, (start, end, _) in zip(may, found, strict=True)
        ]

    def heavy(self, lows: Sequence[str]) -> list[bool]:
        """Which of many straight texts hold a sentence that says somebody's status."""
        every = [
            (number, low[a:b]) for number, low in enumerate(lows) for a, b in self._weighable(low)
        ]
        out = [False] * len(lows)
        for number, heavy in zip(
            (number for number, _ in every),
            self._weigher.heavy([one for _, one in every]) if every else (),
            strict=True,
        ):
            out[number] |= heavy
        return out

    def _weighable(self, low: str) -> Iterator[Span]:
        """The sentences with an anchor, and nothing taken out of them yet."""
        for start, end in self._sentences(low):
            words = words_of(low[start:end])
            free = BARRIER not in low[start:end]
            if len(words) >= _FEWEST and free and not self.anchors.isdisjoint(words):
                yield start, end

    @staticmethod
    def _sentences(low: str) -> list[Span]:
        from safecall.guard.weighing.features import sentences  # noqa: PLC0415 - imports numpy

        return list(sentences(low))


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
