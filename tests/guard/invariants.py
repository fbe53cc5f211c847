"""What holds for the guard whatever the text; `fuzz` and tests call it with hostile ones."""

from __future__ import annotations

import time
from collections.abc import Callable
from itertools import pairwise

from safecall.guard import Finding, ask, bulk, columns, screen
from safecall.guard.fold import MARKER

#: Ten times the text may take so many times as long; what is quadratic takes a hundred. What
#: repeats itself is remembered as long as it is short, so that the short one may be very quick.
MOST = 70
#: Less than this cannot be told from the machine's other work.
SHORTEST_SECONDS = 0.05


def hold(text: str) -> None:
    """Raise AssertionError where `screen`, `ask`, `screen_column` or `judge` break a promise."""
    screened = screen(text)
    _in_order(text, screened.findings)
    assert screened.original_length == len(text)
    assert screened.text == _without(text, screened.findings), "the rest of the text has changed"
    again = screen(screened.text)
    assert again.text == screened.text, "a second screening changes the text"
    assert not any(one.removed for one in again.findings)
    _in_order(text, ask(text))
    hold_column([text, None, text[: len(text) // 2], screened.text])
    hold_judge(text)


def hold_column(column: list[str | None]) -> None:
    """A column at once gives what its texts give one by one."""
    whole = [None if text is None else screen(text) for text in column]
    (got,) = bulk.screen_column(list(column), workers=1)
    assert got.texts == [None if one is None else one.text for one in whole]
    assert got.findings == {
        place: one.findings for place, one in enumerate(whole) if one is not None and one.findings
    }


def hold_judge(text: str) -> None:
    """A column's header and codes are judged, and the same the second time."""
    name, _, rest = text.partition(" ")
    values = {part: at + 2 for at, part in enumerate(rest.split("|"))}
    once = columns.judge(name, values, (text[:20],))
    assert columns.judge(name, values, (text[:20],)) == once
    columns.judge(text)


def growth(run: Callable[[str], object], short: str, long: str) -> float:
    """How many times as long the longer text takes; 0 if that is too short to say."""
    run(short)
    after = min(_seconds(run, long) for _ in range(2))
    if after < SHORTEST_SECONDS:
        return 0.0
    return after / max(min(_seconds(run, short) for _ in range(3)), 1e-6)


def _seconds(run: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    run(text)
    return time.process_time() - began


def _in_order(text: str, findings: tuple[Finding, ...]) -> None:
    for one in findings:
        assert 0 <= one.start < one.end <= len(text), f"{one} is not within the text"
        assert text[one.start : one.end].strip(), f"{one} is of spaces alone"
    assert all(one.start <= following.start for one, following in pairwise(findings))


def _without(text: str, findings: tuple[Finding, ...]) -> str:
    """The text with a marker for each run of removed code points, and spaces between two."""
    gone = bytearray(len(text))
    for one in findings:
        if one.removed:
            gone[one.start : one.end] = b"\1" * (one.end - one.start)
    out: list[str] = []
    spaces = ""
    for char, is_gone in zip(text, gone, strict=True):
        if is_gone:
            if not out or out[-1] is not MARKER:
                out += (spaces, MARKER)
            spaces = ""
        elif out and out[-1] is MARKER and char.isspace():
            spaces += char
        else:
            out += (spaces, char)
            spaces = ""
    return "".join([*out, spaces])
