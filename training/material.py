"""The sentences to learn from: ours, those written to be learnt from, and the rules' examples."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from babel.messages.pofile import read_po

from safecall.guard import exempt
from safecall.guard.check import unmark
from safecall.guard.contexts import load_contexts
from safecall.guard.engine import plan_of
from safecall.guard.kinds import Kind
from safecall.guard.matching import Engine
from safecall.guard.rules import load_rules
from safecall.guard.weighing import windows as cutting
from safecall.guard.weighing.anchors import Anchors, listed
from safecall.guard.weighing.windows import sentences

_OURS = Path("tests/guard/eval")
_PAGES = Path("safecall/locale")
_FURTHER = Path(__file__).parent / "sentences"


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and what of it says somebody's status (nothing: nobody's)."""

    text: str
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """Words and signs in a row, whether they say somebody's status, and the text they are from."""

    words: Sequence[str]
    says: bool
    text: int


def texts(languages: Sequence[str]) -> list[Text]:
    """All in these languages, none twice; those that mention an authority and nothing else are
    left out.
    """
    found = dict[str, Text]()
    for lang in languages:
        for one in (*_of(lang), *_pages(lang)):
            found.setdefault(one.text, one)
    return list(found.values())


def _of(lang: str) -> Iterator[Text]:
    for path in sorted([_OURS / f"{lang}.jsonl", *_FURTHER.glob(f"{lang}-*.jsonl")]):
        yield from _cases(path)
    yield from _examples(lang)


def _cases(path: Path) -> Iterator[Text]:
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip():
            case = json.loads(line)
            if case["kinds"] != ["authority"] and bool(case["kinds"]) == bool(case["must_go"]):
                yield Text(case["text"], tuple(case["must_go"]))


def _examples(lang: str) -> Iterator[Text]:
    """Those of a language's rules and contexts.

    A sentence in which a rule finds nothing may say a status that another rule finds.
    """
    for rule in load_rules(lang=lang):
        if rule.kind != Kind.AUTHORITY:
            yield from map(_marked, rule.flag)
        for example in rule.passes:
            if not _rules_alone().matches(example):
                yield Text(example, ())
    for context in load_contexts(lang=lang):
        yield from map(_marked, context.flag)
        yield from (Text(example, ()) for example in context.passes)


def _pages(lang: str) -> Iterator[Text]:
    """What our pages say in a language; none of it says or asks anybody's status."""
    # Chinese has a catalog for each of its scripts; the English is in all of them.
    for path in sorted(_PAGES.glob(f"{'es' if lang == 'en' else lang}*/LC_MESSAGES/django.po")):
        with path.open("rb") as file:
            messages = list(read_po(file))
        for message in messages:
            text = message.id if lang == "en" else message.string
            whole = " ".join(text) if isinstance(text, (list, tuple)) else text
            if whole and not message.fuzzy and message.id not in exempt.SENTENCES:
                yield Text(whole, ())


def _marked(example: str) -> Text:
    plain, spans = unmark(example)
    return Text(plain, tuple(plain[start:end] for start, end in spans))


@cache
def _rules_alone() -> Engine:
    """The rules without the second reading, which may not be there yet."""
    return Engine(plan_of())


def straight(text: str) -> str:
    """The straight form of a text."""
    return _rules_alone().spelling.straightened(text)[0].text.strip()


def rule_ids(languages: Sequence[str]) -> frozenset[str]:
    """The rules of these languages."""
    return frozenset(rule.id for lang in languages for rule in load_rules(lang=lang))


def cut(every: Sequence[Text]) -> list[Row]:
    """What is weighed of these texts, the words round each anchor, and the sentences without an
    anchor, to learn words from.
    """
    known = Anchors(listed())
    out: list[Row] = []
    for number, one in enumerate(every):
        says = [straight(words) for words in one.says]
        for sentence in sentences(straight(one.text)):
            places = _places(sentence, says)
            windows = list(sentence.windows(known)) or [slice(0, len(sentence.words))]
            out += [
                Row(sentence.words[at], not places.isdisjoint(range(at.start, at.stop)), number)
                for at in windows
            ]
    return out


def _places(sentence: cutting.Sentence, says: Sequence[str]) -> set[int]:
    """The numbers of its words that say somebody's status."""
    part = sentence.low[sentence.start : sentence.end]
    found = (
        (at.start() + sentence.start, at.end() + sentence.start)
        for words in says
        for at in re.finditer(re.escape(words), part)
    )
    return {number for start, end in found for number in sentence.within(start, end)}
