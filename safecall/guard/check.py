"""Hold every rule against its own examples: ``python -m safecall.guard.check [--lang en]``."""

from __future__ import annotations

import argparse
import marshal
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from safecall.guard.compile import compile_plan
from safecall.guard.contexts import Context, load_contexts
from safecall.guard.kinds import RULES_DIR, Kind, RuleError
from safecall.guard.matching import Engine
from safecall.guard.rules import Rule, load_rules, load_triggers


@dataclass(frozen=True, slots=True)
class Failure:
    """An example that does not hold."""

    rule: str
    where: str
    example: str
    wanted: str
    got: str

    def __str__(self) -> str:
        lines = (f"{self.where} {self.rule}", f"  example: {self.example}",
                 f"  wanted:  {self.wanted}", f"  got:     {self.got}")  # fmt: skip
        return "\n".join(lines)


def unmark(example: str) -> tuple[str, list[tuple[int, int]]]:
    """An example without its ``[ ]`` and the spans that they marked."""
    plain: list[str] = []
    spans: list[tuple[int, int]] = []
    start = -1
    for char in example:
        if char == "[":
            start = len(plain)
        elif char == "]" and start >= 0:
            spans.append((start, len(plain)))
            start = -1
        else:
            plain.append(char)
    return "".join(plain), spans


def check_rules(rules: list[Rule], engine: Engine) -> Iterator[Failure]:
    """Every example that does not hold; ``todo`` examples are not held against a rule."""
    for rule in rules:
        asks = bool(rule.label) or rule.only_in_ask
        for example in rule.flag:
            text, wanted = unmark(example)
            if not wanted:
                yield Failure(
                    rule.id,
                    rule.place,
                    example,
                    "the words in [ ]",
                    "no [ ] in the example",
                )
                continue
            got = spans_of(engine, rule.id, text, ask=asks)
            if got != wanted:
                yield Failure(
                    rule.id,
                    rule.place,
                    example,
                    _words(text, wanted),
                    _words(text, got),
                )
        for text in rule.passes:
            got = spans_of(engine, rule.id, text, ask=asks)
            if got:
                yield Failure(rule.id, rule.place, text, "nothing", _words(text, got))


def check_contexts(contexts: list[Context], engine: Engine) -> Iterator[Failure]:
    """Every example of a context that does not hold, or would hold without any context."""
    bare = Engine(replace(engine.plan, contexts=marshal.dumps([]), reach=0))
    for context in contexts:
        for example in context.flag:
            text, wanted = unmark(example)
            got = _removed(engine, text)
            if not wanted or got != wanted:
                told = _words(text, wanted) if wanted else "the words in [ ]"
                yield Failure(context.id, context.place, example, told, _words(text, got))
        for text in context.passes:
            if got := _removed(engine, text):
                yield Failure(context.id, context.place, text, "nothing", _words(text, got))
            elif not _removed(bare, text):
                told = "words that a rule finds where there is no context"
                yield Failure(context.id, context.place, text, told, "nothing")


def _removed(engine: Engine, text: str) -> list[tuple[int, int]]:
    """The spans that go from ``text``, those that overlap as one."""
    found = (one for one in engine.matches(text) if one.rule.kind != Kind.AUTHORITY)
    out: list[tuple[int, int]] = []
    for start, end in sorted((one.start, one.end) for one in found):
        if out and start <= out[-1][1]:
            out[-1] = out[-1][0], max(end, out[-1][1])
        else:
            out.append((start, end))
    return out


def count_examples(some: Iterable[Rule | Context]) -> int:
    """How many examples rules or contexts are held against."""
    return sum(len(one.flag) + len(one.passes) for one in some)


def spans_of(engine: Engine, rule: str, text: str, *, ask: bool = False) -> list[tuple[int, int]]:
    """The spans that one rule finds in ``text``, without those within another."""
    found = engine.matches(text, ask=ask)
    spans = {(one.start, one.end) for one in found if one.rule.id == rule}
    out: list[tuple[int, int]] = []
    for span in sorted(spans, key=lambda span: (span[0], -span[1])):
        if not out or span[1] > out[-1][1]:
            out.append(span)
    return out


def _words(text: str, spans: list[tuple[int, int]]) -> str:
    return " | ".join(f"[{text[start:end]}] {start}-{end}" for start, end in spans) or "nothing"


def main(arguments: list[str] | None = None) -> int:
    """0 when every example holds, 1 when one does not, 2 when a file cannot be read."""
    parser = argparse.ArgumentParser(description="Check every rule of the guard by its examples.")
    parser.add_argument("--lang", help="only this language, e.g. en")
    parser.add_argument("--rule", help="only rules whose id contains this")
    parser.add_argument("--rules", type=Path, default=RULES_DIR, help="the folder of rule files")
    options = parser.parse_args(arguments)
    return hold(options.rules, options.lang, options.rule)


def hold(root: Path = RULES_DIR, lang: str | None = None, part: str | None = None) -> int:
    """Hold the rules under ``root`` against their examples, and print what does not hold.

    ``lang`` takes one language alone; ``part`` only rules whose id contains it. Returns 0 when
    every example holds, 1 when one does not, 2 when a file cannot be read.
    """
    faults: list[RuleError] = []
    try:
        rules = load_rules(root, lang, faults)
        triggers = load_triggers(root, lang)
        contexts = load_contexts(root, lang)
    except RuleError as error:
        sys.stderr.write(f"{error}\n")
        return 2
    engine = Engine(compile_plan(rules, triggers, contexts))
    chosen = [rule for rule in rules if not part or part in rule.id]
    framing = [one for one in contexts if not part or part in one.id]
    sys.stderr.writelines(f"{fault}\n" for fault in faults)
    failures = [*check_rules(chosen, engine), *check_contexts(framing, engine)]
    sys.stdout.writelines(f"{failure}\n" for failure in failures)
    examples = count_examples(chosen) + count_examples(framing)
    todo = sum(len(rule.todo) for rule in chosen)
    counts = f"{len(chosen)} rules and {len(framing)} contexts, {examples} examples"
    counts += f", {len(failures)} not held, {len(faults)} rules that cannot be used"
    sys.stdout.write(f"{counts}, {todo} known misses\n")
    return 2 if faults else int(bool(failures))


if __name__ == "__main__":
    sys.exit(main())
