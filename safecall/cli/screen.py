"""``safecall screen``: a file or standard input through the guard."""

from __future__ import annotations

import json
import os
import stat
import sys
from collections.abc import Callable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, BinaryIO, Final

import typer

from safecall.cli._rules import stand
from safecall.guard import Finding, GuardUnavailable
from safecall.guard import screen as screen_text

if TYPE_CHECKING:
    from safecall.guard.explain import Explainer, Explanation

#: A text is screened in blocks of about so many bytes, cut between paragraphs.
_BLOCK: Final = 1 << 20
#: A file at least so long gets a progress bar, on a terminal.
_LONG: Final = 4 << 20


class Format(StrEnum):
    """How input and output are written."""

    TEXT = "text"
    JSONL = "jsonl"


class _How:
    """How texts are screened: their language, and whether findings are explained."""

    def __init__(self, lang: str | None, explained: bool) -> None:
        self.lang = lang
        self._explainer: Explainer | None = None
        if explained:
            from safecall.guard.engine import folders
            from safecall.guard.explain import Explainer

            self._explainer = Explainer(folders())

    def explain(self, finding: Finding, text: str) -> Explanation | None:
        """Why ``finding`` was made in ``text``; None where nobody asked."""
        return self._explainer.explain(finding, text) if self._explainer else None


class UnreadableInput(ValueError):
    """A line of the input cannot be read; the message names it."""


def screen(
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="What to read; standard input if left out."),
    ] = None,
    form: Annotated[
        Format, typer.Option("--format", help="Plain text, or one JSON object a line.")
    ] = Format.TEXT,
    lang: Annotated[
        str | None, typer.Option(help="The language of the text, if known, e.g. es.")
    ] = None,
    explain: Annotated[
        bool,
        typer.Option("--explain", help="Say of each finding why: rule, source, nearest examples."),
    ] = False,
) -> None:
    """Take out of a text what the department promised never to ask or keep.

    With --format text the redacted text is printed; findings (kind, start-end in characters,
    rule, language; never the words) go to standard error.

    With --format jsonl each line {"id": ..., "text": ..., "lang": optional} gives one line
    {"id": ..., "text": redacted, "findings": [...]}, in the same order.

    With --explain each finding is followed by what its rule means, where the rule comes from, who
    confirmed it, and the rule's own examples nearest to the sentence: one that it finds and one
    that it leaves. With --format jsonl that is "explain": {...} in the finding.

    Exit code 0: done. 2: the input could not be read; the message names the line.

    Examples:

      echo "Caller is undocumented, two men at the door." | safecall screen

      safecall screen export.jsonl --format jsonl > screened.jsonl

      safecall screen note.txt --explain
    """
    stand()
    try:
        with _opened(file) as source:
            run = _jsonl if form is Format.JSONL else _text
            run(source, sys.stdout.buffer, _How(lang, explain), _progress(file, source))
            sys.stdout.buffer.flush()
    except BrokenPipeError:
        # The reader has seen enough; keep Python from complaining while it shuts down.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (UnreadableInput, OSError, GuardUnavailable) as error:
        sys.stdout.buffer.flush()
        typer.echo(_message(error, file), err=True)
        raise typer.Exit(2) from None


def _message(error: Exception, file: Path | None) -> str:
    if isinstance(error, GuardUnavailable):
        return f"Nothing was screened: {error}"
    name = file or "standard input"
    if isinstance(error, OSError):
        return f"{name}: {error.strerror or 'cannot be read'}"
    return f"{name}: {error}"


def _opened(file: Path | None) -> BinaryIO:
    if file is None or str(file) == "-":
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    return file.open("rb")


def _jsonl(source: BinaryIO, out: BinaryIO, how: _How, progress: Callable[[int], None]) -> None:
    at_once = not stat.S_ISREG(os.fstat(source.fileno()).st_mode)
    for number, line in enumerate(source, 1):
        if line.strip():
            record = _record(line, number)
            screened = screen_text(record["text"], record.get("lang") or how.lang)
            findings = [
                _as_json(one, how.explain(one, record["text"])) for one in screened.findings
            ]
            out.write(_encoded(record["id"], screened.text, findings))
            if at_once:
                out.flush()
        progress(len(line))


