"""Hold scripts, forms, templates and translation catalogues against the question rules."""

from __future__ import annotations

import bisect
import io
import re
import tokenize
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

from safecall.guard import exempt
from safecall.guard.engine import ask

#: What a directory is searched for.
SUFFIXES: Final = frozenset(
    {".csv", ".htm", ".html", ".js", ".json", ".md", ".po", ".pot", ".py", ".toml", ".txt", ".xml"}
)
_NOT_WALKED: Final = frozenset({"node_modules", "__pycache__"})


class Asked(NamedTuple):
    """Words of a file that ask for what is never asked; line and column count from 1."""

    line: int
    column: int
    words: str
    rule: str


class Unreadable(ValueError):
    """A file is no UTF-8 text, or cannot be opened."""


def lint_file(path: Path) -> list[Asked]:
    """What ``path`` asks, in order.

    Raises:
        Unreadable: it cannot be read as UTF-8.
        GuardUnavailable: the rules cannot be loaded.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or 'cannot be read'}") from None
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path}: is not UTF-8 text (byte {error.start})") from None
    return lint_text(text, path.suffix.lower())


def lint_text(text: str, suffix: str = ".txt") -> list[Asked]:
    """What ``text`` asks; ``suffix`` says how it is written (``.html``, ``.po``, ...)."""
    found: dict[tuple[int, int], str] = {}
    for view in _views(exempt.without(text, suffix), suffix):
        for one in ask(view):
            found.setdefault((one.start, one.end), one.rule)
    starts = [0] + [match.end() for match in re.finditer("\n", text)]
    out = []
    reach = -1
    for (start, end), rule in sorted(found.items(), key=lambda item: (item[0][0], -item[0][1])):
        if end <= reach:
            continue
        reach = end
        line = bisect.bisect_right(starts, start)
        words = " ".join(text[start:end].split())
        out.append(Asked(line, start - starts[line - 1] + 1, words, rule))
    return out


def files_under(path: Path) -> Iterator[Path]:
    """``path`` itself, or the files under it that people read or that make pages."""
    if not path.is_dir():
        yield path
        return
    for child in sorted(path.iterdir()):
        if child.is_symlink() or child.name.startswith(".") or child.name in _NOT_WALKED:
            continue
        if child.is_dir():
            yield from files_under(child)
        elif child.suffix.lower() in SUFFIXES:
            yield child


def _views(text: str, suffix: str) -> Iterator[str]:
    """The text as written and as read: same length, with what is not read blanked."""
    if suffix in (".html", ".htm", ".xml"):
        text = _TEMPLATE_COMMENT.sub(_blank, text)
        yield text
        yield _TAG.sub(_blank, text)
    elif suffix == ".md":
        yield text
        yield _EMPHASIS.sub(_blank, _TAG.sub(_blank, text))
    elif suffix in _COMMENTS:
        yield _joined(_COMMENTS[suffix](text))
    else:
        yield text


_TAG = re.compile(r"<[^<>]{0,2000}>|\{%[^{}]{0,500}%\}")
_TEMPLATE_COMMENT = re.compile(r"\{#[^\n]*?#\}")
_EMPHASIS = re.compile(r"[*_`#>]")
_JOINT = re.compile(r"\"[ \t]*\n[ \t]*\"|'[ \t]*\n[ \t]*'|\\[nrt]|\\(?=[\"'])|%\([a-z_]+\)s")
_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_COMMENT_LINE = re.compile(r"^[ \t]*#[^\n]*", re.MULTILINE)


def _blank(match: re.Match[str]) -> str:
    return re.sub(r"[^\n]", " ", match.group())


def _joined(text: str) -> str:
    """Adjacent string literals as one sentence, escapes as what they stand for."""
    text = _ESCAPE.sub(lambda m: chr(int(m[1], 16)) + "\u200b" * 5, text)
    return _JOINT.sub(lambda m: " " * len(m.group()), text)


def _without_comment_lines(text: str) -> str:
    return _COMMENT_LINE.sub(_blank, text)


def _as_it_is(text: str) -> str:
    return text


def _without_python_comments(text: str) -> str:
    """Names and strings stay; a file that is no Python is read as it is."""
    lines = text.splitlines(keepends=True)
    try:
        for token in tokenize.generate_tokens(io.StringIO(text).readline):
            if token.type == tokenize.COMMENT:
                row, column = token.start[0] - 1, token.start[1]
                end = token.end[1]
                lines[row] = lines[row][:column] + " " * (end - column) + lines[row][end:]
    except (tokenize.TokenError, SyntaxError, IndexError):
        return text
    return "".join(lines)


_COMMENTS: Final[dict[str, Callable[[str], str]]] = {
    ".po": _without_comment_lines,
    ".pot": _without_comment_lines,
    ".toml": _without_comment_lines,
    ".py": _without_python_comments,
    ".json": _as_it_is,
    ".js": _as_it_is,
}
