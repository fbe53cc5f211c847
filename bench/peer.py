"""Presidio beside the guard, on the same texts with the same words to look for.

What both look for are the words that the examples of the English rules mark as findings. Presidio
takes them as the deny list of a recognizer and nothing else runs; the guard runs all its rules in
all languages. Presidio is no part of the project and is installed by `bin/setup-peer`.
"""

import time
from collections.abc import Sequence
from dataclasses import dataclass

from safecall.guard import bulk, screen
from safecall.guard.check import unmark
from safecall.guard.rules import load_rules

_ENTITY = "STATUS"


@dataclass(frozen=True)
class Peer:
    """Seconds for the same texts in one process, and sentences changed that must stay whole."""

    texts: int
    phrases: int
    seconds: float
    guard_seconds: float
    decoys: int
    changed: int
    guard_changed: int


def measure(texts: Sequence[str]) -> Peer | None:
    """Measure both; None where Presidio is not installed."""
    try:
        from presidio_analyzer import PatternRecognizer
    except ImportError:
        return None
    rules = load_rules(lang="en")
    phrases = sorted({words for rule in rules for one in rule.flag for words in _marked(one)})
    recognizer = PatternRecognizer(supported_entity=_ENTITY, deny_list=phrases)
    decoys = [one for rule in rules for one in rule.passes]

    def finds(text: str) -> bool:
        return bool(recognizer.analyze(text=text, entities=[_ENTITY], nlp_artifacts=None))

    finds(texts[0])
    for _ in bulk.screen_column(texts, workers=1):
        pass  # what it compiles when it is first met is not counted; `loading` says what that costs
    began = time.perf_counter()
    for text in texts:
        finds(text)
    between = time.perf_counter()
    for _ in bulk.screen_column(texts, workers=1):
        pass
    ended = time.perf_counter()
    return Peer(
        len(texts),
        len(phrases),
        between - began,
        ended - between,
        len(decoys),
        sum(map(finds, decoys)),
        sum(screen(one).text != one for one in decoys),
    )


def _marked(example: str) -> list[str]:
    text, spans = unmark(example)
    return [text[start:end] for start, end in spans]


def lines(made: Peer | None) -> list[str]:
    """What was measured, in words."""
    if made is None:
        return ["Presidio is not installed, so it was not measured; see `bin/setup-peer`."]
    return [
        f"""The peer, Presidio (a `PatternRecognizer` whose deny list are the {made.phrases:,}
words and phrases that the examples of the English rules mark), on {made.texts:,} of the same
texts in one process: {made.seconds:.1f} s; the guard with all phrases of all languages
{made.guard_seconds:.1f} s. Of the {made.decoys:,} sentences that the
English rules keep whole Presidio would change {made.changed:,}, the guard
{made.guard_changed:,}."""
    ]