def _record(line: bytes, number: int) -> dict[str, Any]:
    try:
        record = json.loads(_decoded(line, number).removeprefix("\ufeff"))
    except (json.JSONDecodeError, RecursionError):
        raise UnreadableInput(f"line {number}: is not JSON") from None
    if not isinstance(record, dict):
        raise UnreadableInput(f'line {number}: is not an object like {{"id": 1, "text": "..."}}')
    if "id" not in record or not isinstance(record.get("text"), str):
        raise UnreadableInput(f'line {number}: needs "id" and "text", and the text in quotes')
    if not isinstance(record.get("lang"), str | None):
        raise UnreadableInput(f'line {number}: "lang" must be a language tag in quotes, e.g. "es"')
    return record


def _as_json(one: Finding, why: Explanation | None) -> dict[str, Any]:
    told: dict[str, Any] = {
        "kind": str(one.kind),
        "start": one.start,
        "end": one.end,
        "rule": one.rule,
        "lang": one.lang,
    }
    return told if why is None else {**told, "explain": why.as_dict()}


def _encoded(ident: object, text: str, findings: list[dict[str, Any]]) -> bytes:
    answer = {"id": ident, "text": text, "findings": findings}
    line = json.dumps(answer, ensure_ascii=False) + "\n"
    try:
        return line.encode()
    except UnicodeEncodeError:  # half a surrogate pair, which only JSON's escapes can carry
        return (json.dumps(answer) + "\n").encode()


def _text(source: BinaryIO, out: BinaryIO, how: _How, progress: Callable[[int], None]) -> None:
    base = 0
    for block in _blocks(source, progress):
        screened = screen_text(block, how.lang)
        out.write(screened.text.encode())
        for one in screened.findings:
            typer.echo(_told(one, base), err=True)
            for line in _why(how.explain(one, block)):
                typer.echo(line, err=True)
        base += len(block)


def _told(one: Finding, base: int) -> str:
    return f"{one.kind} {base + one.start}-{base + one.end} {one.rule} {one.lang}"


def _why(why: Explanation | None) -> Iterator[str]:
    """An explanation in lines; what the rule's file does not say is left out."""
    if why is None:
        return
    said = {
        "means": why.means,
        "rule in": why.place,
        "source": why.source,
        "confirmed": why.confirmed,
        "finds": why.flag,
        "leaves": why.passes,
    }
    yield from (f"  {name:<10} {text}" for name, text in said.items() if text)


def _blocks(source: BinaryIO, progress: Callable[[int], None]) -> Iterator[str]:
    """The text in blocks that end with a paragraph or, failing that, with a line."""
    lines: list[str] = []
    size = 0
    for number, line in enumerate(source, 1):
        lines.append(_decoded(line, number))
        size += len(line)
        if (size >= _BLOCK and not line.strip()) or size >= 2 * _BLOCK:
            yield "".join(lines)
            progress(size)
            lines, size = [], 0
    yield "".join(lines)
    progress(size)


def _decoded(line: bytes, number: int) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            f"line {number}: is not UTF-8 (byte {error.start + 1}); convert the file first"
        ) from None


def _progress(file: Path | None, source: BinaryIO) -> Callable[[int], None]:
    """A bar on standard error for a long file, if a person is watching; else nothing."""
    size = os.fstat(source.fileno()).st_size
    if file is None or size < _LONG or not sys.stderr.isatty():
        return lambda _: None
    done = 0
    shown = -1

    def advance(count: int) -> None:
        nonlocal done, shown
        done += count
        percent = done * 100 // size
        if percent != shown:
            shown = percent
            bar = "#" * (percent * 40 // 100)
            end = "\n" if done >= size else ""
            sys.stderr.write(f"\r[{bar:<40}] {percent:3} %{end}")
            sys.stderr.flush()

    return advance
